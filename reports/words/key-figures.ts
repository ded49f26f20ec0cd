import { meanUnderLoad } from '../../measures/index.js';
import type { LatencyResult, RunResult } from '../run-result.js';
import { refusalFigures } from './refusals.js';
import { formatCount, formatDuration, formatRate, formatShare } from './numbers.js';

/** A figure with what it means. */
export interface KeyFigure {
  readonly label: string;
  readonly value: string;
  /** A few words beside it. */
  readonly note: string;
}

/** The five figures that matter most, what was lost, and what went another way than to a consumer; the last two as far as anything did. */
export function keyFigures(result: RunResult): KeyFigure[] {
  const { measures } = result;
  const count = (name: string): number => measures.counts[name] ?? 0;
  const endToEnd = measures.latencies['endToEnd'];
  return [
    {
      label: 'Messages acknowledged',
      value: formatCount(measures.counts['acknowledged-messages'] ?? count('acknowledged')),
      note: `${acceptedNote(count)}${copiesNote(measures.counts)}`,
    },
    throughputFigure(result),
    { label: 'End-to-end latency, p99', value: percentile(endToEnd, 'p99Micros'), note: endToEndNote(result) },
    {
      label: 'Redelivered',
      value: formatCount(count('redelivered')),
      note: count('leased') === 0 ? 'nothing was leased' : `leases of copies leased before, ${formatShare(count('redelivered'), count('leased'))} of all`,
    },
    ...lostFigure(result),
    { label: 'Dead-lettered', value: formatCount(count('dead-lettered')), note: deadLetterNote(count) },
    ...lossFigures(count),
    ...refusalFigures(result),
  ];
}

type Count = (name: string) => number;

/** Messages, and not the copies that brokers stored: a dead letter is another copy, and so is what a retry stored again. */
function acceptedNote(count: Count): string {
  const accepted = `${formatCount(count('send-ok'))} accepted`;
  return count('send-unknown') === 0 ? accepted : `${accepted}, ${formatCount(count('send-unknown'))} of unknown outcome`;
}

/** Where an exchange routes a message to several queues, or a retry stores it again, more copies than messages are acknowledged. */
function copiesNote({ acknowledged = 0, 'acknowledged-messages': messages = acknowledged }: RunResult['measures']['counts']): string {
  return messages === acknowledged ? '' : `; ${formatCount(acknowledged)} copies of them acknowledged`;
}

/** Sends whose outcome is unknown may be stored, and become dead letters: without confirms they are all that there are. */
function deadLetterNote(count: Count): string {
  const messages = count('send-ok') + count('send-unknown');
  if (messages === 0) return 'nothing was accepted';
  // Copies are counted that moved, and one message may move from queue to queue.
  if (count('dead-lettered') > messages) return `of ${formatCount(messages)} messages, some more than once`;
  return `${formatShare(count('dead-lettered'), messages)} of messages`;
}

/** What the judge misses, whether or not the contract of the run excuses it. */
function lostFigure({ verdicts }: RunResult): KeyFigure[] {
  const loss = verdicts.find(({ invariant }) => invariant === 'acked-send-not-lost');
  if (loss === undefined || loss.count === 0) return [];
  return [{ label: 'Lost', value: formatCount(loss.count), note: `accepted, and gone${loss.verdict === 'anomaly' ? '; the contract allows it' : ''}` }];
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
function lossFigures(count: Count): KeyFigure[] {
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
function byReason(count: Count, reasons: readonly (readonly [string, string])[]): string {
  const known = reasons.filter(([name]) => count(name) > 0).sort(([left], [right]) => count(right) - count(left));
  return known.map(([name, words]) => (known.length === 1 ? words : `${formatCount(count(name))} ${words}`)).join(', ');
}

function endToEndNote({ measures: { counts, latencies } }: RunResult): string {
  const endToEnd = latencies['endToEnd'];
  if (endToEnd !== undefined && endToEnd.count > 0) return `half within ${percentile(endToEnd, 'p50Micros')}`;
  return (counts['handled'] ?? 0) === 0 ? 'nothing was handled' : 'not known of what was handled';
}

/** The measure that thresholds are held against, beside the mean while messages came: that one is not less for a message that comes late, after a fault. */
function throughputFigure({ measures, series, run: { drainBeganMicros } }: RunResult): KeyFigure {
  // A single message makes no rate of what was offered.
  const offered = measures.rates['offered'] ?? 0;
  const underLoad = meanUnderLoad(series, 'throughput', drainBeganMicros);
  const what = copiesNote(measures.counts) === '' ? '' : 'of copies; ';
  const beside = `${what}${underLoad === null ? 'until the last' : `${formatRate(underLoad)} while messages came`}`;
  return {
    label: 'Throughput', value: formatRate(measures.rates['throughput'] ?? 0),
    note: offered === 0 ? beside : `${beside}; ${formatRate(offered)} offered`,
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
  redeliveryDelay: 'redelivery delay',
};

/** A latency as people call it; one that is not known here keeps its name. */
export const latencyName = (name: string): string => latencyNames[name] ?? name;

/** Counts other than zero, in the order of the result. */
export function countRows({ measures }: RunResult): { readonly name: string; readonly value: string }[] {
  return Object.entries(measures.counts)
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => ({ name: name.replaceAll('-', ' '), value: formatCount(value) }));
}
