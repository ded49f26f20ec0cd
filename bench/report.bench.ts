import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { type NameTable, type Recording, RecordingWindow } from '../history/index.js';
import { createHtmlReporter } from '../reports/html/html-reporter.js';
import { type RunResult, runScenario, type Scenario } from '../scenarios/index.js';
import { launchBrowser, openFile } from '../test/browser/chromium.js';
import { playing, scrubbing } from '../test/browser/frames.js';
import { lifeScenario } from './life-scenario.js';
import { median } from './median.js';
import type { BenchRow } from './row.js';

export const name = 'HTML report of a run of 1,000,000 messages with 100,000 events to step through, in Chromium';

const EVENTS = 100_000;
const SECOND = 1_000_000;
const MEGABYTE = 1_000_000;
/** A frame of a screen that shows sixty a second, and what is still seen as smooth. */
const FRAME = 17;
const SMOOTH = 34;

export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const rounds = quick ? 1 : 5;
  const { result, recording } = recorded(scenario(quick ? 100_000 : 1_000_000));
  const folder = mkdtempSync(join(tmpdir(), 'queuelab-report-'));
  const file = join(folder, 'report.html');
  const written: number[] = [];
  try {
    for (let round = 0; round < rounds; round++) written.push(await secondsToWrite(file, result, recording));
    return [
      // The first report of a process, as commands write it; the libraries that draw are loaded beforehand.
      { name: 'written, the first', value: written[0]!, unit: 's', goal: 3 },
      { name: 'written, median', value: median(written), unit: 's', goal: 3 },
      { name: 'size', value: statSync(file).size / MEGABYTE, unit: 'MB', goal: 2 },
      ...(await inBrowser(file, rounds)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The broker stands still for a second, so that there is a backlog on the board and a fault in the charts. */
function scenario(messages: number): Scenario {
  const life = lifeScenario(messages);
  return { ...life, faults: [{ at: Math.floor(life.durationMicros / 3), fault: 'pause', target: 'broker', for: SECOND }] };
}

function recorded(of: Scenario): { readonly result: RunResult; readonly recording: Recording } {
  let window: RecordingWindow | null = null;
  const result = runScenario(of, { observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows: EVENTS, aroundMicros: null }))] });
  return { result, recording: (window as unknown as RecordingWindow).recording() };
}

async function secondsToWrite(file: string, result: RunResult, recording: Recording): Promise<number> {
  const start = performance.now();
  const reporter = createHtmlReporter(file);
  reporter.onRunDone?.(result, recording);
  await reporter.finish([result]);
  return (performance.now() - start) / 1_000;
}

async function inBrowser(file: string, rounds: number): Promise<BenchRow[]> {
  const browser = await launchBrowser();
  try {
    const opened: number[] = [];
    for (let round = 0; round < rounds; round++) opened.push(await secondsToOpen(browser, file));
    return [{ name: 'opened: loaded, its script run, painted', value: median(opened), unit: 's', goal: 1 }, ...(await timelineRows(browser, file))];
  } finally {
    await browser.close();
  }
}

/** Until the second frame after the load: by then the page has been painted. */
async function secondsToOpen(browser: Browser, file: string): Promise<number> {
  const opened = await openFile(browser, file);
  const millis = await opened.page.evaluate(() => new Promise<number>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())))));
  await opened.close();
  return millis / 1_000;
}

async function timelineRows(browser: Browser, file: string): Promise<BenchRow[]> {
  const { page, close } = await openFile(browser, file);
  const start = performance.now();
  await page.locator('#run-1-timeline').scrollIntoViewIfNeeded();
  await page.locator('.timeline.ready').waitFor();
  const ready = (performance.now() - start) / 1_000;
  const [play, scrub] = [await playing(page), await scrubbing(page)];
  await close();
  return [
    { name: 'timeline: ready after it was scrolled to', value: ready, unit: 's', goal: 1 },
    { name: 'timeline, playing: from frame to frame, median', value: play.frameP50, unit: 'ms', goal: FRAME },
    { name: 'timeline, playing: 95 of 100 within', value: play.frameP95, unit: 'ms', goal: SMOOTH },
    { name: 'timeline, scrubbing: from frame to frame, median', value: scrub.frameP50, unit: 'ms', goal: FRAME },
    { name: 'timeline, scrubbing: 95 of 100 within', value: scrub.frameP95, unit: 'ms', goal: SMOOTH },
    { name: 'timeline, scrubbing: own work a frame, median', value: scrub.workP50, unit: 'ms', goal: FRAME / 2 },
  ];
}
