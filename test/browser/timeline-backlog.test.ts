import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type NameTable, RecordingWindow } from '../../history/index.js';
import { page as reportPage } from '../../reports/html/page.js';
import { packRecording } from '../../reports/timeline/pack.js';
import { runScenario } from '../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND, SECOND } from '../scenarios/a-scenario.js';
import { launchBrowser, openFile } from './chromium.js';
import { playing, scrubbing } from './frames.js';

const EVENTS = 100_000;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queuelab-speed-'));
  browser = await launchBrowser();
  let window: RecordingWindow | null = null;
  // Ten thousand messages a second into a consumer that takes far less: nearly everything stays in the queue.
  const result = runScenario(aScenario({
    durationMicros: 10 * SECOND, drainMicros: SECOND,
    producers: [aProducer({ messages: 60_000, interval: constant(MILLISECOND / 10) })],
    consumers: [aConsumer('consumer-1', { handler: { time: constant(50 * MILLISECOND) } })],
  }), { observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows: EVENTS, aroundMicros: 5 * SECOND }))] });
  const recording = (window as unknown as RecordingWindow).recording();
  expect(recording.rows).toHaveLength(EVENTS);
  expect(recording.start.copies.length).toBeGreaterThan(10_000);
  await writeFile(join(folder, 'report.html'), await reportPage([result], new Map([[result, packRecording(recording)]])));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

// How smoothly is measured by `npm run bench -- report`.
it('a hundred thousand events over a deep backlog play on and scrub from end to end, in a page below 2 MB', async () => {
  expect((await stat(join(folder, 'report.html'))).size).toBeLessThan(2_000_000);
  const { page, problems, close } = await openFile(browser, join(folder, 'report.html'));
  await page.locator('#run-1-timeline').scrollIntoViewIfNeeded();
  await page.locator('.timeline.ready').waitFor();
  const place = () => page.locator('.timeline .scrub').inputValue().then(Number);
  const begin = await place();
  await playing(page);
  expect(await place()).toBeGreaterThan(begin);
  const { places } = await scrubbing(page);
  expect(Math.min(...places)).toBeLessThan(EVENTS / 100);
  expect(Math.max(...places)).toBeGreaterThan(EVENTS - EVENTS / 100);
  expect(problems).toEqual([]);
  await close();
});
