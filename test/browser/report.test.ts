import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { page as reportPage } from '../../reports/html/page.js';
import type { RunResult } from '../../reports/run-result.js';
import { brokenRun, emptyRun, heldRun, manyDayRun } from '../reports/fixtures.js';
import { auditFindings, cutTexts, touchingLabels } from './audit.js';
import { launchBrowser, openFile } from './chromium.js';
import { lowContrast } from './contrast.js';

const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const timeCharts = ['throughput', 'backlog', 'repeated-work', 'latency-over-time', 'send-latency', 'utilisation', 'consumers-over-time'] as const;
const CHARTS = 13;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queuelab-report-'));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Opens the report of the runs, looks at it, and finds nothing that went wrong meanwhile. */
async function look(runs: readonly RunResult[], use: (page: Page) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> {
  const path = join(folder, 'report.html');
  await writeFile(path, await reportPage(runs));
  const opened = await openFile(browser, path, options);
  try {
    await use(opened.page);
    expect(opened.problems).toEqual([]);
  } finally {
    await opened.close();
  }
}

/** A run with thresholds that have intervals, and with long names and texts beside its bars. */
function wordyRun(): RunResult {
  const run = heldRun();
  const consumers = [1, 10].map((number) => ({ name: `consumer-${number}`, delivered: 2_421, handled: 2_399, failed: 21, abandoned: 1, busyMicros: 1_000 }));
  const groups = ['orders.fifo', 'returns.fifo'].flatMap((queue) => [1, 10].map((number) => ({
    queue, name: `group-${number}`, placed: 240, received: 240, acknowledged: 240, waitMeanMicros: 1_234_567 * number, waitMaxMicros: 98_765_432,
  })));
  const thresholds = [{ expression: 'p99(endToEnd) < 1500ms', actual: '1234.567ms', met: true, interval: '1123.456ms to 1345.678ms' }];
  return { ...run, thresholds, measures: { ...run.measures, consumers, groups } };
}

/** Texts of a chart, as a reader sees them. */
const chartTexts = (page: Page, id: string): Promise<string[]> => page.locator(`#run-1-${id} svg text`).allTextContents();

/** Boxes on the screen of what is drawn under a name in a chart. */
async function boxes(page: Page, id: string, mark: string): Promise<{ x: number; y: number; width: number; height: number }[]> {
  return page.locator(`#run-1-${id} svg [class~="${mark}_marks"] > *`).evaluateAll((marks) =>
    marks.map((element) => element.getBoundingClientRect()).map(({ x, y, width, height }) => ({ x, y, width, height })));
}

describe('the charts', () => {
  it.each(timeCharts)('%s has lines, axes with units, and the faults where they struck', async (id) => {
    await look([brokenRun()], async (page) => {
      const lines = await boxes(page, id, 'line');
      expect(lines.length).toBeGreaterThanOrEqual(2);
      for (const line of lines) expect(line.width).toBeGreaterThan(200);
      const texts = await chartTexts(page, id);
      expect(texts).toContain('virtual time (seconds)');
      expect(texts.some((text) => /^messages( per second)?$|log scale\)$|^busy \(% of the time\)$/.test(text))).toBe(true);
      expect(texts).toEqual(expect.arrayContaining(['power loss broker', 'disk slow broker', 'pause consumer-1 ×12']));
      const shades = await boxes(page, id, 'fault_shade');
      expect(shades).toHaveLength(12);
      // The first goes from 5s to 16s of 32s, from the top of the plot to its bottom.
      const scale = (shades[11]!.x - shades[0]!.x) / (27 - 5);
      expect(shades[0]!.width / scale).toBeCloseTo(16.3 - 5, 0);
      expect(shades[0]!.height).toBeGreaterThan(120);
      expect(await boxes(page, id, 'fault_label')).toHaveLength(4);
      expect(await boxes(page, id, 'fault_bar')).toHaveLength(15);
    });
  });

  it('the distribution goes by nines and has a line for each latency', async () => {
    await look([heldRun()], async (page) => {
      expect(await boxes(page, 'latency-distribution', 'line')).toHaveLength(5);
      expect(await chartTexts(page, 'latency-distribution')).toEqual(expect.arrayContaining(['0%', '90%', '99%', '99.9%', expect.stringMatching(/^latency \(.*, log scale\)$/)]));
    });
  });

  it.each([['held', heldRun()], ['broken', brokenRun()], ['many days', manyDayRun()], ['nothing', emptyRun()]])('of a run (%s) hold no NaN, cut nothing off, and say what they show', async (_name, run) => {
    await look([run], async (page) => {
      expect(await page.locator('figure').count()).toBe(CHARTS);
      for (const figure of await page.locator('figure').all()) {
        const svg = figure.locator('> svg');
        if ((await svg.count()) === 0) {
          expect((await figure.locator('.nothing').textContent())?.length).toBeGreaterThan(20);
          continue;
        }
        expect(await svg.evaluate((element) => element.outerHTML)).not.toMatch(/NaN|undefined|Infinity/);
        expect(await svg.getAttribute('role')).toBe('img');
        expect(((await svg.locator('desc').textContent()) ?? '').length).toBeGreaterThan(30);
        const cut = await svg.evaluate((element) => {
          const frame = element.getBoundingClientRect();
          return [...element.querySelectorAll('text')].filter((text) => {
            const box = text.getBoundingClientRect();
            return box.width > 0 && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
          }).map((text) => text.textContent);
        });
        expect(cut).toEqual([]);
      }
    });
  });
});

