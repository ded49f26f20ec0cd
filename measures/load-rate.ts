import type { SeriesResult } from './result.js';

/**
 * Mean of a rate over the steps that were over when the drain began: what came late, after a fault or a lease, neither counts nor stretches the
 * time. Null when the load was over within a step, or the series was not kept.
 */
export function meanUnderLoad({ atMicros, stepMicros, values }: SeriesResult, name: string, drainBeganMicros: number): number | null {
  const steps = Math.min(atMicros.length, Math.floor(drainBeganMicros / stepMicros));
  const series = values[name]?.slice(0, steps) ?? [];
  return series.length === 0 ? null : series.reduce((sum, rate) => sum + rate, 0) / series.length;
}
