import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Board, CopyState, EventKind, type NameTable, type Recording, RecordingWindow } from '../../history/index.js';
import { page as reportPage } from '../../reports/html/page.js';
import { packRecording } from '../../reports/timeline/pack.js';
import { runScenario, type RunResult } from '../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND, SECOND } from '../scenarios/a-scenario.js';
import { auditFindings } from './audit.js';
import { launchBrowser, openFile } from './chromium.js';

let browser: Browser;
let folder: string;
let result: RunResult;
let recording: Recording;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queuelab-timeline-'));
  browser = await launchBrowser();
  let window: RecordingWindow | null = null;
  result = runScenario(aScenario({
    producers: [aProducer({ messages: 300, interval: constant(10 * MILLISECOND) })],
    consumers: [aConsumer('consumer-1', { handler: { time: constant(100 * MILLISECOND) } }), aConsumer('consumer-2')],
    faults: [{ at: SECOND, fault: 'crash', target: 'consumer-1', for: SECOND }],
  }), { observers: [(names: NameTable) => (window ??= new RecordingWindow({ names, limitRows: 100_000, aroundMicros: 0 }))] });
  recording = (window as unknown as RecordingWindow).recording();
  await writeFile(join(folder, 'report.html'), await reportPage([result], new Map([[result, packRecording(recording)]])));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function look(use: (page: Page) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> {
  const opened = await openFile(browser, join(folder, 'report.html'), options);
  try {
    await opened.page.locator('#run-1-timeline').scrollIntoViewIfNeeded();
    await opened.page.locator('.timeline.ready').waitFor();
    await use(opened.page);
    expect(opened.problems).toEqual([]);
  } finally {
    await opened.close();
  }
}

/** What the recorder says of the queue after so many events: ready, leased, delayed. */
function counts(position: number): string {
  const board = Board.from(recording.start);
  for (const row of recording.rows.slice(0, position)) board.apply(row);
  const at = recording.rows[position - 1]!.timeMicros;
  const count = (state: CopyState): number => [...board.copies.values()].filter((copy) => Board.stateAt(copy, at) === state).length;
  return [count(CopyState.ready), count(CopyState.leased), count(CopyState.delayed)].join(',');
}

const shown = (page: Page): Promise<string | null> => page.locator('.box.queue').first().getAttribute('data-counts');
const where = async (page: Page): Promise<string> => (await page.locator('.where').textContent()) ?? '';

describe('the timeline', () => {
  it('steps to the same states as the recorder says, on and back', async () => {
    await look(async (page) => {
      const scrub = page.locator('.scrub');
      for (const position of [900, 901, 300, recording.rows.length]) {
        await scrub.fill(String(position));
        expect(await shown(page)).toBe(counts(position));
      }
      await scrub.fill('500');
      await page.locator('.timeline').focus();
      await page.keyboard.press('ArrowRight');
      expect([await where(page), await shown(page)]).toEqual([expect.stringContaining('event 501 of') as string, counts(501)]);
      for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowLeft');
      expect([await where(page), await shown(page)]).toEqual([expect.stringContaining('event 498 of') as string, counts(498)]);
    });
  });

  it('jumps to a fault, follows a message, and says both in the address, which leads back there', async () => {
    await look(async (page) => {
      await page.locator('select.jump').selectOption({ index: 1 });
      const fault = recording.rows.findIndex(({ kind }) => kind === EventKind.faultBegin) + 1;
      expect(await where(page)).toMatch(/^1\.000s/);
      expect(await page.locator('.scrub').inputValue()).toBe(String(fault));
      // The crash is the event after its fault.
      await page.locator('.scrub').fill(String(fault + 1));
      expect(await page.locator('.box.machine.down b').allTextContents()).toEqual(['consumer-1']);
      await page.locator('input.follow').fill('42');
      await page.locator('input.follow').press('Enter');
      const own = recording.rows.filter(({ message }) => message === 42).length;
      await page.locator('.timeline').focus();
      await page.keyboard.press('Home');
      for (let press = 0; press < own; press++) await page.keyboard.press('ArrowRight');
      expect(await page.locator('.what').textContent()).toContain('message 42');
      expect(await page.locator('.followed-story li').count()).toBeGreaterThan(5);
      const place = await where(page);
      await page.waitForFunction(() => /^#run-1-at-\d+-message-42$/.test(location.hash));
      await page.evaluate(() => { const moment = location.hash; location.hash = '#content'; location.hash = moment; });
      expect(await where(page)).toBe(place);
      await page.locator('select.actor').selectOption({ label: 'broker' });
      await page.waitForFunction(() => /^#run-1-at-\d+-message-42-machine-\d+$/.test(location.hash));
      const shownEvents = await page.locator('.events').textContent();
      await page.reload();
      await page.locator('.timeline.ready').waitFor();
      expect([await where(page), await page.locator('.events').textContent()]).toEqual([place, shownEvents]);
      expect(await page.locator('select.actor option:checked').textContent()).toBe('broker');
      await page.locator('.timeline').focus();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Home');
      await page.waitForFunction(() => location.hash === '#run-1-at-0');
    });
  });

  it('says where a message is that is followed, and leads to it when it is not there', async () => {
    await look(async (page) => {
      const follow = async (message: number): Promise<void> => {
        await page.locator('input.follow').fill(String(message));
        await page.locator('input.follow').press('Enter');
      };
      const whereabouts = page.locator('.whereabouts');
      await follow(299);
      expect(await whereabouts.textContent()).toMatch(/^Message 299 is not there yet\./);
      await whereabouts.getByRole('button', { name: 'Go to its first event' }).click();
      expect(await page.locator('.what').textContent()).toContain('send invoke, message 299');
      await follow(1);
      await whereabouts.getByRole('button', { name: 'Go to its last event' }).click();
      expect(await page.locator('.what').textContent()).toContain('message 1');
      await follow(9_999);
      expect(await whereabouts.textContent()).toMatch(/^No event of message 9999 is recorded here\./);
      expect(await page.locator('.events').textContent()).toBe('No event here passes the filter.');
      await whereabouts.getByRole('button', { name: 'Follow message 300' }).click();
      expect(await page.locator('input.follow').inputValue()).toBe('300');
    });
  });

  it('calls no machine up of which nothing is known yet, and shows work in one order whichever way led there', async () => {
    await look(async (page) => {
      await page.locator('.scrub').fill('0');
      expect(await page.locator('.box.machine p').allTextContents()).toEqual(expect.arrayContaining([expect.stringMatching(/^consumer-1 not heard of yet$/)]) as string[]);
      const chips = (): Promise<string[]> => page.locator('.box.machine .chip').allTextContents();
      await page.locator('.scrub').fill('900');
      const onward = await chips();
      await page.locator('.scrub').fill('1200');
      await page.locator('.scrub').fill('900');
      expect(onward.length).toBeGreaterThan(1);
      expect(await chips()).toEqual(onward);
    });
  });

  it('plays and pauses, and has a list of its keys', async () => {
    await look(async (page) => {
      await page.locator('select.speed').selectOption('300');
      await page.locator('.timeline').focus();
      await page.keyboard.press('k');
      await page.waitForFunction(() => Number((document.querySelector('.scrub') as HTMLInputElement).value) > 50);
      await page.keyboard.press('k');
      const paused = await where(page);
      await page.waitForTimeout(150);
      expect(await where(page)).toBe(paused);
      await page.keyboard.press('?');
      expect(await page.locator('dialog').isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      expect(await page.locator('dialog').isVisible()).toBe(false);
      await page.locator('input.follow').press('?');
      expect(await page.locator('dialog').isVisible()).toBe(false);
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await page.keyboard.press('?');
      expect(await page.locator('dialog').isVisible()).toBe(true);
    });
  });

  it('has that list before anything of it was seen', async () => {
    const opened = await openFile(browser, join(folder, 'report.html'), {});
    try {
      expect(await opened.page.locator('.timeline.ready').count()).toBe(0);
      await opened.page.keyboard.press('?');
      await opened.page.locator('dialog[open]').waitFor();
      expect(await opened.page.locator('dialog').isVisible()).toBe(true);
      expect(await opened.page.evaluate(() => scrollY)).toBe(0);
      expect(opened.problems).toEqual([]);
    } finally {
      await opened.close();
    }
  });

  it.each([['light', 'light'], ['dark', 'dark']] as const)('and the whole page pass an audit of accessibility (%s)', async (_name, colorScheme) => {
    await look(async (page) => {
      await page.locator('.scrub').fill('700');
      expect(await auditFindings(page, ['heading-order', 'page-has-heading-one'])).toEqual([]);
    }, { colorScheme });
  });

  it('fits a phone', async () => {
    await look(async (page) => {
      await page.locator('.scrub').fill('700');
      const { width, view } = await page.evaluate(() => ({ width: document.documentElement.scrollWidth, view: innerWidth }));
      expect(width).toBeLessThanOrEqual(view);
    }, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
  });
});

it('numbers in the report are those of the result', async () => {
  await look(async (page) => {
    const { counts: all, queues } = result.measures;
    expect(await page.locator('.figures .value').first().textContent()).toBe(String(all['acknowledged']));
    expect(await page.locator('[aria-label^="Queues,"] tbody td').first().textContent()).toBe(String(queues![0]!.accepted));
    expect(recording.rows.filter(({ kind }) => kind === EventKind.settle)).toHaveLength(all['acknowledged']!);
  });
});
