import type { RunResult } from '../run-result.js';
import { formatDuration, formatShare } from '../words/numbers.js';
import { type StageShare, stageShares } from '../words/stages.js';
import { barChart } from './bars.js';
import { type Chart, emptyTable } from './chart.js';

const ALL = 'all messages';

/** Where the end-to-end latency goes: of all messages, and of the slowest. */
export function timeBreakdownChart(result: RunResult): Chart {
  const shares = stageShares(result);
  const chart = { id: 'time-breakdown', title: 'Where the time goes', isOverTime: false };
  if (shares.length === 0) {
    return { ...chart, description: 'No message was handled.', drawing: { nothing: 'No message was handled, or this result does not say where its time went.' }, table: emptyTable };
  }
  const { count, slowestCount } = result.measures.breakdown!;
  const slowest = `the slowest ${formatShare(slowestCount, count)}`;
  const bars = shares.flatMap(({ label, meanMicros, share, slowestMeanMicros, slowestShare }) => [
    { label, series: ALL, value: percent(share), text: words(meanMicros, share) },
    { label, series: slowest, value: percent(slowestShare), text: words(slowestMeanMicros, slowestShare) },
  ]);
  return {
    ...chart,
    description: describe(shares),
    drawing: barChart({ bars, title: 'share of the end-to-end latency (%)', names: 'stage', format: 'd', ticks: [0, 25, 50, 75, 100] }),
    table: {
      columns: [
        { label: 'stage', unit: 'text' }, { label: `${ALL}: mean`, unit: 'micros' }, { label: `${ALL}: share`, unit: 'share' },
        { label: `${slowest}: mean`, unit: 'micros' }, { label: `${slowest}: share`, unit: 'share' },
      ],
      rows: shares.map(({ label, meanMicros, share, slowestMeanMicros, slowestShare }) => [label, meanMicros, share, slowestMeanMicros, slowestShare]),
    },
  };
}

const percent = (share: number): number => Number((share * 100).toPrecision(4));
const words = (micros: number, share: number): string => (micros === 0 ? '0' : `${formatDuration(micros)} (${formatShare(share, 1)})`);

function describe(shares: readonly StageShare[]): string {
  const most = [...shares].sort((left, right) => right.share - left.share)[0]!;
  const slowest = [...shares].sort((left, right) => right.slowestShare - left.slowestShare)[0]!;
  return `Mean time in each stage of a message's way. Most goes to ${most.label}: ${words(most.meanMicros, most.share)}; of the slowest messages to ${slowest.label}: ${words(slowest.slowestMeanMicros, slowest.slowestShare)}.`;
}
