import type { DuplicateResult, RunResult } from '../run-result.js';
import { counted, formatCount } from './numbers.js';

/** Why a message came again, to stand after `because`. A cause of a later version keeps its name. */
const causes: Readonly<Record<string, string>> = {
  'retry': "their producer's retry was stored too",
  'routed': 'an exchange had routed them to several queues',
  'redriven': 'a redrive made them anew',
  'dead-lettered': 'they were dead-lettered and received there',
  'expired': 'their lease had run out',
  'channel': 'the channel that had them had ended',
  'channel-timed-out': 'a delivery was not acknowledged within the consumer timeout, and the broker closed the channel that had them (406)',
  'consumer-timed-out': 'a delivery was not acknowledged within the consumer timeout, and the broker cancelled the consumer that had them',
  'released': 'they were given back, or negatively acknowledged',
  'recovered': 'a recovery of the broker read them from the journal again',
  'overlapping': 'they were handed out while a lease of them ran',
  'gone': 'they were on their way when their copy was removed',
  'reappeared': 'a storage server had missed their deletion',
};

/** What brought messages again to consumers that had been delivered before, in a sentence; null when nothing came again, or the result does not say. */
export function duplicateCauses({ measures: { duplicates = [] } }: RunResult): string | null {
  if (duplicates.length === 0) return null;
  const total = duplicates.reduce((sum, { count }) => sum + count, 0);
  const [only] = duplicates;
  const because = ({ cause }: DuplicateResult): string => `because ${causes[cause] ?? cause}`;
  if (duplicates.length === 1) return `${counted(total, 'delivery', 'deliveries')} of messages that had been delivered before: ${because(only!)}.`;
  return `${counted(total, 'delivery', 'deliveries')} of messages that had been delivered before: ${duplicates.map((entry) => `${formatCount(entry.count)} ${because(entry)}`).join(', ')}.`;
}
