import { judgeScenario, runScenario, type RunOptions, type RunOutcome, type RunResult, type Scenario } from '../../scenarios/index.js';
import { runObserved } from '../coverage/index.js';
import { RepeatedRuns } from '../replay/index.js';
import type { HistoryOutcome, RunJob, RunReply, Want } from './job.js';
import { summaryOf } from './summary.js';
import { writeHistory } from './write-history.js';

/**
 * Does one job, in this thread. A run that is wanted whole only if it does not hold is done again then, which most are not.
 *
 * @param onRun called before each run that the job takes
 */
export function runJob({ scenario, want, historyFile, coverage = false, verify = false, ...options }: RunJob, onRun: () => void = () => undefined): RunReply {
  const runs = new RepeatedRuns({ scenario, seed: options.seed, verify, onRun });
  const { result: outcome, hits, moments } = runs.make((watch) =>
    (coverage ? runObserved(scenario, { ...options, ...watch }) : { result: firstLook(scenario, want, { ...options, ...watch }), hits: null, moments: null }));
  if (verify) runs.make((watch) => judgeScenario(scenario, { ...options, ...watch }));
  const isUnmet = outcome.outcome !== 'held';
  const isWanted = want === 'result' || (want === 'unmet' && isUnmet);
  const result = !isWanted ? null : isWhole(outcome) ? outcome : runs.make((watch) => runScenario(scenario, { ...options, ...watch }));
  const history = historyFile === undefined || !isUnmet ? null
    : tryToWrite(historyFile, () => void runs.make((watch) => writeHistory(historyFile, scenario, { ...options, ...watch })));
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
