import type { Reporter, ReporterContext } from '../reporter.js';
import type { RunResult } from '../run-result.js';
import { writeFileAtomically, writeToStream } from '../write.js';

/** One run as an object, several (or none) as an array in the order of the runs. */
export function createJsonReporter(file: string | null, context: Pick<ReporterContext, 'stdout'>): Reporter {
  return {
    name: 'json',
    file,
    async finish(results) {
      const text = jsonOf(results);
      if (file === null) await writeToStream(context.stdout, 'stdout', text);
      else await writeFileAtomically(file, text);
    },
  };
}

function jsonOf(results: readonly RunResult[]): string {
  const whole = results.length === 1 ? results[0] : results;
  return `${JSON.stringify(whole, null, 2)}\n`;
}
