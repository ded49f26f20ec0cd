import type { TopLevelSpec } from 'vega-lite';
import type { SweepResult } from '../run-result.js';
import { namedFigureText } from '../words/named-figure.js';
import { type Chart, PLOT_WIDTH } from './chart.js';
import { chartConfig } from './config.js';
import { heatColors, palette } from './palette.js';
import { tableUnit } from './value-axis.js';

const ROW_HEIGHT = 34;
/** Room for the values of the vertical axis. */
const NAMES_WIDTH = 130;

/** A figure over two axes: a field for each pair of values, the stronger the more. Further axes are held at `rest`. */
export function sweepHeatChart(sweep: SweepResult, figure: number, rest: readonly string[] = []): Chart {
  const { name, unit } = sweep.figures[figure]!;
  const [columns, rows] = [sweep.axes[0]!, sweep.axes[1]!];
  const fields = sweep.points
    .filter(({ at }) => rest.every((value, index) => at[index + 2] === value))
    .flatMap(({ at, figures }) => (figures[figure] === null || figures[figure] === undefined ? [] : [{ x: at[0]!, y: at[1]!, ...figures[figure] }]));
  const where = rest.map((value, index) => `${sweep.axes[index + 2]!.path} = ${value}`).join(', ');
  return {
    id: `sweep-heat-${figure}${rest.map((value) => `-${sweep.axes.flatMap(({ values }) => values).indexOf(value)}`).join('')}`,
    title: `${name} by ${columns.path} and ${rows.path}${where === '' ? '' : `, ${where}`}`,
    isOverTime: false,
    description: `The mean of ${name} at each pair of values: ${differs(sweep, figure) ? 'the stronger the colour, the more' : 'one colour, for nothing differs by more than chance'}.`,
    drawing: fields.length === 0 ? { nothing: `${name} was not measured.` } : drawing(fields, sweep, figure),
    table: {
      columns: [{ label: columns.path, unit: 'text' }, { label: rows.path, unit: 'text' }, { label: name, unit: tableUnit(unit) }],
      rows: fields.map(({ x, y, value }) => [x, y, value]),
    },
  };
}

interface Field {
  readonly x: string;
  readonly y: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

const differs = ({ extremes }: SweepResult, figure: number): boolean => extremes[figure]?.verdict === 'differs';

/**
 * The class of colour of a value. One class is at least as wide as half of a usual interval, so that chance alone makes no colours; where nothing differs by more than chance
 * there is one.
 */
function classesOf(fields: readonly Field[], sweep: SweepResult, figure: number): (value: number) => number {
  if (!differs(sweep, figure)) return () => 0;
  const values = fields.map(({ value }) => value);
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  // Durations that span more than a few times are told apart by their ratio.
  const isByRatio = sweep.figures[figure]!.unit === 'micros' && lowest > 0 && highest / lowest >= 3;
  const scale = (value: number): number => (isByRatio ? Math.log(Math.max(value, lowest / 10)) : value);
  const halves = fields.flatMap(({ low, high }) => (low === null || high === null ? [] : [(scale(high) - scale(low)) / 2])).sort((left, right) => left - right);
  const noise = halves[Math.floor(halves.length / 2)] ?? 0;
  const span = Math.max(scale(highest) - scale(lowest), noise * heatColors.length);
  return (value) => (span === 0 ? 0 : Math.min(heatColors.length - 1, Math.floor(((scale(value) - scale(lowest)) / span) * heatColors.length)));
}

function drawing(fields: readonly Field[], sweep: SweepResult, figure: number): TopLevelSpec {
  const { axes, figures } = sweep;
  const { name, unit } = figures[figure]!;
  const classOf = classesOf(fields, sweep, figure);
  const values = fields.map(({ x, y, value }) => ({ x, y, class: classOf(value), text: namedFigureText(name, value, unit) }));
  const x = { field: 'x', type: 'ordinal', sort: [...axes[0]!.values], title: `${axes[0]!.path} (as set)`, axis: { labelAngle: 0, labelLimit: 110, labelOverlap: true } };
  const y = { field: 'y', type: 'ordinal', sort: [...axes[1]!.values], title: `${axes[1]!.path} (as set)`, axis: { labelLimit: NAMES_WIDTH - 24, minExtent: NAMES_WIDTH, maxExtent: NAMES_WIDTH, titleAnchor: 'start', titleAngle: 0, titleAlign: 'left', titleX: -NAMES_WIDTH, titleY: -8, titleLimit: PLOT_WIDTH } };
  return {
    width: PLOT_WIDTH - NAMES_WIDTH + 46,
    height: Math.max(70, axes[1]!.values.length * ROW_HEIGHT),
    padding: { left: 6, right: 6, top: 22, bottom: 6 },
    data: { values },
    layer: [
      { name: 'field', mark: { type: 'rect', stroke: palette.grid }, encoding: { x, y, color: { field: 'class', type: 'ordinal', scale: { domain: heatColors.map((_, index) => index), range: [...heatColors] }, legend: null } } },
      { name: 'field-text', mark: { type: 'text', fontSize: 11.5 }, encoding: { x, y, text: { field: 'text', type: 'nominal' }, color: { condition: [{ test: 'datum.class >= 3', value: palette.onHeatD }, { test: 'datum.class == 2', value: palette.onHeatC }], value: palette.ink } } },
    ],
    config: chartConfig,
  } as unknown as TopLevelSpec;
}
