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

/**
 * Every run of a check that did not hold, faults included, as a text to keep; and those that failed earlier and were not run again,
 * whatever kept them from it.
 */
export function lastFailedText({ scenarios, faults }: CheckResult, earlier: readonly FailedRun[] = []): string {
  const runs: (FailedRun & { readonly isFailed: boolean })[] = scenarios.flatMap(({ scenario: { file, overrides }, runs: checked }) => [
    ...checked.map(({ seed, outcome }) => ({ file, overrides, seed, isFailed: outcome !== 'held' })),
    ...faults.filter((fault) => fault.file === file).map(({ seed }) => ({ file, overrides, seed, isFailed: true })),
  ]);
  const done = new Set(runs.map(keyOf));
  const all = [...runs.filter(({ isFailed }) => isFailed), ...earlier.filter((run) => !done.has(keyOf(run)))];
  // A run that failed and then could not be fetched whole is named twice.
  const failed = [...new Map(all.map(({ file, overrides, seed }) => [keyOf({ file, overrides, seed }), { file, overrides, seed }])).values()];
  return `${JSON.stringify({ schema: 'queuelab/last-failed/1', failed }, null, 2)}\n`;
}

const keyOf = ({ file, overrides, seed }: FailedRun): string => JSON.stringify([file, overrides, seed]);

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
