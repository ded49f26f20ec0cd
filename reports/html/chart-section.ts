import type { Chart } from '../charts/chart.js';
import { chartsOfRun } from '../charts/charts-of-run.js';
import { drawSvg } from '../charts/draw.js';
import type { RunResult } from '../run-result.js';
import { html, type Markup, trusted } from './escape.js';
import { pageSvg } from './page-svg.js';

/** The charts of a run. @param anchor unique in the page; the charts' ids begin with it. */
export async function chartSection(result: RunResult, anchor: string): Promise<Markup> {
  const figures: Markup[] = [];
  for (const chart of chartsOfRun(result)) figures.push(await figure(chart, anchor));
  return html`<h3>Charts</h3>
<div class="charts">
${figures}
</div>`;
}

async function figure(chart: Chart, anchor: string): Promise<Markup> {
  const { drawing, title, description } = chart;
  const id = `${anchor}-${chart.id}`;
  if ('nothing' in drawing) return html`<figure id="${id}"><figcaption>${title}</figcaption><p class="nothing">${drawing.nothing}</p></figure>`;
  const svg = pageSvg(await drawSvg(drawing), { id, title, description });
  return html`<figure id="${id}"><figcaption>${title}<button type="button" hidden data-svg="${id}.svg" aria-label="Save the chart ${title} as SVG">Save SVG</button></figcaption>
${trusted(svg)}</figure>`;
}
