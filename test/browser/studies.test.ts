import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareVariants, findCapacity, parseFigure, sweepResult, SWEPT_FIGURES, USUAL_FIGURES, type Variant } from '../../campaign/index.js';
import { capacityPage, comparePage, sweepPage } from '../../reports/index.js';
import { runScenario, type Scenario } from '../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, MILLISECOND, SECOND } from '../scenarios/a-scenario.js';
import { auditFindings, cutTexts, touchingLabels, widths } from './audit.js';
import { launchBrowser, openFile } from './chromium.js';
import { lowContrast } from './contrast.js';

const exponential = (mean: number) => ({ kind: 'exponential', mean }) as const;
const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const pages = ['compare', 'sweep', 'capacity'] as const;
type StudyPage = (typeof pages)[number];

let browser: Browser;
let folder: string;

/** A queue whose worker crashes, with a name that has to be cut and one that must not be taken for markup. */
function scenario(name: string, serviceMicros: number, gapMicros: number): Scenario {
  return aScenario({
    name, durationMicros: 6 * SECOND,
    producers: [aProducer({ interval: exponential(gapMicros), messages: Infinity })],
    consumers: [aConsumer('worker-1', { concurrency: 1, batchSize: 1, handler: { time: exponential(serviceMicros) } }), aConsumer('worker-2', { concurrency: 1, batchSize: 1, handler: { time: exponential(serviceMicros) } })],
    faults: [{ at: 2 * SECOND, fault: 'pause', target: 'worker-1', for: SECOND }],
    settings: [{ path: 'consumers.worker.handler.time', value: String(serviceMicros), isDefault: false }],
  });
}

const variantOf = (name: string, of: Scenario, seeds: readonly string[] = ['1', '2']): Variant => ({ name, results: seeds.map((seed) => runScenario(of, { seed })) });

