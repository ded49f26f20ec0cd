import { encodeHistogram } from './hdr-encoding.js';
import type { LatencyHistogram } from './latency-histogram.js';
import type { LatencyFigures, LatencyResult } from './result.js';

/** Halvings of the remaining fraction that the nines axis goes through; at 2^-40 no run has anything left. */
const MAX_HALVINGS = 40;
/** Points per halving, as HdrHistogram's percentile report has them. */
const TICKS = 5;

export function latencyResult(histogram: LatencyHistogram): LatencyResult {
  return { ...latencyFigures(histogram), quantiles: quantilePoints(histogram), histogram: encodeHistogram(histogram) };
}

/** The same without the curve, which costs much more than the rest. */
export function latencyFigures(histogram: LatencyHistogram): LatencyFigures {
  return {
    count: histogram.count,
    minMicros: histogram.minMicros,
    meanMicros: histogram.meanMicros,
    maxMicros: histogram.maxMicros,
    p50Micros: histogram.quantile(50, 100),
    p90Micros: histogram.quantile(90, 100),
    p95Micros: histogram.quantile(95, 100),
    p99Micros: histogram.quantile(99, 100),
    p999Micros: histogram.quantile(999, 1000),
  };
}

/**
 * Points that lie evenly on the nines axis: five per halving of the fraction that is above, until nothing is above. The
 * last is (1, maximum). Fractions below the median are dense enough that way, because nothing interesting is there.
 */
function quantilePoints(histogram: LatencyHistogram): LatencyResult['quantiles'] {
  const { count } = histogram;
  if (count === 0) return [];
  const points: { quantile: number; micros: number }[] = [];
  const ranks = quantileRanks(count);
  let next = 0;
  histogram.forEachBucket((micros, cumulative) => {
    for (; next < ranks.length && ranks[next]!.rank <= cumulative; next++) points.push({ quantile: ranks[next]!.quantile, micros });
  });
  points.push({ quantile: 1, micros: histogram.maxMicros });
  return points;
}

function quantileRanks(count: number): { readonly quantile: number; readonly rank: number }[] {
  const ranks: { quantile: number; rank: number }[] = [];
  let halvings = 1;
  for (let level = 0; level < MAX_HALVINGS; level++, halvings *= 2) {
    for (let tick = 0; tick < TICKS; tick++) {
      // What is above the point: between 1 and 1/2 of 1/halvings of all. Whole numbers, so the rank is exact.
      const above = Math.floor((count * (2 * TICKS - tick)) / (2 * TICKS * halvings));
      if (above === 0) return ranks;
      ranks.push({ quantile: 1 - (2 * TICKS - tick) / (2 * TICKS * halvings), rank: Math.max(1, count - above) });
    }
  }
  return ranks;
}
