import { createHash } from 'node:crypto';
import type { RunResult } from './run-result.js';

/** SHA-256 of a result as JSON, its own digest left out: a saved result that was changed has another. */
export function digestOf(result: RunResult): string {
  const { digest: _, ...rest } = result;
  return createHash('sha256').update(JSON.stringify(rest)).digest('hex');
}

/** The result as it is saved. */
export const withDigest = (result: RunResult): RunResult => ({ ...result, digest: digestOf(result) });
