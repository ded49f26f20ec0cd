import { runScenario } from '../../scenarios/index.js';
import { runObserved } from '../coverage/index.js';
import type { HistoryOutcome, RunJob, RunReply } from './job.js';
import { summaryOf } from './summary.js';
import { writeHistory } from './write-history.js';

/** Does one job, in this thread. */
export function runJob({ scenario, want, historyFile, coverage = false, ...options }: RunJob): RunReply {
  const { result, hits } = coverage ? runObserved(scenario, options) : { result: runScenario(scenario, options), hits: null };
  const isUnmet = result.outcome !== 'held';
  const isWanted = want === 'result' || (want === 'unmet' && isUnmet);
  const history = historyFile === undefined || !isUnmet ? null : tryToWrite(historyFile, () => writeHistory(historyFile, scenario, options));
  return { summary: summaryOf(result), result: isWanted ? result : null, hits, history };
}

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
