import { formatInstant } from '../../history/index.js';
import type { Chart } from '../charts/chart.js';
import { type ChartGroup, chartGroups } from '../charts/charts-of-run.js';
import { drawSvg } from '../charts/draw.js';
import { plotData } from '../charts/plot-data.js';
import type { RunResult } from '../run-result.js';
import { type FaultSpan, faultSpans } from '../words/faults.js';
import { duplicateCauses } from '../words/duplicates.js';
import { bottleneck } from '../words/parties.js';
import { embeddedJson } from './embedded-json.js';
import { html, type Markup, trusted } from './escape.js';
import { pageSvg } from './page-svg.js';
import { consumerTable, groupTable, queueTable, resourceTable } from './party-tables.js';

/** Faults that the time bar offers to go to. */
const MAX_FAULTS = 100;

/** The charts of a run with what belongs to them. @param anchor unique in the page; the charts' ids begin with it. */
export async function chartSection(result: RunResult, anchor: string): Promise<Markup> {
  const groups: Markup[] = [];
  for (const group of chartGroups(result)) groups.push(await groupSection(group, result, anchor));
  // The bar stays in view as long as its charts do.
  return html`<div>${timeBar(faultSpans(result), anchor)}
${groups}</div>`;
}

/** One axis of time for all charts of the run: where the cursor is, and what is shown. Shown by the script, which makes it work. */
export function timeBar(spans: readonly FaultSpan[], anchor: string): Markup {
  const faults = spans.slice(0, MAX_FAULTS);
  return html`<div class="time-bar" hidden role="group" aria-label="Time axis of all charts">
<label for="${anchor}-instant">Instant</label>
<input type="range" id="${anchor}-instant" class="instant" min="0" max="1000" value="0" step="1">
<output class="instant-text" for="${anchor}-instant"></output>
<span class="zoom"><button type="button" data-zoom="in" aria-label="Zoom in" title="Zoom in">+</button><button type="button" data-zoom="out" aria-label="Zoom out" title="Zoom out">−</button><button type="button" data-zoom="earlier" aria-label="Earlier" title="Earlier">‹</button><button type="button" data-zoom="later" aria-label="Later" title="Later">›</button><button type="button" data-zoom="all">Whole run</button></span>
${faults.length === 0 ? null : html`<select class="goto" aria-label="Go to a fault"><option value="">Go to a fault…</option>${faults.map(({ label, fromMicros, toMicros }) => html`<option value="${fromMicros},${toMicros}">${formatInstant(fromMicros)} ${label}</option>`)}</select>`}
<span class="shown"></span>
</div>`;
}

async function groupSection({ id, title, charts }: ChartGroup, result: RunResult, anchor: string): Promise<Markup> {
  const figures: Markup[] = [];
  for (const chart of charts) figures.push(await chartFigure(chart, anchor, result.run.virtualMicros));
  return html`<h3 id="${anchor}-${id}">${title}</h3>
${lead(id, result)}
<div class="charts">
${figures}
</div>
${tables(id, result)}`;
}

function lead(id: ChartGroup['id'], result: RunResult): Markup | null {
  const text = id === 'time' ? bottleneck(result) : id === 'traffic' ? duplicateCauses(result) : null;
  return text === null ? null : html`<p class="lead">${text}</p>`;
}

function tables(id: ChartGroup['id'], result: RunResult): Markup | null {
  if (id === 'time') return resourceTable(result);
  return id === 'work' ? html`${consumerTable(result)}
${groupTable(result)}
${queueTable(result)}` : null;
}

/** A chart as part of a page, with its numbers. @param virtualMicros length of the axis of virtual time that it is on; null for none */
export async function chartFigure(chart: Chart, anchor: string, virtualMicros: number | null): Promise<Markup> {
  const { drawing, title, description } = chart;
  const id = `${anchor}-${chart.id}`;
  if ('nothing' in drawing) return html`<figure id="${id}"><figcaption>${title}</figcaption><p class="nothing">${drawing.nothing}</p></figure>`;
  const svg = pageSvg(await drawSvg(drawing), { id, title, description });
  return html`<figure id="${id}"><figcaption>${title}${saveMenu(title)}</figcaption>
${chart.isOverTime ? html`<p class="reading"></p>` : null}${trusted(svg)}
${embeddedJson('chart-data', plotData(chart, virtualMicros))}</figure>`;
}

const saveMenu = (title: string): Markup => html`<details class="save" hidden><summary aria-label="Save ${title}">Save</summary><span><button type="button" data-save="svg">SVG</button><button type="button" data-save="png">PNG</button><button type="button" data-save="csv">CSV</button></span></details>`;
