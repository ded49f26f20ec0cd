import type { LatencyRecorder } from '../latency-recorder.js';
import type { Estimate } from './interval.js';
import { type Settled, type SettledDurations, steadyDurations, steadyMean, type Unsettled } from './steady-state.js';
import type { ConfidenceLevel } from './student-t.js';

/** How far the figures of a run may be trusted as those of a system that has settled. */
export interface SteadyStateResult {
  /** The share of intervals made this way that hold the true value. */
  readonly level: number;
  /** How the warm-up was found and the intervals were made. */
  readonly method: string;
  /** By measure; one of which nothing was seen is left out. */
  readonly measures: Readonly<Record<string, SteadyMeasure>>;
}

/** One measure, in its own unit. */
export interface SteadyMeasure {
  /** `too-few`: the run was too short; `never-settled`: it was still changing when half of it was over. Then there are no intervals. */
  readonly state: 'settled' | Unsettled;
  /** Virtual time that is left out at the beginning. */
  readonly warmUpMicros: number;
  /** Durations, or steps of the series, that the intervals rest on. */
  readonly observations: number;
  readonly groups: number;
  /** Neighbouring groups were alike, and the intervals were made wider for it. */
  readonly isCorrelated: boolean;
  readonly mean: Estimate | null;
  /** Of durations: `p50` and so on; null for one beyond which there was too little. */
  readonly quantiles: Readonly<Record<string, Estimate | null>>;
}

export const STEADY_STATE_METHOD = 'warm-up by MSER, means by batch means (N-Skart), quantiles by Woodruff';

export interface SteadyStateInput {
  readonly level: ConfidenceLevel;
  readonly latencies: Readonly<Record<string, LatencyRecorder>>;
  readonly stepMicros: number;
  /** Rates and levels by step, while there was load. */
  readonly series: Readonly<Record<string, readonly number[]>>;
}

export function steadyStateResult({ level, latencies, stepMicros, series }: SteadyStateInput): SteadyStateResult {
  const measures: Record<string, SteadyMeasure> = {};
  for (const [name, { batches, histogram }] of Object.entries(latencies)) {
    if (histogram.count > 0) measures[name] = ofDurations(steadyDurations(batches, histogram, level));
  }
  for (const [name, values] of Object.entries(series)) {
    if (values.some((value) => value > 0)) measures[name] = ofSeries(steadyMean(Float64Array.from(values), level), values.length, stepMicros);
  }
  return { level, method: STEADY_STATE_METHOD, measures };
}

const unsettled = (state: Unsettled): SteadyMeasure =>
  ({ state, warmUpMicros: 0, observations: 0, groups: 0, isCorrelated: false, mean: null, quantiles: {} });

function ofDurations(found: SettledDurations | Unsettled): SteadyMeasure {
  if (typeof found === 'string') return unsettled(found);
  const { warmUpMicros, observations, groups, isCorrelated, mean, quantiles } = found;
  return { state: 'settled', warmUpMicros, observations, groups, isCorrelated, mean: notBelow0(mean), quantiles };
}

function ofSeries(found: Settled | Unsettled, steps: number, stepMicros: number): SteadyMeasure {
  if (typeof found === 'string') return unsettled(found);
  const { warmUp, groups, isCorrelated, mean } = found;
  return { state: 'settled', warmUpMicros: warmUp * stepMicros, observations: steps - warmUp, groups, isCorrelated, mean: notBelow0(mean), quantiles: {} };
}

/** Nothing that is measured is below 0. */
const notBelow0 = ({ value, low, high }: Estimate): Estimate => ({ value, low: Math.max(0, low), high });
