import { type Estimate, estimateOf, meanEstimate, mergeLatencies, type LatencyResult, USUAL_CONFIDENCE } from '../../measures/index.js';
import type { RunResult } from '../../scenarios/index.js';
import { type StudyFigure, valueOf } from './study-figure.js';

/** One of the things that are compared: its runs, one a seed, in order. */
export interface Variant {
  readonly name: string;
  readonly results: readonly RunResult[];
}

/** A figure of each run; null where one run did not measure it. */
export function valuesOf({ results }: Variant, figure: StudyFigure): number[] | null {
  const values = results.map(({ measures }) => valueOf(measures, figure));
  return values.every((value) => value !== null) ? values : null;
}

/**
 * The mean of a figure over the runs with its interval: over the seeds where there are several, within the run where there is one and
 * it has settled. Null where nothing was measured; an interval without ends where nothing bounds it.
 */
export function estimateIn(variant: Variant, figure: StudyFigure): Estimate | null {
  const values = valuesOf(variant, figure);
  const [first] = variant.results;
  if (values === null || first === undefined) return null;
  if (values.length > 1) return meanEstimate(values, USUAL_CONFIDENCE);
  const steady = first.measures.steadyState?.measures[figure.measure];
  const estimate = steady === undefined ? null : estimateOf(steady, figure.aggregate);
  return estimate ?? { value: values[0]!, low: -Infinity, high: Infinity };
}

/** The distributions of all runs taken together. */
export function pooledLatencies({ results }: Variant): Record<string, LatencyResult> {
  const names = Object.keys(results[0]?.measures.latencies ?? {});
  return Object.fromEntries(names.map((name) => [name, mergeLatencies(results.flatMap(({ measures }) => measures.latencies[name] ?? []))]));
}
