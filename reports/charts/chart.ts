import type { TopLevelSpec } from 'vega-lite';

/** A chart that is ready to be drawn, or the reason why there is nothing to draw. */
export interface Chart {
  /** Kebab-case; unique among the charts of a run. */
  readonly id: string;
  readonly title: string;
  /** What is seen, in a sentence or two, for those who cannot see it. */
  readonly description: string;
  /** Whether it goes over virtual time, on the axis that all such charts of a run share. */
  readonly isOverTime: boolean;
  readonly drawing: TopLevelSpec | { readonly nothing: string };
  /** The numbers that are drawn. */
  readonly table: Table;
}

/** The numbers of a chart, for reading at a point and for saving. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = number | string | null;

export interface Column {
  readonly label: string;
  readonly unit: Unit;
}

/** What a number is: `micros` a duration or an instant, `share` a part of 1, `per-second` a rate. */
export type Unit = 'micros' | 'per-second' | 'messages' | 'share' | 'number' | 'text';

/** A chart of something that was not there. */
export const emptyTable: Table = { columns: [], rows: [] };

/** One layer of a drawing. */
export type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

/** A line: a name and its points, some of which may be missing. */
export interface Line {
  readonly label: string;
  readonly points: readonly Point[];
}

export interface Point {
  readonly x: number;
  /** Null where nothing was measured: the line has a gap there. */
  readonly y: number | null;
}

/** Of the plot alone, in pixels; axes and names come on top. */
export const PLOT_WIDTH = 450;
export const PLOT_HEIGHT = 190;
/** Of a whole chart: all are equally wide, so that a page shows them at the same scale. */
export const CHART_WIDTH = 550;