describe('the page', () => {
  it('answers first, in plain words', async () => {
    await look([brokenRun()], async (page) => {
      const inView = page.viewportSize()!.height;
      for (const selector of ['.answer .headline', '.figures']) {
        const box = await page.locator(selector).boundingBox();
        expect(box!.y + box!.height).toBeLessThan(inView);
      }
      expect(await page.locator('.answer .headline').textContent()).toBe('1 promise was broken.');
      expect(await page.locator('.figures dt').count()).toBe(6);
      // No figure stands alone in its row.
      const tops = await page.locator('.figures > div').evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().top));
      for (const top of tops) expect(tops.filter((other) => other === top).length).toBeGreaterThan(1);
    });
  });

  it('tells the life of the message, with the violation in its place', async () => {
    await look([brokenRun()], async (page) => {
      const steps = await page.locator('.story li').allTextContents();
      expect(steps[0]).toContain('producer-1 sends message 118');
      expect(steps.findIndex((step) => step.includes('it is nowhere'))).toBe(6);
    });
  });

  it('runs nothing that names and words hold', async () => {
    await look([brokenRun(), heldRun()], async (page) => {
      expect(await page.locator('script:not([type])').count()).toBe(1);
      expect(await page.locator('h2').first().textContent()).toContain('<script>alert("x")</script>');
    });
  });

  it.each([['light', 'light'], ['dark', 'dark']] as const)('has enough contrast in a %s scheme', async (_name, colorScheme) => {
    await look([brokenRun(), heldRun(), emptyRun()], async (page) => {
      await page.locator('details').evaluateAll((all) => all.forEach((details) => { (details as HTMLDetailsElement).open = true; }));
      const { checked, low } = await lowContrast(page);
      expect(checked).toBeGreaterThan(300);
      expect(low).toEqual([]);
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(colorScheme === 'dark' ? 'rgb(20, 24, 29)' : 'rgb(255, 255, 255)');
    }, { colorScheme });
  });

  it('fits a phone, with letters in charts that can be read', async () => {
    await look([brokenRun(), manyDayRun(), emptyRun(), wordyRun()], async (page) => {
      await page.locator('details').evaluateAll((all) => all.forEach((details) => { (details as HTMLDetailsElement).open = true; }));
      const { page: width, view } = await page.evaluate(() => ({ page: document.documentElement.scrollWidth, view: innerWidth }));
      expect(width).toBeLessThanOrEqual(view);
      const smallest = await page.locator('figure svg text').evaluateAll((texts) => Math.min(...texts.map((text) => text.getBoundingClientRect()).filter(({ width: w, height }) => w > height).map(({ height }) => height)));
      expect(smallest).toBeGreaterThan(9.5);
      expect(await cutTexts(page)).toEqual([]);
      expect(await page.locator('.role-legend-label text').count()).toBeGreaterThan(20);
      expect(await touchingLabels(page)).toEqual([]);
    }, phone);
  });

  it('can be used with the keyboard alone, and shows where it is', async () => {
    await look([heldRun(), brokenRun()], async (page) => {
      const visited: string[] = [];
      for (let press = 0; press < 120; press++) {
        await page.keyboard.press('Tab');
        const focus = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          return { name: `${element.tagName} ${element.textContent?.slice(0, 20) ?? ''}`, outline: getComputedStyle(element).outlineStyle };
        });
        if (focus.name.startsWith('BODY')) break;
        visited.push(focus.name);
        expect([focus.name, focus.outline]).toEqual([focus.name, 'solid']);
      }
      expect(visited[0]).toBe('A Skip to the results');
      for (const name of ['A consumer-crash', 'SUMMARY Save', 'SUMMARY Settings']) expect(visited).toContain(name);
      expect(visited.some((name) => name.startsWith('SELECT'))).toBe(true);
    });
  });

  it('gives away every chart as a picture and as its numbers, from the keyboard too', async () => {
    await look([heldRun()], async (page) => {
      const figure = page.locator('#run-1-throughput');
      const saved = async (kind: string): Promise<string> => {
        await figure.locator('.save summary').press('Enter');
        const [download] = await Promise.all([page.waitForEvent('download'), figure.locator(`button[data-save=${kind}]`).press('Enter')]);
        expect(download.suggestedFilename()).toBe(`run-1-throughput.${kind}`);
        return readFile(await download.path(), 'latin1');
      };
      expect(await saved('svg')).toMatch(/^<svg[^>]* viewBox(?![^]*var\()/);
      expect(await saved('png')).toMatch(/^.PNG/);
      const rows = (await saved('csv')).trim().split('\r\n');
      expect(rows[0]).toBe('at (microseconds),acknowledged (per second),offered (per second)');
      expect(rows).toHaveLength(1 + 200);
    });
  });

  it('has one cursor that reads all charts over time, and one zoom for all of them', async () => {
    await look([brokenRun()], async (page) => {
      await page.locator('.time-bar .instant').fill('500');
      expect(await page.locator('.instant-text').textContent()).toBe('16.000s');
      const readings = await page.locator('.reading').allTextContents();
      expect(readings.filter((text) => text !== '')).toHaveLength(9);
      expect(await page.locator('#run-1-latency-heat .reading').textContent()).toMatch(/^[\d,]+ messages?, (most of them )?\d/);
      expect(await page.locator('.goto option').nth(1).textContent()).toMatch(/^5\.000s /);
      expect(readings[0]).toMatch(/^acknowledged [\d.]+\/s · offered [\d.]+\/s$/);
      expect(await page.locator('.time-bar .instant').getAttribute('aria-valuetext')).toMatch(/^16\.000s\. Throughput: acknowledged .*Utilisation: /);
      const before = await boxes(page, 'throughput', 'fault_shade');
      await page.locator('.goto').selectOption({ index: 1 });
      expect(await page.locator('.shown').textContent()).toMatch(/^shown: 3\.\d+s to 8\.\d+s$/);
      expect(await page.locator('.instant-text').textContent()).toBe('5.000s');
      for (const id of timeCharts) {
        const zoomed = await boxes(page, id, 'fault_shade');
        expect(zoomed[0]!.width).toBeGreaterThan(4 * before[0]!.width);
        expect((await chartTexts(page, id)).filter((text) => /^[4-8]$/.test(text)).length).toBeGreaterThanOrEqual(4);
      }
      await page.getByRole('button', { name: 'Whole run' }).click();
      expect(await boxes(page, 'throughput', 'fault_shade')).toEqual(before);
    });
  });

  it('tells the parts of several runs apart, for those who go from landmark to landmark', async () => {
    const run = heldRun();
    await look([run, { ...run, seed: '8' }, brokenRun()], async (page) => {
      expect(await auditFindings(page, ['landmark-unique', 'heading-order', 'page-has-heading-one'])).toEqual([]);
    });
  });

  it('comes to life whatever its address ends with', async () => {
    await look([heldRun()], async (page) => {
      await page.evaluate(() => { location.hash = '#%E0%A4%A'; });
      await page.reload();
      await page.locator('.time-bar .instant').fill('500');
      expect(await page.locator('#run-1-throughput .reading').textContent()).toMatch(/^acknowledged/);
    });
  });

  it('reads well without scripts', async () => {
    await look([heldRun()], async (page) => {
      expect(await page.locator('figure > svg').count()).toBe(CHARTS);
      expect(await page.locator('figcaption button:visible, .time-bar:visible').count()).toBe(0);
      await page.locator('summary', { hasText: 'Settings' }).click();
      expect(await page.getByText('queues.jobs.visibilityTimeout').isVisible()).toBe(true);
    }, { javaScriptEnabled: false });
  });
});
