import { decodeCounts } from './hdr-decoding.js';
import { LatencyHistogram } from './latency-histogram.js';
import { latencyResult } from './latency-result.js';
import type { LatencyResult } from './result.js';

/**
 * The distribution of several runs taken together, exactly: as if one run had measured all of it.
 *
 * @throws HistogramError when one of them was changed
 */
export function mergeLatencies(latencies: readonly LatencyResult[]): LatencyResult {
  const merged = new LatencyHistogram();
  for (const { histogram, minMicros, maxMicros, meanMicros, count } of latencies) {
    // A mean is the quotient of two integers, so that its product with the one is the other, rounded.
    if (count > 0) merged.merge({ counts: decodeCounts(histogram), minMicros, maxMicros, sumMicros: Math.round(meanMicros * count) });
  }
  return latencyResult(merged);
}
