import * as z from 'zod';
import type { CheckResult } from './check-result.js';

/** A run that failed last time. */
export interface FailedRun {
  /** The scenario's file, as it was given. */
  readonly file: string;
  readonly overrides: readonly string[];
  readonly seed: string;
}

const schema = z.object({
  schema: z.literal('queuelab/last-failed/1'),
  failed: z.array(z.object({ file: z.string(), overrides: z.array(z.string()), seed: z.string() })),
});

/** Thrown for a file of failed runs that is not what a check writes. */
export class LastFailedError extends Error {
  readonly code = 'QL_CHECK_LAST_FAILED';
  constructor(reason: string) {
    super(`It is not what \`queuelab check\` writes (${reason}). Delete it, or check without --last-failed.`);
    this.name = 'LastFailedError';
  }
}

/** Every run of a check that did not hold, faults included, as a text to keep. */
export function lastFailedText({ scenarios, faults }: CheckResult): string {
  const failed: FailedRun[] = scenarios.flatMap(({ scenario: { file, overrides }, runs }) => [
    ...runs.filter(({ outcome }) => outcome !== 'held').map(({ seed }) => ({ file, overrides, seed })),
    ...faults.filter((fault) => fault.file === file).map(({ seed }) => ({ file, overrides, seed })),
  ]);
  return `${JSON.stringify({ schema: 'queuelab/last-failed/1', failed }, null, 2)}\n`;
}

/**
 * Reads such a text.
 *
 * @throws LastFailedError
 */
export function readLastFailed(text: string): FailedRun[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new LastFailedError('it is not JSON');
  }
  const checked = schema.safeParse(content);
  if (checked.success) return checked.data.failed;
  const [issue] = checked.error.issues;
  throw new LastFailedError(`at ${issue?.path.map(String).join('.') || 'the top'}: ${issue?.message ?? ''}`);
}
