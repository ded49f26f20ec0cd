import type { Chart } from '../charts/chart.js';
import { chartFigure } from '../html/chart-section.js';
import { html, type Markup } from '../html/escape.js';

/** Charts of a study, side by side. @param virtualMicros length of the axis of those over time */
export async function studyCharts(charts: readonly Chart[], virtualMicros: number | null = null): Promise<Markup> {
  const figures: Markup[] = [];
  for (const chart of charts) figures.push(await chartFigure(chart, 'study', virtualMicros));
  return html`<div class="charts">
${figures}
</div>`;
}

/** A table with a heading row; columns after the first `texts` hold numbers. Where there is no room for columns, each row is a block of its own. */
export function studyTable(label: string, head: readonly string[], rows: readonly (readonly (string | Markup)[])[], texts = 1): Markup {
  const look = (column: number): string => (column < texts ? '' : 'number');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
<table class="stack"><thead><tr>${head.map((name, column) => html`<th scope="col" class="${look(column)}">${name}</th>`)}</tr></thead><tbody>
${rows.map((row) => html`<tr>${row.map((cell, column) => (column === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="${look(column)}" data-label="${head[column] ?? ''}">${cell}</td>`))}</tr>`)}
</tbody></table></div>`;
}
