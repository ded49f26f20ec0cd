/**
 * A deduplication id as one number for the history, from 1 below 2^53: the same text always gives the same number, and two texts of
 * a run practically never do. Two 32-bit multiplicative hashes side by side.
 */
export function deduplicationKey(deduplicationId: string): number {
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let index = 0; index < deduplicationId.length; index++) {
    const unit = deduplicationId.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul((low ^ unit) + index, 0x85ebca6b);
    low ^= low >>> 15;
  }
  return 1 + (high >>> 12) * 4_294_967_296 + (low >>> 0);
}
