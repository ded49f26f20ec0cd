import type { RunResult } from '../../scenarios/index.js';
import type { VariantOverTime } from './comparison.js';

/** Series that comparisons lay one upon the other. */
const SERIES: ReadonlySet<string> = new Set(['throughput', 'backlog', 'inFlight', 'endToEndP50', 'endToEndP99']);

/** How a run went, as far as comparisons show it. */
export function overTimeOf({ seed, schedule, series, run: { virtualMicros, drainBeganMicros } }: RunResult): VariantOverTime {
  const { stepMicros, atMicros, values } = series;
  return { seed, schedule, run: { virtualMicros, drainBeganMicros }, series: { stepMicros, atMicros, values: Object.fromEntries(Object.entries(values).filter(([name]) => SERIES.has(name))) } };
}

/** Runs without what no comparison reads: only the first is shown over time, and nobody tells a story of them. */
export const forComparison = (results: readonly RunResult[]): RunResult[] =>
  results.map(({ digest: _digest, history: _history, ...result }, index) => ({ ...result, story: [], series: index === 0 ? overTimeOf(result).series : { stepMicros: result.series.stepMicros, atMicros: [], values: {} } }));
