import type { TopLevelSpec } from 'vega-lite';
import { type Chart, type Line, emptyTable, PLOT_HEIGHT, PLOT_WIDTH } from './chart.js';
import { chartConfig } from './config.js';
import { figureText } from '../words/figure-text.js';
import { countAxis } from './count-axis.js';
import { lineLayers } from './line-layers.js';
import { lineStyles, MAX_LINES, palette } from './palette.js';
import { tableUnit, valueAxis } from './value-axis.js';
import type { MeasureUnit } from '../../measures/index.js';

export interface RateLatency {
  readonly id: string;
  /** What is drawn against the rate. */
  readonly figure: string;
  readonly unit: MeasureUnit;
  /** What the rate is: `messages offered`, `messages acknowledged`. */
  readonly rate: string;
  readonly lines: readonly Line[];
  /** What the figure has to stay below, drawn across the chart. */
  readonly limit?: number | undefined;
}

/** A figure against the rate: flat for long, and steep where something saturates. */
export function rateLatencyChart({ id, figure, unit, rate, lines, limit }: RateLatency): Chart {
  const points = lines.flatMap((line) => line.points.flatMap(({ x, y }) => (y === null || (unit === 'micros' && y <= 0) ? [] : [{ label: line.label, x, y }])));
  const drawn = lines.map(({ label, points: all }) => ({ label, points: all.filter(({ y }) => y !== null && (unit !== 'micros' || y > 0)) })).filter((line) => line.points.length > 0);
  return {
    id, title: `${figure} against the rate`, isOverTime: false,
    description: `${figure} at each rate: where the line turns upwards, something saturates.${limit === undefined ? '' : ` The threshold, ${figureText(limit, unit)}, is drawn across.`}`,
    drawing: points.length === 0 ? { nothing: 'Nothing was measured.' } : drawing(drawn, points, { figure, unit, rate, limit }),
    table: points.length === 0 ? emptyTable : {
      columns: [{ label: 'line', unit: 'text' }, { label: rate, unit: 'per-second' }, { label: figure, unit: tableUnit(unit) }],
      rows: points.map(({ label, x, y }) => [label, x, y]),
    },
  };
}

function drawing(lines: readonly Line[], points: readonly { readonly label: string; readonly x: number; readonly y: number }[], { figure, unit, rate, limit }: Pick<RateLatency, 'figure' | 'unit' | 'rate' | 'limit'>): TopLevelSpec {
  const x = countAxis(`${rate} per second`, points.map(({ x: one }) => one));
  const y = valueAxis(figure, unit, [...points.map(({ y: one }) => one), ...(limit === undefined ? [] : [limit])]);
  const labels = lines.slice(0, MAX_LINES).map(({ label }) => label);
  const dots = {
    name: 'probe', data: { values: points.filter(({ label }) => labels.includes(label)).map((point) => ({ ...point, line: point.label })) }, mark: { type: 'point', filled: true, size: 26, opacity: 1 },
    encoding: { x: { field: 'x', type: 'quantitative', ...x }, y: { field: 'y', type: 'quantitative', ...y }, color: { field: 'line', type: 'nominal', sort: null, scale: { domain: labels, range: lineStyles.slice(0, labels.length).map(({ color }) => color) } } },
  };
  return { width: PLOT_WIDTH, height: PLOT_HEIGHT, layer: [...lineLayers(lines, { x, y }), dots, ...(limit === undefined ? [] : limitLayers(limit, unit, y))], config: chartConfig } as unknown as TopLevelSpec;
}

/** The threshold across the whole plot, with its words at the left, where the line is low. */
function limitLayers(limit: number, unit: MeasureUnit, axis: object): object[] {
  const y = { field: 'y', type: 'quantitative', ...axis };
  const data = { values: [{ y: limit, text: `threshold ${figureText(limit, unit)}` }] };
  return [
    { name: 'threshold', data, mark: { type: 'rule', color: palette.violation, strokeWidth: 1.5, strokeDash: [6, 4] }, encoding: { y } },
    { name: 'threshold-text', data, mark: { type: 'text', align: 'left', baseline: 'bottom', dy: -3, fontSize: 12, color: palette.violation }, encoding: { x: { value: 4 }, y, text: { field: 'text', type: 'nominal' } } },
  ];
}
