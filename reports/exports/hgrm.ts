import type { RunResult } from '../run-result.js';

const MILLI = 1_000;

/** A latency of a run as HdrHistogram's percentile text (`.hgrm`), in milliseconds, as its plotters read it; null without one. */
export function hgrmOf({ measures }: RunResult, name: string): string | null {
  const latency = measures.latencies[name];
  if (latency === undefined || latency.count === 0) return null;
  const rows = latency.quantiles.map(({ quantile, micros }) => {
    const ratio = quantile < 1 ? (1 / (1 - quantile)).toFixed(2) : 'inf';
    return [(micros / MILLI).toFixed(3).padStart(12), quantile.toFixed(12).padStart(14), String(Math.round(quantile * latency.count)).padStart(10), ratio.padStart(14)].join(' ');
  });
  return [
    `${'Value'.padStart(12)} ${'Percentile'.padStart(14)} ${'TotalCount'.padStart(10)} 1/(1-Percentile)`, '', ...rows,
    `#[Mean    = ${(latency.meanMicros / MILLI).toFixed(3).padStart(12)}]`,
    `#[Max     = ${(latency.maxMicros / MILLI).toFixed(3).padStart(12)}, Total count    = ${String(latency.count).padStart(12)}]`, '',
  ].join('\n');
}
