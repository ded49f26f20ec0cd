import type { Comparison } from '../run-result.js';
import { formatDuration } from '../words/numbers.js';
import { type Chart, emptyTable } from './chart.js';
import { distribution, pointsOf } from './latency-distribution.js';
import { MAX_LINES } from './palette.js';

/** How long end to end took for which share of messages, one line a variant, all of its seeds together. */
export function compareLatencyChart({ variants }: Comparison): Chart {
  const shown = variants.slice(0, MAX_LINES);
  const lines = shown.flatMap(({ name, latencies: { endToEnd } }) => {
    const points = endToEnd === undefined ? [] : pointsOf(endToEnd);
    return points.length === 0 ? [] : [{ label: name, points }];
  });
  const words = shown.flatMap(({ name, latencies: { endToEnd } }) => (endToEnd === undefined || endToEnd.count === 0 ? [] : [`${name}: p50 ${formatDuration(endToEnd.p50Micros)}, p99 ${formatDuration(endToEnd.p99Micros)}`]));
  return {
    id: 'compare-latency',
    title: 'End-to-end latency, by variant',
    isOverTime: false,
    description: `Latency by percentile, on logarithmic axes. ${words.join('; ')}.`,
    drawing: lines.length === 0 ? { nothing: 'Nothing was handled, so there is no distribution to show.' } : distribution(lines),
    table: lines.length === 0 ? emptyTable : {
      columns: [{ label: 'variant', unit: 'text' }, { label: 'share of messages at or below', unit: 'share' }, { label: 'took at most', unit: 'micros' }],
      rows: shown.flatMap(({ name, latencies }) => (latencies['endToEnd']?.quantiles ?? []).map(({ quantile, micros }) => [name, quantile, micros])),
    },
  };
}
