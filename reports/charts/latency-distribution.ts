import type { LatencyResult, RunResult } from '../run-result.js';
import { latencyName } from '../words/key-figures.js';
import { formatDuration } from '../words/numbers.js';
import { type Chart, emptyTable, type Line, PLOT_HEIGHT, PLOT_WIDTH, type Table } from './chart.js';
import { chartConfig } from './config.js';
import { durationEncoding } from './duration-axis.js';
import { lineLayers } from './line-layers.js';

const shownLatencies = ['endToEnd', 'send', 'sendService', 'handling', 'redeliveryDelay'] as const;

/** Nines that the axis shows at least. */
const MIN_NINES = 2;

/** How long it took for which share of messages, on an axis that gives every further nine the same room. */
export function latencyDistributionChart(result: RunResult): Chart {
  const lines = shownLatencies.flatMap((name) => {
    const latency = result.measures.latencies[name];
    const points = latency === undefined ? [] : pointsOf(latency);
    return points.length === 0 ? [] : [{ label: latencyName(name), points }];
  });
  const endToEnd = result.measures.latencies['endToEnd'];
  return {
    id: 'latency-distribution',
    title: 'Latency distribution',
    isOverTime: false,
    description: endToEnd === undefined || endToEnd.count === 0
      ? 'Latency by percentile, on logarithmic axes.'
      : `Latency by percentile, on logarithmic axes. End to end, half took at most ${formatDuration(endToEnd.p50Micros)}, 99 % at most ${formatDuration(endToEnd.p99Micros)}, the longest ${formatDuration(endToEnd.maxMicros)}.`,
    drawing: lines.length === 0 ? { nothing: 'Nothing was measured, so there is no distribution to show.' } : distribution(lines),
    table: lines.length === 0 ? emptyTable : tableOf(result),
  };
}

function tableOf({ measures }: RunResult): Table {
  const shown = shownLatencies.filter((name) => (measures.latencies[name]?.count ?? 0) > 0);
  return {
    columns: [{ label: 'latency', unit: 'text' }, { label: 'share of messages at or below', unit: 'share' }, { label: 'took at most', unit: 'micros' }],
    rows: shown.flatMap((name) => measures.latencies[name]!.quantiles.map(({ quantile, micros }) => [latencyName(name), quantile, micros])),
  };
}

/** The place of a fraction on the nines axis: 0 at 0 %, 1 at 90 %, 2 at 99 %. */
const nines = (quantile: number): number => Math.log10(1 / (1 - quantile));

/** The last point, the maximum, lies beyond all nines; it is put where one in all of them is. What took no time has no place on a logarithmic axis. */
export function pointsOf(latency: LatencyResult): Line['points'] {
  const last = Math.log10(Math.max(latency.count, 2));
  return latency.quantiles
    .filter(({ micros }) => micros > 0)
    .map(({ quantile, micros }) => ({ x: Math.min(quantile < 1 ? nines(quantile) : last, last), y: micros }))
    .map(({ x, y }) => ({ x: Number(x.toFixed(4)), y }));
}

export function distribution(lines: readonly Line[]): Extract<Chart['drawing'], { layer: unknown }> {
  const values = lines.flatMap(({ points }) => points.map((point) => point.y as number));
  const end = Math.max(MIN_NINES, ...lines.flatMap(({ points }) => points.map((point) => point.x)));
  const marks = Array.from({ length: Math.floor(end) + 1 }, (_, index) => index);
  const labels = Object.fromEntries(marks.map((mark) => [String(mark), percentLabel(mark)]));
  const x = {
    title: 'percentile of messages (%, each further nine takes the same room)',
    scale: { domain: [0, end], nice: false },
    axis: { values: marks, labelExpr: `${JSON.stringify(labels)}[datum.value]`, grid: true, labelOverlap: true },
  };
  const y = durationEncoding('latency', values);
  return { width: PLOT_WIDTH, height: PLOT_HEIGHT, layer: lineLayers(lines, { x, y }), config: chartConfig };
}

/** 0%, 90%, 99%, 99.9% and so on. */
function percentLabel(mark: number): string {
  if (mark === 0) return '0%';
  if (mark <= 2) return `${'9'.repeat(mark)}${mark === 1 ? '0' : ''}%`;
  return `99.${'9'.repeat(mark - 2)}%`;
}
