import { judgeScenario, runScenario, type RunOptions, type RunOutcome, type RunResult, type Scenario } from '../../scenarios/index.js';
import { runObserved } from '../coverage/index.js';
import { RunPair } from '../replay/index.js';
import type { HistoryOutcome, RunJob, RunReply, Want } from './job.js';
import { summaryOf } from './summary.js';
import { writeHistory } from './write-history.js';

/**
 * Does one job, in this thread. A run that is wanted whole only if it does not hold is done again then, which most are not.
 *
 * @param onRun called before each run that the job takes
 */
export function runJob({ scenario, want, historyFile, coverage = false, verify = false, ...options }: RunJob, onRun: () => void = () => undefined): RunReply {
  const begin = <T>(run: () => T): T => {
    onRun();
    return run();
  };
  const pair = verify ? new RunPair(scenario, options.seed) : null;
  const watched: RunOptions = pair === null ? options : { ...options, observers: [pair.observe] };
  const { result: outcome, hits, moments } = begin(() =>
    (coverage ? runObserved(scenario, watched) : { result: firstLook(scenario, want, watched), hits: null, moments: null }));
  pair?.compare(outcome, begin(() => judgeScenario(scenario, watched)));
  const isUnmet = outcome.outcome !== 'held';
  const isWanted = want === 'result' || (want === 'unmet' && isUnmet);
  const result = !isWanted ? null : isWhole(outcome) ? outcome : begin(() => runScenario(scenario, options));
  const history = historyFile === undefined || !isUnmet ? null : begin(() => tryToWrite(historyFile, () => writeHistory(historyFile, scenario, options)));
  return { summary: summaryOf(outcome), result, hits, moments, history };
}

const firstLook = (scenario: Scenario, want: Want, options: RunOptions): RunOutcome =>
  (want === 'result' ? runScenario(scenario, options) : judgeScenario(scenario, options));

const isWhole = (outcome: RunOutcome): outcome is RunResult => 'measures' in outcome;

/** A full disk is no fault of the run, whose verdict stands. */
function tryToWrite(file: string, write: () => void): HistoryOutcome {
  try {
    write();
    return { file, failure: null };
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || syscall === undefined) throw error;
    return { file, failure: code };
  }
}
