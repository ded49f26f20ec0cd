import type { Layer, Line } from './chart.js';
import { type Axes, legendOf } from './line-layers.js';

/** Areas one upon the other, the first at the bottom, with a legend below the plot. */
export function areaLayers(lines: readonly Line[], axes: Axes, colors: Readonly<Record<string, string>>): Layer[] {
  const labels = lines.map(({ label }) => label);
  const layers = [
    {
      name: 'area',
      data: { values: lines.flatMap(({ label, points }, order) => points.map((point) => ({ ...point, line: label, order }))) },
      mark: { type: 'area', opacity: 0.9 },
      encoding: {
        x: { field: 'x', type: 'quantitative', ...axes.x },
        y: { field: 'y', type: 'quantitative', stack: 'zero', ...axes.y },
        order: { field: 'order' },
        color: { field: 'line', type: 'nominal', sort: null, scale: { domain: labels, range: labels.map((label) => colors[label]) }, legend: { ...legendOf(labels), symbolType: 'square', symbolSize: 120, symbolStrokeWidth: 0 } },
      },
    },
  ];
  return layers as unknown as Layer[];
}
