import type { Cell, Chart, Column } from './chart.js';
import { timeAxis } from './time-axis.js';

/** What the page's script needs of a chart: its numbers by column, and of one over time, its axis. */
export interface PlotData {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** One list a column. */
  readonly values: readonly (readonly Cell[])[];
  /** Null for a chart that is not over virtual time. */
  readonly time: PlotTime | null;
}

export interface PlotTime {
  readonly endMicros: number;
  readonly unitMicros: number;
  /** `seconds`. */
  readonly unit: string;
}

/** @param virtualMicros length of the axis of virtual time that a chart over time is on; null for other charts */
export function plotData(chart: Chart, virtualMicros: number | null): PlotData {
  const { id, title, table: { columns, rows } } = chart;
  const { end, unitMicros, title: axisTitle } = timeAxis(virtualMicros ?? 1);
  const unit = /\((\w+)\)/.exec(axisTitle)?.[1] ?? '';
  return {
    id, title, columns,
    values: columns.map((_, column) => rows.map((row) => row[column] ?? null)),
    time: chart.isOverTime && virtualMicros !== null ? { endMicros: end * unitMicros, unitMicros, unit } : null,
  };
}
