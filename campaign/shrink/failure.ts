import { breachesToTell } from '../../invariants/index.js';
import { isMissed } from '../../measures/index.js';
import type { Run, RunResult, Scenario, StoryStep, VerdictResult } from '../../scenarios/index.js';
import { strikingKinds } from './striking-faults.js';

/** Where the message of a failure was. `none`: the failure concerns no queue. */
export type QueueRole = 'source' | 'dead-letter' | 'none';

/** What had become of the message when its promise was broken. */
export interface MessageKind {
  /** It was delivered more than once. */
  readonly redelivered: boolean;
  /** It was moved to a dead-letter queue. */
  readonly deadLettered: boolean;
}

/**
 * How a run failed. Two runs fail the same way when the same promise was broken of the same kind of message in the same kind of
 * queue; names, times and numbers do not count, so that a smaller run can fail the same way.
 */
export interface Failure {
  /** Id of the invariant. */
  readonly invariant: string;
  /** How the breach was judged: `anomaly` where the contract allows it and the scenario expects that it holds. */
  readonly verdict: 'violated' | 'anomaly';
  readonly queue: QueueRole;
  /** Null when the failure concerns no message. */
  readonly message: MessageKind | null;
  /**
   * Kinds of the faults that struck before the breach and had to do with its message, in the order of the alphabet. Not part of
   * what makes failures the same: it tells apart what to keep in a corpus.
   */
  readonly cause: readonly string[];
}

/** What two failures that are the same have in common. */
export type FailureWay = Omit<Failure, 'cause'>;

/**
 * How a run failed: by the first breach in time that the scenario does not expect. Null when there is none, which does not mean
 * that the run held: see {@link whyNotShrinkable}.
 */
export function failureOf(run: Run): Failure | null {
  const breach = firstUnexpected(run.result);
  return breach === null ? null : failureBy(breach, run);
}

/**
 * How a run failed, once for each promise that was broken and should not have been, that of {@link failureOf} first. Of a breach of a message
 * whose life the result does not tell nothing can be said.
 */
export function failuresOf(run: Run): Failure[] {
  const [first, ...others] = unexpected(run.result);
  if (first === undefined) return [];
  const told = others.filter((breach) => breach.first!.message === 0 || lifeOf(breach, run.result).length > 0);
  return [first, ...told].map((breach) => failureBy(breach, run));
}

function failureBy(breach: VerdictResult, { scenario, result }: Run): Failure {
  const { atMicros } = breach.first!;
  const story = lifeOf(breach, result).filter((step) => step.atMicros <= atMicros);
  return { ...wayOfBreach(breach, scenario, () => kindOf(story)), cause: strikingKinds(result.schedule, atMicros, story) };
}

/** The life of the message of a breach; of one without a message, that which tells most of the run. */
function lifeOf({ first }: VerdictResult, { verdicts, story, stories = [] }: RunResult): readonly StoryStep[] {
  const { message } = first!;
  const told = breachesToTell(verdicts).find((breach) => breach.first!.message > 0)?.first?.message ?? 0;
  return message === 0 || message === told ? story : (stories.find((life) => life.message === message)?.steps ?? []);
}

/**
 * How a run failed, as far as it makes failures the same; null as with {@link failureOf}.
 *
 * @param kindAt what had become of a message by a time
 */
export function wayOf(scenario: Scenario, verdicts: Pick<RunResult, 'verdicts'>, kindAt: (message: number, atMicros: number) => MessageKind): FailureWay | null {
  const breach = firstUnexpected(verdicts);
  return breach === null ? null : wayOfBreach(breach, scenario, kindAt);
}

function wayOfBreach(breach: VerdictResult, scenario: Scenario, kindAt: (message: number, atMicros: number) => MessageKind): FailureWay {
  const { queue, message, atMicros } = breach.first!;
  const deadLetterQueues = new Set(scenario.queues.flatMap(({ deadLetter }) => (deadLetter === null ? [] : [deadLetter.queue])));
  return {
    invariant: breach.invariant,
    verdict: breach.verdict as Failure['verdict'],
    queue: queue === '' ? 'none' : deadLetterQueues.has(queue) ? 'dead-letter' : 'source',
    message: message === 0 ? null : kindAt(message, atMicros),
  };
}

/** The breach that a failure is about. */
export const firstUnexpected = (verdicts: Pick<RunResult, 'verdicts'>): VerdictResult | null => unexpected(verdicts)[0] ?? null;

const unexpected = ({ verdicts }: Pick<RunResult, 'verdicts'>): VerdictResult[] => breachesToTell(verdicts).filter(({ met }) => !met);

function kindOf(story: readonly StoryStep[]): MessageKind {
  const count = (name: string): number => story.filter(({ event }) => event === name).length;
  return { redelivered: count('deliver') > 1, deadLettered: count('move') > 0 };
}

/** What makes failures the same, as text. */
export function failureKey({ invariant, verdict, queue, message }: FailureWay): string {
  const traits = message === null ? [] : [message.redelivered ? 'redelivered' : 'first-delivery', ...(message.deadLettered ? ['dead-lettered'] : [])];
  return [invariant, verdict, queue, ...traits].join(' ');
}

/**
 * Whether a failure is `known` already: the same promise broken of the same kind of message, by kinds of faults that were all there again. What else
 * struck in a run says nothing, as long as what is known needs none of it; another bug that shows in the same way shows without them, too, sooner
 * or later.
 */
export const isKnownFailure = (failure: Failure, known: Failure): boolean =>
  isSameFailure(failure, known) && known.cause.every((kind) => failure.cause.includes(kind));

/** What a corpus keeps one of: the same failure from the same kinds of faults. */
export function corpusKey(failure: Failure): string {
  return [failureKey(failure), ...failure.cause].join(' ');
}

export const isSameFailure = (one: FailureWay, other: FailureWay): boolean => failureKey(one) === failureKey(other);

/** Why a run without a {@link Failure} leaves nothing to make smaller, in a sentence. */
export function whyNotShrinkable({ outcome, verdicts, thresholds }: RunResult): string {
  const unmet = verdicts.find(({ met }) => !met);
  if (unmet !== undefined && unmet.verdict !== 'inconclusive') {
    return `The scenario expects ${unmet.invariant} to be ${unmet.expected ?? 'broken'}, and it came out as ${unmet.verdict}: there is no breach of which a smaller run could be found.`;
  }
  const missed = thresholds.find(isMissed);
  if (missed !== undefined) return `The threshold ${missed.expression} was missed, and every promise held: a figure needs its whole run, there is nothing to make smaller.`;
  return outcome === 'inconclusive' ? 'The run is inconclusive: nothing was broken that a smaller run could break.' : 'The run held: there is nothing to make smaller.';
}
