import type { Recording } from '../../history/index.js';
import type { Reporter } from '../reporter.js';
import type { RunResult } from '../run-result.js';
import { writeFileAtomically } from '../write.js';
import { page } from './page.js';

/** Runs whose recording goes into a page: more would not fit. */
const MAX_RECORDINGS = 3;

/** One page of all runs. */
export function createHtmlReporter(file: string): Reporter {
  const recordings = new Map<RunResult, Recording>();
  return {
    name: 'html',
    file,
    takesRecordings: true,
    onRunDone(result, recording) {
      if (recording !== undefined && recordings.size < MAX_RECORDINGS) recordings.set(result, recording);
    },
    async finish(results) {
      await writeFileAtomically(file, await page(results, recordings));
    },
  };
}
