import type { PlotData } from '../charts/plot-data.js';

/** The numbers of a figure; null for one that shows none. */
export function chartDataOf(figure: Element): PlotData | null {
  const text = figure.querySelector('.chart-data')?.textContent ?? null;
  return text === null ? null : (JSON.parse(text) as PlotData);
}
