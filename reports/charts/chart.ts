import type { TopLevelSpec } from 'vega-lite';

/** A chart that is ready to be drawn, or the reason why there is nothing to draw. */
export interface Chart {
  /** Kebab-case; unique among the charts of a run. */
  readonly id: string;
  readonly title: string;
  /** What is seen, in a sentence or two, for those who cannot see it. */
  readonly description: string;
  readonly drawing: TopLevelSpec | { readonly nothing: string };
}

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
