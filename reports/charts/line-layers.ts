import type { Layer, Line } from './chart.js';
import { legendGrid } from './legend-grid.js';
import { lineStyles, MAX_LINES } from './palette.js';
import { withoutLevelPoints } from './resample.js';

/** How the layers' x and y are scaled and labelled. */
export interface Axes {
  readonly x: object;
  readonly y: object;
}

/** A legend below the plot. */
export const legendOf = (labels: readonly string[]): object => ({
  orient: 'bottom', direction: 'horizontal', title: null, symbolType: 'stroke', symbolSize: 400, symbolStrokeWidth: 2.5,
  ...legendGrid(labels),
});

/** Lines in a colour and a dash of their own, with a legend below the plot; a point that stands alone is a dot. */
export function lineLayers(lines: readonly Line[], axes: Axes): Layer[] {
  const shown = lines.slice(0, MAX_LINES);
  const labels = shown.map((line) => line.label);
  const styles = lineStyles.slice(0, shown.length);
  const legend = legendOf(labels);
  const encoding = {
    x: { field: 'x', type: 'quantitative', ...axes.x },
    y: { field: 'y', type: 'quantitative', ...axes.y },
    color: { field: 'line', type: 'nominal', sort: null, scale: { domain: labels, range: styles.map((style) => style.color) }, legend },
  };
  const dashes = { field: 'line', type: 'nominal', sort: null, scale: { domain: labels, range: styles.map((style) => [...style.dash]) }, legend };
  const layers = [
    {
      name: 'line',
      data: { values: shown.flatMap(({ label, points }) => withoutLevelPoints(points).map((point) => ({ ...point, line: label }))) },
      mark: { type: 'line', strokeWidth: 1.7, strokeJoin: 'round', strokeCap: 'butt' },
      encoding: { ...encoding, strokeDash: dashes },
    },
    {
      name: 'dot',
      data: { values: shown.flatMap(({ label, points }) => lonePoints(points).map((point) => ({ ...point, line: label }))) },
      mark: { type: 'point', filled: true, size: 22, opacity: 1 },
      encoding,
    },
  ];
  // The literal types of Vega-Lite's layers are beyond what a spread object can be told to be.
  return layers as unknown as Layer[];
}

/** Points without a neighbour: a line through them would have no length. */
function lonePoints(points: Line['points']): Line['points'] {
  const missing = (index: number): boolean => (points[index]?.y ?? null) === null;
  return points.filter((point, index) => point.y !== null && missing(index - 1) && missing(index + 1));
}
