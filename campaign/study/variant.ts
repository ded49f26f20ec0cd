import { type Estimate, estimateOf, meanEstimate, mergeLatencies, type LatencyResult, USUAL_CONFIDENCE } from '../../measures/index.js';
import type { RunResult } from '../../scenarios/index.js';
import { type StudyFigure, valueOf } from './study-figure.js';

/** One of the things that are compared: its runs, one a seed, in order. */
export interface Variant {
  readonly name: string;
  readonly results: readonly RunResult[];
}

/** A figure of each run as a whole; null where one run did not measure it. */
export function valuesOf({ results }: Variant, figure: StudyFigure): number[] | null {
  const values = results.map(({ measures }) => valueOf(measures, figure));
  return values.every((value) => value !== null) ? values : null;
}

/**
 * What a figure speaks of.
 *
 * | basis          | figure                                                          | interval            |
 * | -------------- | --------------------------------------------------------------- | ------------------- |
 * | `whole-run`    | everything from the first message to the last, warm-up included | over several seeds  |
 * | `steady-state` | the system after its warm-up                                    | within the run, too |
 */
export type Basis = 'whole-run' | 'steady-state';

/**
 * What all of some variants can be held against each other by. Several seeds each: whole runs, whose spread bounds them. Where there is a
 * single run, only the settled system has an interval; where one of the runs has not settled, all are taken whole.
 */
export function basisOf(variants: readonly Variant[], figure: StudyFigure): Basis {
  const isSingle = variants.some(({ results }) => results.length === 1);
  return isSingle && variants.every((variant) => steadyEstimates(variant, figure) !== null) ? 'steady-state' : 'whole-run';
}

/**
 * The mean of a figure over the runs with its interval. Null where nothing was measured; an interval without ends where nothing bounds it.
 */
export function estimateIn(variant: Variant, figure: StudyFigure, basis: Basis): Estimate | null {
  if (basis === 'whole-run') {
    const values = valuesOf(variant, figure);
    return values === null ? null : notBelow0(meanEstimate(values, USUAL_CONFIDENCE));
  }
  const estimates = steadyEstimates(variant, figure);
  if (estimates === null) return null;
  return estimates.length === 1 ? estimates[0]! : notBelow0(meanEstimate(estimates.map(({ value }) => value), USUAL_CONFIDENCE));
}

/** Nothing that is measured is below 0; where nothing bounds it, that does not either. */
const notBelow0 = ({ value, low, high }: Estimate): Estimate => ({ value, low: low === -Infinity ? low : Math.max(0, low), high });

/** The figure of the settled system in each run; null where one has none. */
function steadyEstimates({ results }: Variant, { measure, aggregate }: StudyFigure): Estimate[] | null {
  const estimates = results.map(({ measures: { steadyState } }) => {
    const steady = steadyState?.measures[measure];
    return steady === undefined ? null : estimateOf(steady, aggregate);
  });
  return estimates.every((estimate) => estimate !== null) ? estimates : null;
}

/** The distributions of all runs taken together. */
export function pooledLatencies({ results }: Variant): Record<string, LatencyResult> {
  const names = Object.keys(results[0]?.measures.latencies ?? {});
  return Object.fromEntries(names.map((name) => [name, mergeLatencies(results.flatMap(({ measures }) => measures.latencies[name] ?? []))]));
}
