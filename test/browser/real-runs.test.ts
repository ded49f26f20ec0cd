import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { page as reportPage } from '../../reports/html/page.js';
import { runScenario } from '../../scenarios/index.js';
import { parse } from '../scenarios/format/given.js';
import { auditFindings, cutTexts, widths } from './audit.js';
import { launchBrowser, openFile } from './chromium.js';
import { lowContrast } from './contrast.js';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queuelab-real-'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** An M/M/1 queue for long enough that it settles: its page has intervals, thresholds judged by them, and what theory says. */
const settled = `name: settled
duration: 5min
queues: { jobs: {} }
producers: { source: { queue: jobs, interval: exponential(20ms), size: 100B } }
consumers: { server: { queue: jobs, batchSize: 1, concurrency: 1, handler: { kind: plain, time: exponential(10ms) } } }
broker: { cpuCost: 0, flush: never }
network: { latency: 1us }
expect:
  confidence: 95%
  thresholds:
    - mean(endToEnd) < 100ms
    - p99(endToEnd) < 20ms
`;

/** Its one consumer is paused for longer than leases last, at two times, so that messages have their effect twice, some as their contract allows. */
const broken = `name: doubling
duration: 20s
queues: { orders: { visibilityTimeout: 1s } }
producers: { web: { queue: orders, rate: 8/s } }
consumers: { worker: { queue: orders, count: 2, concurrency: 5, handler: { kind: plain, time: 300ms } } }
faults:
  - { at: 1s, fault: pause, target: worker-1, for: 2s }
  - { at: 2s, fault: slow-down, target: worker-1, for: 4s, factor: 3 }
  - { at: 8s, fault: pause, target: worker-2, for: 2s }
expect:
  exactly-once-effects: anomaly
`;

describe.each([['settled', settled, 'steady state'], ['broken', broken, 'more time']])('the page of a real run (%s)', { timeout: 60_000 }, (_name, text, shown) => {
  it.each([
    ['light', 'light', 1280], ['dark', 'dark', 1280], ['light on a phone', 'light', 360], ['dark on a phone', 'dark', 360],
  ] as const)('passes an audit, has enough contrast, cuts nothing off and does not scroll sideways (%s)', async (_scheme, colorScheme, width) => {
    const path = join(folder, 'report.html');
    await writeFile(path, await reportPage([runScenario(parse(text), { seed: '1' })]));
    const { page, problems, close } = await openFile(browser, path, { colorScheme, viewport: { width, height: 800 } });
    await page.locator('details').evaluateAll((all) => all.forEach((details) => { (details as HTMLDetailsElement).open = true; }));
    expect((await page.locator('main').textContent())!.toLowerCase()).toContain(shown);
    expect(await auditFindings(page, ['heading-order', 'page-has-heading-one', 'landmark-unique'])).toEqual([]);
    const { checked, low } = await lowContrast(page);
    expect([checked > 100, low]).toEqual([true, []]);
    expect(await cutTexts(page)).toEqual([]);
    const { page: wide, view } = await widths(page);
    expect(wide).toBeLessThanOrEqual(view);
    expect(problems).toEqual([]);
    await close();
  });
});
