import type { NameTable, EventObserver, History } from '../history/index.js';
import type { Parting, RepeatedRuns } from '../campaign/index.js';
import type { Retold, RunAsyncOptions, RunResult } from '../scenarios/index.js';
import type { CommandContext } from './commands/command.js';
import { UserError } from './errors.js';
import { EXIT_CODES } from './exit-codes.js';
import { keptRecording } from './kept-history.js';
import { scenarioOfResult } from './scenario-of-result.js';

/** What else a repeated run is asked for. */
export interface RerunOptions {
  readonly observers?: readonly (EventObserver | ((names: NameTable) => EventObserver))[];
  readonly onHistory?: (history: History) => void;
  /** Of the same run, to be compared with this one; null: there are none. Left out: null. */
  readonly runs?: RepeatedRuns | null;
}

/**
 * Runs what a result came from again, and tells the stories of messages.
 *
 * @throws UserError when the scenario is not there any more, or has changed, or the run comes out differently
 */
export async function rerun(result: RunResult, messages: readonly number[], context: CommandContext, { runs = null, ...options }: RerunOptions = {}): Promise<Retold> {
  const scenario = await scenarioOfResult(result, context.cwd);
  const { retell } = await import('../scenarios/index.js');
  const { KeptComparison } = await import('../campaign/index.js');
  const history = await keptRecording(result);
  let comparison = null as InstanceType<typeof KeptComparison> | null;
  const compare = history === null ? [] : [(names: NameTable) => (comparison = new KeptComparison(names, history))];
  const asked: RunAsyncOptions = {
    ...options, observers: [...(options.observers ?? []), ...compare], seed: result.seed, mutants: result.mutants ?? [], signal: context.interrupt,
  };
  const again = (watch: RunAsyncOptions): Promise<Retold> => retell(scenario, messages, { ...asked, ...watch });
  const retold = await (runs === null ? again({}) : runs.makeInTurns(again));
  if (retold.fingerprint !== result.fingerprint) throw await differently(result, retold.fingerprint, comparison?.parting() ?? null);
  return retold;
}

/** Of another version, or of an edited result, that is to be expected; otherwise it is a fault of queuelab. */
async function differently(result: RunResult, fingerprint: string, parting: Parting | null): Promise<UserError> {
  const { describeParting } = await import('../campaign/index.js');
  const { VERSION } = await import('../scenarios/index.js');
  const what = `The run came out differently: the result has fingerprint ${result.fingerprint}, and now it is ${fingerprint}.`;
  const why = result.version === VERSION
    ? 'Either the result was edited, or this is a fault of queuelab: please report it with the scenario and the seed.'
    : `The result was made by queuelab ${result.version}, and this is ${VERSION}: use that version, or run the scenario again.`;
  return new UserError('QL_CLI_FINGERPRINT', [`${what} ${why}`, ...(parting === null ? [] : describeParting(parting))].join('\n'), EXIT_CODES.internalFault);
}
