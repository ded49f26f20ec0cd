import type { Reporter, ReporterContext } from '../reporter.js';
import type { CheckResult, RunResult } from '../run-result.js';
import { writeFileOrStdout } from '../write.js';

/** One run as an object, several (or none) as an array in the order of the runs; a check as an object. */
export function createJsonReporter(file: string | null, context: Pick<ReporterContext, 'stdout'>): Reporter {
  return {
    name: 'json',
    file,
    finish: async (results) => writeFileOrStdout(file, context.stdout, jsonOf(results.length === 1 ? results[0] : results)),
    finishCheck: async (check) => writeFileOrStdout(file, context.stdout, jsonOf(check)),
  };
}

const jsonOf = (content: CheckResult | RunResult | readonly RunResult[] | undefined): string => `${JSON.stringify(content, null, 2)}
`;
