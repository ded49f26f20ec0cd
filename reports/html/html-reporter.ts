import type { Reporter } from '../reporter.js';
import { writeFileAtomically } from '../write.js';
import { page } from './page.js';

/** One page of all runs. */
export function createHtmlReporter(file: string): Reporter {
  return {
    name: 'html',
    file,
    async finish(results) {
      await writeFileAtomically(file, await page(results));
    },
  };
}
