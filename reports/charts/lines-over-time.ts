import type { RunResult, SeriesResult } from '../run-result.js';
import type { Chart, Line, Table, Unit } from './chart.js';
import { emptyTable } from './chart.js';
import { type Merge, resample } from './resample.js';
import { timeChart } from './time-chart.js';
import { frameOf } from './time-frame.js';

/** A series as a line. */
export interface TimeSeries {
  readonly name: string;
  readonly label: string;
  readonly merge: Merge;
}

export interface LinesOverTime {
  readonly id: string;
  readonly title: string;
  readonly series: readonly TimeSeries[];
  readonly unit: Unit;
  /** Where nothing was measured, a series has zeros. */
  readonly zeroIsMissing: boolean;
  /** Said when there is no line to draw. */
  readonly nothing: string;
  /** What values are multiplied by to be drawn, given the highest. */
  readonly scale?: (highest: number) => number;
  /** What is seen, given the highest value and the length of a step. */
  readonly description: (seen: { readonly highest: number; readonly lowest: number; readonly stepMicros: number }) => string;
  /** The vertical axis, given the values that are drawn. */
  readonly axis: (drawn: readonly (number | null)[], highest: number) => object;
}

/** Series of a run as lines on the common axis of time. A series that the run does not have is left out. */
export function linesOverTime(result: RunResult, options: LinesOverTime): Chart {
  const { id, title, zeroIsMissing, unit } = options;
  const endMicros = result.run.virtualMicros;
  const present = options.series.filter(({ name }) => (result.series.values[name]?.length ?? 0) > 0);
  const resampled = present.map(({ name, merge }) => resample(result.series, name, { merge, zeroIsMissing, endMicros }));
  const values = resampled.flatMap((line) => line.values.flatMap((value) => (value === null ? [] : [value])));
  const highest = values.reduce((high, value) => Math.max(high, value), 0);
  const lowest = values.reduce((low, value) => Math.min(low, value), highest);
  const chart = { id, title, isOverTime: true, description: options.description({ highest, lowest, stepMicros: resampled[0]?.stepMicros ?? 0 }) };
  if (values.length === 0) return { ...chart, drawing: { nothing: options.nothing }, table: emptyTable };
  const scale = options.scale?.(highest) ?? 1;
  const lines: Line[] = resampled.map((line, index) => ({
    label: present[index]!.label,
    points: line.values.map((value, step) => ({ x: line.atMicros[step]!, y: value === null ? null : Number((value * scale).toPrecision(5)) })),
  }));
  const axis = options.axis(lines.flatMap(({ points }) => points.map(({ y }) => y)), highest);
  return { ...chart, drawing: timeChart(frameOf(result), lines, axis), table: timeTable(resampled[0]!.atMicros, resampled.map((line, index) => ({ label: lines[index]!.label, values: line.values })), unit) };
}

/** One row a step: its middle, and a value of each line. */
export function timeTable(atMicros: readonly number[], lines: readonly { readonly label: string; readonly values: readonly (number | null)[] }[], unit: Unit): Table {
  return {
    columns: [{ label: 'at', unit: 'micros' }, ...lines.map(({ label }) => ({ label, unit }))],
    rows: atMicros.map((at, step) => [at, ...lines.map(({ values }) => rounded(values[step] ?? null))]),
  };
}

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(6)));

/** True when a series has a value above 0. */
export function isEverAbove0(series: SeriesResult, name: string): boolean {
  return series.values[name]?.some((value) => value > 0) ?? false;
}
