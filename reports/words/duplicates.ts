import type { DuplicateResult, RunResult } from '../run-result.js';
import { counted, formatCount } from './numbers.js';

/** Why a message came again, and why several did, to stand after `because`. A cause of a later version keeps its name. */
const causes: Readonly<Record<string, readonly [one: string, several: string]>> = {
  'retry': ["its producer's retry was stored too", "their producer's retry was stored too"],
  'routed': ['an exchange had routed it to several queues', 'an exchange had routed them to several queues'],
  'redriven': ['a redrive made it anew', 'a redrive made them anew'],
  'dead-lettered': ['it was dead-lettered and received there', 'they were dead-lettered and received there'],
  'expired': ['its lease had run out', 'their lease had run out'],
  'channel': ['the channel that had it had ended', 'the channel that had them had ended'],
  'channel-timed-out': alike('a delivery was not acknowledged within the consumer timeout, and the broker closed its channel (406)'),
  'consumer-timed-out': alike('a delivery was not acknowledged within the consumer timeout, and the broker cancelled its consumer'),
  'released': ['it was given back, or negatively acknowledged', 'they were given back, or negatively acknowledged'],
  'recovered': ['a recovery of the broker read it from the journal again', 'a recovery of the broker read them from the journal again'],
  'overlapping': ['it was handed out while a lease of it ran', 'they were handed out while a lease of them ran'],
  'gone': ['it was on its way when its copy was removed', 'they were on their way when their copies were removed'],
  'reappeared': ['a storage server had missed its deletion', 'a storage server had missed their deletion'],
};

function alike(words: string): readonly [string, string] {
  return [words, words];
}

/** What brought messages again to consumers that had been delivered before, in a sentence; null when nothing came again, or the result does not say. */
export function duplicateCauses({ measures: { duplicates = [] } }: RunResult): string | null {
  if (duplicates.length === 0) return null;
  const total = duplicates.reduce((sum, { count }) => sum + count, 0);
  const [only] = duplicates;
  const because = ({ cause, count }: DuplicateResult): string => `because ${causes[cause]?.[count === 1 ? 0 : 1] ?? cause}`;
  if (duplicates.length === 1) return `${counted(total, 'delivery', 'deliveries')} of ${total === 1 ? 'a message' : 'messages'} that had been delivered before: ${because(only!)}.`;
  return `${counted(total, 'delivery', 'deliveries')} of messages that had been delivered before: ${duplicates.map((entry) => `${formatCount(entry.count)} ${because(entry)}`).join(', ')}.`;
}