async function contents(): Promise<Record<StudyPage, string>> {
  const services = [5, 8, 12] as const;
  const gaps = [20, 10] as const;
  const points = services.flatMap((service) => gaps.map((gap) => ({ at: [`${service}ms`, `${1000 / gap}/s`], variant: variantOf('', scenario('grid', service * MILLISECOND, gap * MILLISECOND)) })));
  const axes = [{ path: 'consumers.worker.handler.time', values: services.map((service) => `${service}ms`) }, { path: 'producers.shop.rate', values: gaps.map((gap) => `${1000 / gap}/s`) }];
  const capacity = await findCapacity({
    scenario: scenario('capacity', 5 * MILLISECOND, 20 * MILLISECOND), until: { expression: 'p99(endToEnd) < 100ms', aggregate: 'p99', measure: 'endToEnd', operator: '<', limit: 100 * MILLISECOND },
    seeds: ['1'], precision: 0.2, run: async ({ name, scenario: candidate }) => variantOf(name, candidate, ['1']),
  });
  const variants = [variantOf('results/a-name-that-is-long/before.json', scenario('queue', 5 * MILLISECOND, 12 * MILLISECOND)), variantOf('<script>alert("x")</script>', scenario('queue', 9 * MILLISECOND, 12 * MILLISECOND))];
  return {
    compare: await comparePage(compareVariants(variants, { figures: USUAL_FIGURES, tolerance: 0.01 })),
    sweep: await sweepPage(sweepResult({ seeds: ['1', '2'], axes, points: points.map(({ at }) => at), figures: SWEPT_FIGURES.map(parseFigure), variants: points.map(({ variant }) => variant) })),
    capacity: await capacityPage(capacity!),
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queuelab-studies-'));
  browser = await launchBrowser();
  for (const [name, content] of Object.entries(await contents())) await writeFile(join(folder, `${name}.html`), content);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function look(name: StudyPage, use: (page: Page) => Promise<void>, options: BrowserContextOptions = {}): Promise<void> {
  const opened = await openFile(browser, join(folder, `${name}.html`), options);
  try {
    await use(opened.page);
    expect(opened.problems).toEqual([]);
  } finally {
    await opened.close();
  }
}

const openAll = (page: Page): Promise<void> =>
  page.locator('details').evaluateAll((all) => all.forEach((details) => { (details as HTMLDetailsElement).open = true; }));

/** Marks that show numbers, by the names of their layers. */
const MARKS = '[class~="line_marks"] > *, [class~="field_marks"] > *, [class~="difference_marks"] > *';

describe.each(pages)('the page of a %s', (name) => {
  it('has marks and axis titles with units in every chart, and cuts nothing off', async () => {
    await look(name, async (page) => {
      const figures = await page.locator('figure').all();
      expect(figures.length).toBe({ compare: 7, sweep: 10, capacity: 1 }[name]);
      for (const figure of figures) {
        expect(await figure.locator(MARKS).count()).toBeGreaterThan(0);
        const texts = await figure.locator('svg text').allTextContents();
        expect(texts.filter((text) => /\(.+\)$|per second$|^messages|^figure$/.test(text)).length).toBeGreaterThanOrEqual(2);
        expect(await figure.locator('> svg').evaluate((svg) => svg.outerHTML)).not.toMatch(/NaN|undefined|Infinity/);
      }
      expect(await cutTexts(page)).toEqual([]);
    });
  });

  it.each([['light', 'light'], ['dark', 'dark']] as const)('passes an audit of accessibility and has enough contrast (%s)', async (_name, colorScheme) => {
    await look(name, async (page) => {
      await openAll(page);
      expect(await auditFindings(page, ['heading-order', 'page-has-heading-one'])).toEqual([]);
      const { checked, low } = await lowContrast(page);
      expect(checked).toBeGreaterThan(40);
      expect(low).toEqual([]);
    }, { colorScheme });
  });

  it('fits a phone and a narrow desktop without scrolling sideways, its tables too', async () => {
    for (const options of [phone, { viewport: { width: 1024, height: 700 } }]) {
      await look(name, async (page) => {
        await openAll(page);
        const { page: width, view } = await widths(page);
        expect(width).toBeLessThanOrEqual(view);
        expect(await cutTexts(page)).toEqual([]);
        expect(await touchingLabels(page)).toEqual([]);
        if (options !== phone) return;
        const scrolling = await page.locator('.scroll').evaluateAll((all) => all.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.getAttribute('aria-label')));
        expect(scrolling).toEqual([]);
      }, options);
    }
  });

  it('can be used with the keyboard alone, and shows where it is', async () => {
    await look(name, async (page) => {
      const visited: string[] = [];
      for (let press = 0; press < 60; press++) {
        await page.keyboard.press('Tab');
        const focus = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          return { name: element.tagName, outline: getComputedStyle(element).outlineStyle };
        });
        if (focus.name === 'BODY') break;
        visited.push(focus.name);
        expect(focus).toEqual({ name: focus.name, outline: 'solid' });
      }
      expect(visited[0]).toBe('A');
      expect(visited).toContain('SUMMARY');
    });
  });
});

describe('a comparison over time', () => {
  it('has a line for each variant, the faults that struck all of them, and one cursor that reads them', async () => {
    await look('compare', async (page) => {
      for (const id of ['throughput', 'backlog', 'in-flight', 'end-to-end-p50', 'end-to-end-p99']) {
        const figure = page.locator(`#study-compare-${id}`);
        expect(await figure.locator('[class~="line_marks"] > *').count()).toBe(2);
        expect(await figure.locator('svg text').allTextContents()).toEqual(expect.arrayContaining(['pause worker-1', 'virtual time (seconds)']));
      }
      await page.locator('.time-bar .instant').fill('300');
      expect(await page.locator('#study-compare-throughput .reading').textContent()).toMatch(/^results\/a-n….* [\d.]+\/s · <script>.* [\d.]+\/s$/);
      await page.locator('.goto').selectOption({ index: 1 });
      expect(await page.locator('.instant-text').textContent()).toBe('2.000s');
    });
  });
});

describe('the capacity', () => {
  it('is drawn with the threshold across the chart', async () => {
    await look('capacity', async (page) => {
      expect(await page.locator('figure svg text').allTextContents()).toContain('threshold 100ms');
      const [rule, plot] = [await page.locator('[class~="threshold_marks"] > *').boundingBox(), await page.locator('[class~="line_marks"]').first().boundingBox()];
      expect(rule!.width).toBeGreaterThan(plot!.width - 2);
    });
  });
});
