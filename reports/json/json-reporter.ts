import type { Reporter, ReporterContext } from '../reporter.js';
import { withDigest } from '../result-digest.js';
import type { CheckResult, RunResult } from '../run-result.js';
import { writeFileOrStdout } from '../write.js';

/** One run as an object, several (or none) as an array in the order of the runs; a check as an object. */
export function createJsonReporter(file: string | null, context: Pick<ReporterContext, 'stdout'>): Reporter {
  return {
    name: 'json',
    file,
    finish: async (results) => writeFileOrStdout(file, context.stdout, jsonOf(saved(results))),
    finishCheck: async (check) => writeFileOrStdout(file, context.stdout, jsonOf(check)),
  };
}

function saved(results: readonly RunResult[]): RunResult | readonly RunResult[] {
  const all = results.map(withDigest);
  return all.length === 1 ? all[0]! : all;
}

const jsonOf = (content: CheckResult | RunResult | readonly RunResult[]): string => `${JSON.stringify(content, null, 2)}
`;
