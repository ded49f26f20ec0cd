import type { SeriesResult } from '../run-result.js';

/** Points that a line has at most. The plot is not so wide, but it can be looked at more closely. */
export const MAX_POINTS = 300;

/** How several steps become one: levels and rates by their mean, typical values by their median, extremes by their maximum. */
export type Merge = 'mean' | 'median' | 'max';

/** A series on a coarser grid. */
export interface Resampled {
  /** The middle of each step. */
  readonly atMicros: readonly number[];
  readonly values: readonly (number | null)[];
  readonly stepMicros: number;
}

/**
 * Cuts a series down to {@link MAX_POINTS}. Values that are not finite are missing; with `zeroIsMissing`, zeros are too.
 *
 * @param endMicros when the run ended: the last step may be shorter.
 */
export function resample(
  series: SeriesResult,
  name: string,
  options: { readonly merge: Merge; readonly zeroIsMissing: boolean; readonly endMicros: number },
): Resampled {
  const values = series.values[name] ?? [];
  const width = Math.max(1, Math.ceil(values.length / MAX_POINTS));
  const stepMicros = series.stepMicros * width;
  const atMicros: number[] = [];
  const merged: (number | null)[] = [];
  for (let first = 0; first < values.length; first += width) {
    const from = series.atMicros[first] ?? first * series.stepMicros;
    const to = Math.min(from + stepMicros, Math.max(options.endMicros, from));
    atMicros.push((from + to) / 2);
    const present = values.slice(first, first + width).filter((value) => Number.isFinite(value) && !(options.zeroIsMissing && value === 0));
    merged.push(present.length === 0 ? null : merges[options.merge](present));
  }
  return { atMicros, values: merged, stepMicros };
}

const merges: Readonly<Record<Merge, (values: readonly number[]) => number>> = {
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  median: (values) => [...values].sort((left, right) => left - right)[Math.floor((values.length - 1) / 2)] as number,
  max: (values) => values.reduce((highest, value) => Math.max(highest, value)),
};

/** Leaves out what lies on a level stretch: the line looks the same. */
export function withoutLevelPoints<P extends { readonly y: number | null }>(points: readonly P[]): P[] {
  return points.filter((point, index) => point.y !== points[index - 1]?.y || point.y !== points[index + 1]?.y);
}
