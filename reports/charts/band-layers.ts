import type { Layer } from './chart.js';
import type { Axes } from './line-layers.js';
import { lineStyles } from './palette.js';

/** What surrounds a line: from the least to the most. */
export interface Band {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly low: number | null; readonly high: number | null }[];
}

/** Bands behind lines, each in the colour of the line of its number. */
export function bandLayers(bands: readonly Band[], { x, y }: Axes): Layer[] {
  const layers = bands.slice(0, lineStyles.length).map(({ points }, index) => ({
    name: `band-${index}`,
    // A point without data stays, with neither end: without it the area would go straight on to the next that has some.
    data: { values: points.map((point) => (point.low === null || point.high === null ? { x: point.x, low: null, high: null } : point)) },
    mark: { type: 'area', opacity: 0.18, color: lineStyles[index]!.color, invalid: 'break-paths-show-path-domains' },
    encoding: { x: { field: 'x', type: 'quantitative', ...x }, y: { field: 'low', type: 'quantitative', ...y }, y2: { field: 'high' } },
  }));
  return layers as unknown as Layer[];
}
