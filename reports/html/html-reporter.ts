import { isReadable, type PackedRecording } from '../../history/index.js';
import { packRecording } from '../timeline/pack.js';
import type { Reporter } from '../reporter.js';
import type { RunResult } from '../run-result.js';
import { writeFileAtomically } from '../write.js';
import { page } from './page.js';

/** Runs whose recording goes into a page: more would not fit. */
const MAX_RECORDINGS = 3;

/** One page of all runs. */
export function createHtmlReporter(file: string): Reporter {
  const histories = new Map<RunResult, PackedRecording>();
  return {
    name: 'html',
    file,
    takesRecordings: true,
    onRunDone(result, recording) {
      if (recording !== undefined && histories.size < MAX_RECORDINGS) histories.set(result, packRecording(recording));
    },
    async finish(results) {
      // Saved results bring theirs.
      for (const result of results) {
        if (result.history !== undefined && !histories.has(result) && histories.size < MAX_RECORDINGS && isReadable(result.history)) histories.set(result, result.history);
      }
      await writeFileAtomically(file, await page(results, histories));
    },
  };
}
