import type { Corpus, FuzzReport } from '../campaign/index.js';
import type { CommandContext } from './commands/command.js';
import { RunFault } from './errors.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { ENDLESS_ADVICE } from './run-timeout.js';

/**
 * The exit code of a session of fuzzing. Broken promises outweigh everything; then our own faults, which are told with what is needed to find them, and
 * runs that did not end.
 *
 * @throws RunFault when runs came to grief by a fault of ours and nothing was found
 */
export function exitCodeOfFuzz({ stderr }: Pick<CommandContext, 'stderr'>, report: FuzzReport, corpus: Pick<Corpus, 'broken'>): ExitCode {
  const endless = report.faults.filter(({ error }) => error.kind === 'did-not-end');
  const fault = report.faults.find(({ error }) => error.kind !== 'did-not-end');
  for (const { error } of endless) stderr.line(`queuelab: ${error.message} ${ENDLESS_ADVICE}`);
  if (fault !== undefined) {
    const told = new RunFault(fault.run.scenario.file, fault.run.seed, fault.error.cause ?? fault.error);
    if (report.failures.length === 0) throw told;
    stderr.line(besideFailures(told));
  }
  if (report.stopped === 'interrupted') return EXIT_CODES.interrupted;
  if (report.failures.length > 0) return EXIT_CODES.promiseBroken;
  if (corpus.broken.length > 0) return EXIT_CODES.invalidScenario;
  if (endless.length > 0) return EXIT_CODES.inconclusive;
  const isUndecided = report.runs + report.corpusRuns > 0 && report.inconclusive === report.runs + report.corpusRuns;
  if (isUndecided) stderr.line('queuelab: every run ended before it could be judged; a scenario with fewer messages would say more.');
  return isUndecided ? EXIT_CODES.inconclusive : EXIT_CODES.ok;
}

/** A fault beside failures, which decide the exit code. */
function besideFailures({ code, message, cause, seed }: RunFault): string {
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return [`queuelab: error[${code}]: ${message} This is a fault of queuelab, not of yours.`, '', stack, '', `  seed  ${seed}`, '',
    'Please report it with all of the above, the command and the scenario file: the same scenario, seed and version fail the same way.'].join('\n');
}
