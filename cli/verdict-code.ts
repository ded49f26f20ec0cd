import { isMissed } from '../measures/index.js';
import type { RunResult } from '../scenarios/index.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';

/** The exit code of some runs: a broken promise outweighs a missed threshold, and that what could not be decided. */
export function exitCodeOf(results: readonly RunResult[]): ExitCode {
  if (results.some(isPromiseBroken)) return EXIT_CODES.promiseBroken;
  if (results.some(({ thresholds }) => thresholds.some(isMissed))) return EXIT_CODES.thresholdMissed;
  if (results.some(({ outcome }) => outcome === 'inconclusive')) return EXIT_CODES.inconclusive;
  return EXIT_CODES.ok;
}

const isPromiseBroken = ({ verdicts }: RunResult): boolean =>
  verdicts.some(({ met, verdict }) => !met && verdict !== 'inconclusive');
