import { INVARIANTS } from '../../invariants/index.js';
import type { CheckResult } from '../run-result.js';
import { counted } from './numbers.js';

type Part = CheckResult['parts'][number];

const ends: Readonly<Record<Part['end'], ((part: Part) => string) | null>> = {
  complete: null,
  bail: ({ done, planned }) => `ended after ${doneOf(done, planned)}, because enough of them had failed`,
  time: ({ done, planned }) => `ended after ${doneOf(done, planned)}, because its time was over`,
  interrupted: ({ done, planned }) => `was interrupted after ${doneOf(done, planned)}`,
};

const doneOf = (done: number, planned: number | null): string =>
  (planned === null ? counted(done, 'run') : `${done} of ${counted(planned, 'run')}`);

/** What to know about a check that had deliberate bugs, was joined from several, or did not do all that it was to do; nothing otherwise. */
export function endSentences({ parts, missingShards }: CheckResult): string[] {
  const early = parts.flatMap((part) => {
    const words = ends[part.end]?.(part);
    return words === undefined ? [] : [`${nameOf(part)} ${words}.`];
  });
  const missing = missingShards.length === 0 ? [] : [missingWords(missingShards)];
  const joined = joinedWords(parts);
  const mutants = [...new Set(parts.flatMap((part) => part.mutants ?? []))];
  const bugs = mutants.length === 0
    ? []
    : [`There were deliberate bugs in the engine (mutants: ${mutants.join(', ')}): this says nothing of the engine as it is.`];
  return [...bugs, ...joined, ...early, ...missing];
}

const missingWords = (shards: readonly string[]): string =>
  (shards.length === 1 ? `Shard ${shards[0]!} is missing, so nothing is known of its runs.` : `The shards ${listed(shards)} are missing, so nothing is known of their runs.`);

const listed = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]!}`;

/** Promises of which a check says nothing though it ran what concerns them, in a sentence each; nothing when there is none. */
export function openSentences({ neverExercised, neverJudged = [] }: CheckResult): string[] {
  return [
    ...(neverExercised.length === 0 ? [] : [`Never put to the test: ${neverExercised.join(', ')}.`]),
    ...(neverJudged.length === 0 ? [] : [`Put to the test, but left open in every run: ${neverJudged.join(', ')}.`]),
  ];
}

/** Whole checks may be joined though they had other seeds and scenarios: who reads a merged report has to know. */
function joinedWords(parts: readonly Part[]): string[] {
  const whole = parts.filter(({ shard }) => shard === null);
  if (whole.length < 2) return [];
  const seeds = [...new Set(whole.map((part) => part.seeds))].join(' and ');
  return [`Joined from ${whole.length} checks that are no shards of one, with the seeds ${seeds}: everything that any of them ran, each run once.`];
}

/** What would put a promise to the test, in brackets behind its name. */
export function untestedWords(id: string): string {
  const invariant = INVARIANTS.find((known) => known.id === id);
  return invariant === undefined ? id : `${id} (it takes ${invariant.exercisedBy})`;
}

const nameOf = ({ shard }: Part): string => (shard === null ? 'The check' : `Shard ${shard.index}/${shard.of}`);

/** Each part that somebody interrupted, in a sentence. */
export const interruptions = ({ parts }: CheckResult): string[] =>
  parts.filter(({ end }) => end === 'interrupted').map((part) => `${nameOf(part)} ${ends.interrupted!(part)}.`);

type Fault = CheckResult['faults'][number];

/** Whether a run gave no result because its time was over: nobody can know whose fault that is. */
export const isEndless = ({ kind }: Pick<Fault, 'kind'>): boolean => kind === 'did-not-end';

/** Why a run gave no result, in words for a list. */
export const faultSentence = (fault: Fault): string => (isEndless(fault) ? `${fault.message} ${ENDLESS_HINT}` : `A fault of queuelab: ${fault.message}`);

export const ENDLESS_HINT = 'A long run needs a longer --run-timeout; one that never ends is a fault of queuelab.';

/** The answer of a check in one sentence. */
export function checkHeadline({ answer, scenarios, neverExercised, neverJudged = [], faults }: CheckResult): string {
  const runs = scenarios.reduce((sum, scenario) => sum + scenario.runs.length, 0);
  const failed = scenarios.reduce((sum, scenario) => sum + scenario.runs.filter(({ outcome }) => outcome !== 'held').length, 0);
  const bad = scenarios.filter((scenario) => scenario.runs.some(({ outcome }) => outcome !== 'held')).length;
  const ours = faults.filter((fault) => !isEndless(fault)).length;
  const ofAll = `${failed} of ${counted(runs, 'run')}, in ${bad} of ${counted(scenarios.length, 'scenario')},`;
  switch (answer) {
    case 'fault':
      return `${counted(ours, 'run')} failed by a fault of queuelab; ${failed} of ${counted(runs, 'other run')} did not turn out as expected.`;
    case 'broken':
      return `${ofAll} did not turn out as expected.`;
    case 'untested':
      if (neverExercised.length > 0) return `${counted(runs, 'run')} held, but ${counted(neverExercised.length, 'promise was', 'promises were')} never put to the test, and --strict asks for that.`;
      return `${counted(runs, 'run')} held, but ${counted(neverJudged.length, 'promise was', 'promises were')} left open in every run, and --strict asks for an answer.`;
    case 'slow':
      return `The promises held, but ${ofAll} missed a threshold.`;
    case 'inconclusive':
      if (faults.length > 0) return `${counted(faults.length, 'run')} did not end in time; ${counted(runs - failed, 'other run')} held.`;
      return runs === 0 ? 'Nothing was run.' : failed === 0 ? `${counted(runs, 'run')} held, but not all were done.` : `${ofAll} gave no answer.`;
    case 'held':
      if (runs === 0) return 'No run fell to this shard, so there was nothing to do.';
      return runs === 1 ? 'The one run held.' : `All ${counted(runs, 'run')} of ${counted(scenarios.length, 'scenario')} held.`;
  }
}
