import type { CheckResult, Shard } from '../campaign/index.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { packageVersion } from './package-root.js';
import { ENDLESS_ADVICE } from './run-timeout.js';

const CODES: Readonly<Record<CheckResult['answer'], ExitCode>> = {
  fault: EXIT_CODES.internalFault,
  broken: EXIT_CODES.promiseBroken,
  untested: EXIT_CODES.promiseBroken,
  slow: EXIT_CODES.thresholdMissed,
  inconclusive: EXIT_CODES.inconclusive,
  held: EXIT_CODES.ok,
};

/** An interruption outweighs everything: what was not run might have broken. */
export function exitCodeOfCheck({ answer, parts }: CheckResult): ExitCode {
  return parts.some(({ end }) => end === 'interrupted') ? EXIT_CODES.interrupted : CODES[answer];
}

/** The name of the file that `merge` reads, in the folder of `--out`: each shard has one of its own. */
export const checkFileName = (shard: Shard | null): string => (shard === null ? 'check.json' : `check-${shard.index}-of-${shard.of}.json`);

/** The name of the file for a check of failed runs alone: it is no part of a check, so `merge` reads another. */
export const LAST_FAILED_CHECK = 'check-last-failed.json';

/** The names that `merge` reads. */
export const CHECK_FILES = /^check(-\d+-of-\d+)?\.json$/;

type Fault = CheckResult['faults'][number];

/** Runs without a result: what is needed to find a fault of our own, and which runs did not end. Nothing when there is none. */
export function describeFaults({ faults }: CheckResult): string[] {
  const endless = faults.filter(({ kind }) => kind === 'did-not-end');
  const ours = faults.filter((fault) => !endless.includes(fault));
  return [...(ours.length === 0 ? [] : [ourFaults(ours)]), ...(endless.length === 0 ? [] : [endlessRuns(endless)])];
}

const SHOWN = 3;

function endlessRuns(faults: readonly Fault[]): string {
  return [
    `queuelab: error[QL_CLI_RUN_ENDLESS]: ${faults.length === 1 ? 'a run' : `${faults.length} runs`} did not end in the time that one may take.`,
    ...faults.slice(0, SHOWN).flatMap(({ message, replay }) => ['', message, '', `  command   ${replay}`]),
    '',
    ENDLESS_ADVICE,
  ].join('\n');
}

function ourFaults(faults: readonly Fault[]): string {
  const shown = faults.slice(0, SHOWN).flatMap(({ file, seed, message, stack, replay }) =>
    ['', `${message}`, '', stack, '', `  scenario  ${file}`, `  seed      ${seed}`, `  command   ${replay}`]);
  return [
    `queuelab: error[QL_CLI_RUN_FAULT]: ${faults.length === 1 ? 'a run' : `${faults.length} runs`} failed by a fault of queuelab, not of yours.`,
    ...shown,
    `  versions  queuelab ${packageVersion()}, Node ${process.version}, ${process.platform} ${process.arch}`,
    '',
    'Please report it with all of the above and the scenario file: the same scenario, seed and version fail the same way.',
  ].join('\n');
}
