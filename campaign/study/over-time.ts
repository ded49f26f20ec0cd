import type { RunResult } from '../../scenarios/index.js';
import type { SeriesBand, VariantOverTime } from './comparison.js';

/** Series that comparisons lay one upon the other, and how steps of one are put together. Of latencies 0 means that nothing was measured. */
const SERIES: Readonly<Record<string, 'level' | 'latency' | 'highest'>> = { throughput: 'level', backlog: 'level', inFlight: 'level', endToEndP50: 'latency', endToEndP99: 'highest' };

/** How the runs of a variant went: the mean over them at each instant, and the least and the most. */
export function overTimeOf(results: readonly RunResult[]): VariantOverTime {
  const [first] = results as [RunResult, ...RunResult[]];
  // A baseline of an older version has but one run over time.
  const runs = results.filter(({ series }) => series.atMicros.length > 0);
  const stepMicros = runs.reduce((longest, { series }) => Math.max(longest, series.stepMicros), first.series.stepMicros);
  const latest = (of: (result: RunResult) => number): number => results.reduce((high, result) => Math.max(high, of(result)), 0);
  const pooled = Object.keys(SERIES).flatMap((name) => {
    const band = bandOf(runs.flatMap(({ series }) => (series.values[name] === undefined ? [] : [coarsened(series.values[name], stepMicros / series.stepMicros, name)])), name);
    return band === null ? [] : [[name, band] as const];
  });
  const steps = pooled.reduce((most, [, { mean }]) => Math.max(most, mean.length), 0);
  return {
    seed: first.seed, seeds: runs.map(({ seed }) => seed), schedule: first.schedule,
    run: { virtualMicros: latest(({ run }) => run.virtualMicros), drainBeganMicros: latest(({ run }) => run.drainBeganMicros) },
    series: { stepMicros, atMicros: Array.from({ length: steps }, (_, step) => step * stepMicros), values: Object.fromEntries(pooled.map(([name, { mean }]) => [name, mean])) },
    ...(runs.length < 2 ? {} : { bands: Object.fromEntries(pooled.map(([name, { low, high }]) => [name, { low, high }])) }),
  };
}

/** So many steps become one: all runs double theirs from the same first one. */
function coarsened(values: readonly number[], width: number, name: string): number[] {
  if (width === 1) return [...values];
  return Array.from({ length: Math.ceil(values.length / width) }, (_, step) => {
    const part = present(values.slice(step * width, (step + 1) * width), name);
    return SERIES[name] === 'highest' ? part.reduce((high, value) => Math.max(high, value), 0) : meanOf(part);
  });
}

/** Over the runs, step by step; a run that was over by then is left out. Null where none has the series. */
function bandOf(runs: readonly (readonly number[])[], name: string): (SeriesBand & { readonly mean: readonly number[] }) | null {
  if (runs.length === 0) return null;
  const length = runs.reduce((most, values) => Math.max(most, values.length), 0);
  const steps = Array.from({ length }, (_, step) => present(runs.flatMap((values) => values[step] ?? []), name));
  return {
    mean: steps.map(meanOf),
    low: steps.map((values) => values.reduce((low, value) => Math.min(low, value), values[0] ?? 0)),
    high: steps.map((values) => values.reduce((high, value) => Math.max(high, value), 0)),
  };
}

const present = (values: readonly number[], name: string): readonly number[] => (SERIES[name] === 'level' ? values : values.filter((value) => value > 0));
const meanOf = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);

/** Runs without what no comparison reads: nobody tells a story of them, and few of their series are shown. */
export const forComparison = (results: readonly RunResult[]): RunResult[] =>
  results.map(({ digest: _digest, history: _history, series: { stepMicros, atMicros, values }, ...result }) => ({
    ...result, story: [], series: { stepMicros, atMicros, values: Object.fromEntries(Object.entries(values).filter(([name]) => SERIES[name] !== undefined)) },
  }));
