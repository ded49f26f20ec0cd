import type { TopLevelSpec } from 'vega-lite';
import type { SweepResult } from '../run-result.js';
import { type Chart, type Layer, PLOT_HEIGHT, PLOT_WIDTH } from './chart.js';
import { chartConfig } from './config.js';
import { legendOf } from './line-layers.js';
import { lineStyles, MAX_LINES, palette } from './palette.js';
import { tableUnit, valueAxis } from './value-axis.js';

/** A figure over the values of the first axis, one line for each value of the second (of the first five), with intervals. */
export function sweepLinesChart(sweep: SweepResult, figure: number, rest: readonly string[] = []): Chart {
  const { name, unit } = sweep.figures[figure]!;
  const [first, second] = sweep.axes;
  const points = sweep.points
    .filter(({ at }) => rest.every((value, index) => at[index + 2] === value))
    .flatMap(({ at, figures }) => (figures[figure] === null || figures[figure] === undefined ? [] : [{ x: at[0]!, line: at[1] ?? '', ...figures[figure] }]));
  const where = rest.map((value, index) => `${sweep.axes[index + 2]!.path} = ${value}`).join(', ');
  const title = `${name} by ${first!.path}${where === '' ? '' : `, ${where}`}`;
  return {
    id: `sweep-lines-${figure}${rest.map((value) => `-${sweep.axes.flatMap(({ values }) => values).indexOf(value)}`).join('')}`,
    title,
    isOverTime: false,
    description: `The mean of ${name} at each value of ${first!.path}${second === undefined ? '' : `, a line for each value of ${second.path}`}, with its interval over the seeds.`,
    drawing: points.length === 0 ? { nothing: `${name} was not measured.` } : drawing(points, sweep, { name, unit }),
    table: {
      columns: [...sweep.axes.slice(0, 2).map(({ path }) => ({ label: path, unit: 'text' as const })), ...['mean', 'from', 'to'].map((label) => ({ label, unit: tableUnit(unit) }))],
      rows: points.map(({ x, line, value, low, high }) => [x, ...(second === undefined ? [] : [line]), value, low, high]),
    },
  };
}

/** Between the points of two lines, as a share of the distance of two values. */
const BESIDE = 0.06;

interface SweptPoint {
  readonly x: string;
  readonly line: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

function drawing(points: readonly SweptPoint[], { axes: [first, second] }: SweepResult, { name, unit }: Pick<SweepResult['figures'][number], 'name' | 'unit'>): TopLevelSpec {
  const lines = (second?.values ?? ['']).slice(0, MAX_LINES);
  // A logarithmic axis has no place for 0 and less, and not much for what is far below everything seen.
  const among = points.filter(({ line }) => lines.includes(line));
  const ground = unit === 'micros' ? among.reduce((least, { value }) => (value > 0 ? Math.min(least, value) : least), Infinity) / 3 : 0;
  // Points of several lines stand side by side, so that their intervals do not hide each other.
  const placeOf = ({ x: value, line }: SweptPoint): number => first!.values.indexOf(value) + (lines.indexOf(line) - (lines.length - 1) / 2) * BESIDE;
  const shown = among.map((point) => ({ ...point, place: placeOf(point), low: point.low === null ? null : Math.max(ground, point.low) }));
  const values = shown.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
  const x = {
    field: 'place', type: 'quantitative', title: `${first!.path} (as set)`,
    scale: { domain: [-0.5, first!.values.length - 0.5], nice: false, zero: false },
    axis: { values: first!.values.map((_, index) => index), labelExpr: `${JSON.stringify(first!.values)}[datum.value]`, grid: false, labelAngle: 0, labelOverlap: true, labelLimit: 110 },
  };
  const y = { field: 'value', type: 'quantitative', ...valueAxis(name, unit, values) };
  const styles = lineStyles.slice(0, lines.length);
  const legend = second === undefined ? null : { ...legendOf(lines), title: second.path };
  const color = { field: 'line', type: 'nominal', sort: null, scale: { domain: lines, range: styles.map(({ color: one }) => one) }, legend };
  const dash = { field: 'line', type: 'nominal', sort: null, scale: { domain: lines, range: styles.map(({ dash: one }) => [...one]) }, legend };
  const layer = [
    { name: 'interval', transform: [{ filter: 'datum.low !== null && datum.high !== null' }], mark: { type: 'rule', strokeWidth: 1.5 }, encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color } },
    { name: 'line', mark: { type: 'line', strokeWidth: 1.7 }, encoding: { x, y, color, strokeDash: dash } },
    { name: 'dot', mark: { type: 'point', filled: true, size: 40, opacity: 1 }, encoding: { x, y, color } },
  ] as unknown as Layer[];
  return { width: PLOT_WIDTH, height: PLOT_HEIGHT, data: { values: shown }, layer, config: { ...chartConfig, line: { color: palette.lineA } } } as unknown as TopLevelSpec;
}
