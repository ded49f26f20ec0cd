import type { SweepResult } from '../run-result.js';

/** A setting that a sweep holds at one value. */
export interface HeldSetting {
  readonly path: string;
  readonly value: string;
}

/** The settings that are the same at all points. */
export const heldSettings = ({ axes }: SweepResult): HeldSetting[] =>
  axes.flatMap(({ path, values }) => (values.length === 1 ? [{ path, value: values[0]! }] : []));

/** The sweep without the axes that have one value only: they tell no point from another. Where none has more, one stays. */
export function variedOnly(sweep: SweepResult): SweepResult {
  const varied = sweep.axes.flatMap(({ values }, index) => (values.length > 1 ? [index] : []));
  const kept = varied.length === 0 ? [0] : varied;
  return { ...sweep, axes: kept.map((index) => sweep.axes[index]!), points: sweep.points.map((point) => ({ ...point, at: kept.map((index) => point.at[index]!) })) };
}
