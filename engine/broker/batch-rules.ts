import type { QueueLimits } from './config.js';
import { type Refusal, refusal } from './refusal.js';

/** Why a batch as a whole is turned down; null: its entries are looked at one by one. */
export function wrongBatch(entries: number, ids: readonly string[] | undefined, limits: QueueLimits): Refusal | null {
  if (entries === 0) return refusal('emptyBatch');
  if (entries > limits.maxBatchEntries) return refusal('tooManyEntries', entries);
  if (ids === undefined) return null;
  const invalid = ids.find((id) => !limits.batchEntryId.test(id));
  if (invalid !== undefined) return refusal('invalidEntryId', invalid);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  return repeated === undefined ? null : refusal('entryIdsNotDistinct', repeated);
}
