import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createReporter } from '../../../reports/index.js';
import { page } from '../../../reports/html/page.js';
import type { RunResult } from '../../../reports/run-result.js';
import { brokenRun, emptyRun, heldRun, manyDayRun } from '../fixtures.js';
import { keptContext } from '../streams.js';

const MEGABYTE = 1_000_000;

/** A run with intervals, and with a theory to hold beside them. */
function settledRun(changes: Partial<RunResult> = {}): RunResult {
  const run = heldRun(changes);
  const mean = { value: 24_000, low: 23_000, high: 25_000 };
  const endToEnd = { state: 'settled', warmUpMicros: 0, observations: 1_200, groups: 20, isCorrelated: false, mean, quantiles: { p50: mean } } as const;
  return {
    ...run,
    thresholds: [{ expression: 'p99(endToEnd) < 15s', actual: '10.212s', met: true, interval: '9.8s to 10.6s' }],
    measures: { ...run.measures, steadyState: { level: 0.95, method: 'batch means', measures: { endToEnd } } },
    theory: { model: 'M/M/1', utilisation: 0.5, figures: [{ measure: 'endToEnd', aggregate: 'mean', value: 24_500 }] },
  };
}

describe('page', { timeout: 90_000 }, () => {
  it('is the same bytes each time', async () => {
    const runs = [brokenRun(), emptyRun()];
    expect(await page(runs)).toBe(await page(runs));
  });

  it('needs nothing beside it', async () => {
    const text = await page([brokenRun(), heldRun()]);
    expect(text.replace(/<script.*?<\/script>/gs, '')).not.toMatch(/<(link|img|iframe|object|embed|base)\b|@import|url\((?!#)|src=/);
    expect([...text.matchAll(/https?:\/\/[^"'\s<)]+/g)].map(([address]) => address).filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
  });

  it('uses no id twice, and leads to none that is not there', async () => {
    const text = await page([heldRun(), brokenRun(), manyDayRun()]);
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = [...text.matchAll(/(?:href="#|aria-labelledby=")([^"]*)"/g)].flatMap((match) => (match[1] ?? '').split(' '));
    expect(referred.length).toBeGreaterThan(10);
    expect(referred.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('tells what operators saw and did, and how clients guarded themselves, where there is something to tell', async () => {
    const operators = { alerts: [{ atMicros: 20_000_000, operator: 'on-call', queue: 'orders-dead', depth: 8 }], actions: [] };
    const counts = { ...heldRun().measures.counts, pauses: 4 };
    const text = await page([heldRun({ operators, measures: { ...heldRun().measures, counts } })]);
    expect(text).toContain('<h3>Operators</h3>\n<ul><li>alert: orders-dead holds 8 messages, which on-call watches, at 20.000s</li></ul>');
    expect(text).toContain('<h3>Clients</h3>\n<ul><li>consumers paused 4 times: their buffer was full</li></ul>');
    expect(await page([heldRun()])).not.toMatch(/<h3>(Operators|Clients)<.h3>/);
  });

  it('marks which settings are defaults and holds what it takes to run it again', async () => {
    const text = await page([heldRun()]);
    expect(text).toMatch(/broker\.flush<\/code><\/th><td><code>always<\/code><\/td><td><span class="muted">default/);
    expect(text).toMatch(/visibilityTimeout<\/code><\/th><td><code>10s<\/code><\/td><td>scenario/);
    for (const told of ['queuelab run scenarios/consumer-crash.yaml --seed 7', '0123456789abcdef0123456789abcdef', '9f86d081884c7d65']) expect(text).toContain(told);
  });

  it('stays below 2 MB however many runs there are, and shows those that broke in full', async () => {
    const runs = [...Array.from({ length: 600 }, (_, index) => heldRun({ seed: String(index) })), brokenRun({ seed: 'the broken one' })];
    const text = await page(runs);
    expect(Buffer.byteLength(text)).toBeLessThan(2 * MEGABYTE);
    expect(text).toContain('1 of 601 runs did not turn out as expected.');
    expect(text).toMatch(/<h2 id="run-601-heading">broker-power-loss/);
    expect(text).toMatch(/goes into \d+ of 601 runs, those that need attention first, and leaves out 101;/);
  });

  it('shows no more than a part of a very long story', async () => {
    const step = { event: 'lease-grant', actor: 'broker', text: 'leases it once more.' };
    const [first, ...others] = brokenRun().verdicts;
    const verdicts = [{ ...first!, first: { ...first!.first!, atMicros: 2_500 } }, ...others];
    const text = await page([brokenRun({ verdicts, story: Array.from({ length: 5_000 }, (_, index) => ({ atMicros: index, ...step, text: `leases it, ${index}.` })) })]);
    expect(text.match(/<li>.*leases it, \d/g)).toHaveLength(200);
    // What led to the breach, and the breach behind it.
    expect(text).toMatch(/leases it, 2500\.<.p><.li>\n<li class="bad-step">.*\n<li>.*more steps/);
    expect(text).toMatch(/leases it, 65\.<.p><.li>\n?<li>.*more steps/);
    expect(text).toContain('leases it, 4999.');
  });

  it('lets thresholds with their intervals scroll by themselves, and tells the parts that scroll of several runs apart', async () => {
    const text = await page([settledRun(), settledRun({ seed: '8' })]);
    expect(text.match(/<h3>Thresholds<.h3>\n<div class="scroll"[^>]*><table>/g)).toHaveLength(2);
    const labels = [...text.matchAll(/role="region" aria-label="([^"]*)"/g)].map((match) => match[1]!);
    for (const label of ['Steady state', 'Theory and simulation', 'Thresholds']) expect(labels).toContain(`${label}, consumer-crash, seed 8`);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('tells of a queue how much was moved into it, and nothing of that where the result does not say', async () => {
    const queue = { name: 'dead', accepted: 0, leased: 0, redelivered: 0, expired: 0, acknowledged: 0, deadLettered: 0, dropped: 0, backlogMean: 1, backlogMax: 6 };
    const text = await page([heldRun({ measures: { ...heldRun().measures, queues: [{ ...queue, movedIn: 1_234 }, { ...queue, name: 'older' }] } })]);
    expect(text).toContain('<th scope="col" class="number">Moved in</th>');
    expect(text).toContain('<th scope="row">dead</th><td class="number">0</td><td class="number">1,234</td>');
    expect(text).toContain('<th scope="row">older</th><td class="number">0</td><td class="number">-</td>');
  });

  it('says so when no run was finished', async () => {
    expect(await page([])).toContain('No run was finished.');
  });
});

it('the reporter writes the page to its file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'queuelab-html-'));
  try {
    const file = join(folder, 'a', 'report.html');
    await (await createReporter({ name: 'html', file }, keptContext())).finish([heldRun()]);
    expect(await readFile(file, 'utf8')).toBe(await page([heldRun()]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
