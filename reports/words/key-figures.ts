import { meanUnderLoad } from '../../measures/index.js';
import type { LatencyResult, RunResult } from '../run-result.js';
import { formatCount, formatDuration, formatRate, formatShare } from './numbers.js';

/** A figure with what it means. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  /** A few words beside it. */
  readonly note: string;
}

/** The five figures that matter most, and behind them what went another way than to a consumer, as far as anything did. */
export function keyFigures(result: RunResult): KeyFigure[] {
  const { measures } = result;
  const count = (name: string): number => measures.counts[name] ?? 0;
  const endToEnd = measures.latencies['endToEnd'];
  return [
    {
      label: 'Messages acknowledged',
      value: formatCount(count('acknowledged')),
      note: `${formatCount(count('accepted'))} accepted`,
    },
    throughputFigure(result),
    { label: 'End-to-end latency, p99', value: percentile(endToEnd, 'p99Micros'), note: endToEndNote(result) },
    {
      label: 'Redelivered',
      value: formatCount(count('redelivered')),
      note: count('leased') === 0 ? 'nothing was delivered' : `${formatShare(count('redelivered'), count('leased'))} of deliveries`,
    },
    {
      label: 'Dead-lettered',
      value: formatCount(count('dead-lettered')),
      note: count('accepted') === 0 ? 'nothing was accepted' : `${formatShare(count('dead-lettered'), count('accepted'))} of messages`,
    },
    ...lossFigures(count),
  ];
}

const DROPS: readonly (readonly [string, string])[] = [
  ['dropped-length', 'over the length of their queue'], ['dropped-expired', 'time to live over'], ['dropped-delivery-limit', 'over the delivery limit'],
  ['dropped-rejected', 'rejected by a consumer'], ['dropped-retention', 'retention over'], ['dropped-purge', 'purged'], ['dropped-queue-deleted', 'deleted with their queue'],
  ['dropped-restart', 'not to outlive a restart'], ['dropped-corrupt', 'corrupt'],
];
const REFUSALS: readonly (readonly [string, string])[] = [
  ['send-rejected', 'refused by the broker'], ['send-throttled', 'broker overloaded'], ['buffer-refused', 'buffer of the producer full'], ['breaker-refused', 'circuit breaker open'],
];

/** What no promise is broken by, and yet somebody may miss. */
function lossFigures(count: (name: string) => number): KeyFigure[] {
  const returned = count('returned');
  const figures: readonly (readonly [string, number, string])[] = [
    ['Dropped', count('dropped'), byReason(count, DROPS)],
    ['Unroutable', count('unroutable'), returned === 0 ? 'stored nowhere, and nobody was told' : `stored nowhere; ${formatCount(returned)} returned to their producer`],
    ['Refused', REFUSALS.reduce((sum, [name]) => sum + count(name), 0), byReason(count, REFUSALS)],
    ['Connections blocked', count('connections-blocked'), 'by a resource alarm'],
  ];
  return figures.filter(([, often]) => often > 0).map(([label, often, note]) => ({ label, value: formatCount(often), note }));
}

/** How often for each reason, the most frequent first; without the number where there is one reason. */
function byReason(count: (name: string) => number, reasons: readonly (readonly [string, string])[]): string {
  const known = reasons.filter(([name]) => count(name) > 0).sort(([left], [right]) => count(right) - count(left));
  return known.map(([name, words]) => (known.length === 1 ? words : `${formatCount(count(name))} ${words}`)).join(', ');
}

function endToEndNote({ measures: { counts, latencies } }: RunResult): string {
  const endToEnd = latencies['endToEnd'];
  if (endToEnd !== undefined && endToEnd.count > 0) return `half within ${percentile(endToEnd, 'p50Micros')}`;
  return (counts['handled'] ?? 0) === 0 ? 'nothing was handled' : 'not known of what was handled';
}

/** What was acknowledged while messages came, beside what was offered in that time: a message that comes late, after a fault, makes neither of them less. */
function throughputFigure({ measures, series, run: { drainBeganMicros } }: RunResult): KeyFigure {
  // A single message makes no rate of what was offered.
  const offered = measures.rates['offered'] ?? 0;
  const underLoad = meanUnderLoad(series, 'throughput', drainBeganMicros);
  const window = underLoad === null ? 'until the last' : 'while messages came';
  return {
    label: 'Throughput', value: formatRate(underLoad ?? measures.rates['throughput'] ?? 0),
    note: offered === 0 ? window : `${window}; ${formatRate(offered)} offered`,
  };
}

function percentile(latency: LatencyResult | undefined, field: 'p50Micros' | 'p99Micros'): string {
  return latency === undefined || latency.count === 0 ? '-' : formatDuration(latency[field]);
}

/** One line of the table of latencies. */
export interface LatencyRow {
  readonly name: string;
  readonly count: string;
  readonly p50: string;
  readonly p90: string;
  readonly p99: string;
  readonly p999: string;
  readonly max: string;
}

/** Latencies of which something was measured, in the order of the result. */
export function latencyRows({ measures }: RunResult): LatencyRow[] {
  return Object.entries(measures.latencies)
    .filter(([, latency]) => latency.count > 0)
    .map(([name, latency]) => ({
      name: latencyName(name),
      count: formatCount(latency.count),
      p50: formatDuration(latency.p50Micros),
      p90: formatDuration(latency.p90Micros),
      p99: formatDuration(latency.p99Micros),
      p999: formatDuration(latency.p999Micros),
      max: formatDuration(latency.maxMicros),
    }));
}

const latencyNames: Readonly<Record<string, string>> = {
  send: 'send, response',
  sendService: 'send, service',
  queueWait: 'wait in queue',
  delivery: 'delivery',
  handling: 'handling',
  endToEnd: 'end to end',
  redeliveryDelay: 'lease end to redelivery',
};

/** A latency as people call it; one that is not known here keeps its name. */
export const latencyName = (name: string): string => latencyNames[name] ?? name;

/** Counts other than zero, in the order of the result. */
export function countRows({ measures }: RunResult): { readonly name: string; readonly value: string }[] {
  return Object.entries(measures.counts)
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => ({ name: name.replaceAll('-', ' '), value: formatCount(value) }));
}
