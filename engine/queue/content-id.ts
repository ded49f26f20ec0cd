import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The deduplication id of a body without one: its SHA-256, hexadecimal (SQS: ContentBasedDeduplication). Attributes do not count. */
export function contentId(body: Uint8Array): string {
  return bytesToHex(sha256(body));
}
