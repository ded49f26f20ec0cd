import { EventKind } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import type { EffectPromise } from '../contracts/handlers.js';
import type { Facts } from '../facts/facts.js';
import { Fate, markOf, MAX_EFFECTS } from '../facts/message-fate.js';
import { MessageFlag, Outcome } from '../facts/message-facts.js';
import { mayBeRefusedInTransaction } from '../facts/refused-in-transaction.js';
import { SecondEffects } from '../facts/second-effects.js';
import { defineInvariant } from '../invariant.js';
import { type Breach, MAX_TOLD, type Tally } from '../tally.js';
import { counted } from '../words.js';

interface NotOnce extends Breach {
  readonly what: 'missing' | 'repeated' | 'several';
  /** False: it happened some time before. */
  readonly isDated: boolean;
}

interface Judgement {
  readonly facts: Facts;
  readonly tally: Tally<NotOnce>;
  readonly seconds: SecondEffects;
}

/** Dead-lettered and dropped messages need not have had their effect, but may not have had it twice. */
export const exactlyOnceEffects = defineInvariant<NotOnce, 'exactly-once-effects'>({
  id: 'exactly-once-effects',
  promise: 'When the run has drained, every message whose send was acknowledged has had its effect exactly once; one that was dead-lettered or dropped, at most once.',
  exercisedBy: 'acknowledged sends that a consumer acknowledged, that are missing, or that had their effect more than once',
  create(facts, tally) {
    const seconds = new SecondEffects();
    const judgement: Judgement = { facts, tally, seconds };
    return {
      on: {
        [EventKind.effect]: (event) => {
          if (event.b !== 0 && facts.messages.effectsSoFar(event.message, event.messageSlot) === 1) seconds.note(event.message, event.time);
        },
      },
      finish: () => {
        const undecided = judgeThoseOver(judgement) + judgeThoseInFlight(judgement);
        const isDecided = facts.drain.isComplete && facts.broker.isUp;
        if (undecided > 0 && !isDecided) tally.undecided = `When the run ended, ${counted(undecided, 'acknowledged message')} had not had the effect and could still have had it.`;
      },
    };
  },
  word({ atMicros, message, what, isDated }, { at }) {
    if (what === 'missing') return `message ${message} was acknowledged to its producer, and when the run ended at ${at(atMicros)} it had never had its effect`;
    const when = isDated ? `for the second time at ${at(atMicros)}` : `more than once by the end of the run at ${at(atMicros)}`;
    return `message ${message} had its effect ${when}${what === 'several' ? ': several copies of it had been stored' : ''}`;
  },
});

/** Counts of those that are over, by what is remembered of them. Returns how many may still have their effect. */
function judgeThoseOver(judgement: Judgement): number {
  const { facts, tally } = judgement;
  for (const fate of [Fate.promised, Fate.completed, Fate.several]) {
    for (let effects = 0; effects <= MAX_EFFECTS; effects++) tally.exercised += facts.messages.marks.count(markOf(fate, effects));
  }
  tellMany(judgement, markOf(Fate.promised, 0), 'missing', null);
  tellMany(judgement, markOf(Fate.promised, MAX_EFFECTS), 'repeated', null);
  tellMany(judgement, markOf(Fate.completed, MAX_EFFECTS), 'repeated', 'not-idempotent');
  tellMany(judgement, markOf(Fate.several, MAX_EFFECTS), 'several', 'several-copies');
  const missing = markOf(Fate.completed, 0);
  // A handler that acknowledges first may be at work on it.
  if (!facts.drain.hasEnded) return facts.messages.marks.count(missing);
  tellMany(judgement, missing, 'missing', 'not-idempotent');
  return 0;
}

/** Those with one mark: first those of which it is known when it happened. */
function tellMany(judgement: Judgement, mark: number, what: NotOnce['what'], circumstance: Circumstance | null): void {
  const { facts: { messages: { marks } }, tally, seconds } = judgement;
  let left = marks.count(mark);
  if (left === 0) return;
  const tell = (message: number): void => {
    left--;
    tellOne(judgement, { message, queue: 0, what }, circumstance);
  };
  seconds.forEach((message) => {
    if (marks.get(message) === mark) tell(message);
  });
  for (const message of marks.first(mark, Math.min(left, MAX_TOLD))) if (seconds.of(message) === null) tell(message);
  tally.repeat(left);
}

function tellOne({ facts, tally, seconds }: Judgement, { message, queue, what }: Pick<NotOnce, 'message' | 'queue' | 'what'>, circumstance: Circumstance | null): void {
  const second = what === 'missing' ? null : seconds.of(message);
  const atMicros = second ?? facts.nowMicros;
  const isAmongFirst = tally.isAmongFirst(circumstance, atMicros);
  tally.breach(circumstance);
  if (isAmongFirst) tally.tell({ atMicros, message, queue, what, isDated: second !== null });
}

/** The others, one by one. Returns how many may still have their effect. */
function judgeThoseInFlight(judgement: Judgement): number {
  const { facts, tally } = judgement;
  const { messages } = facts;
  let undecided = 0;
  messages.forEach((slot) => {
    if (messages.outcome[slot] !== Outcome.ok) return;
    const queue = messages.queue[slot]!;
    const isMissing = messages.isMissing(slot) && messages.live[slot] === 0;
    const what = messages.effects[slot] === MAX_EFFECTS ? (messages.stored[slot]! > 1 ? 'several' : 'repeated') : messages.effects[slot] === 0 && isMissing ? 'missing' : null;
    if (isMissing || what !== null) tally.exercised++;
    if (what === null) {
      const { contract } = facts.queue(queue);
      const isExcused = (messages.flags[slot]! & (MessageFlag.deadLettered | MessageFlag.dropped)) !== 0;
      if (messages.effects[slot] === 0 && !isExcused && (contract?.handlers.length ?? 0) > 0) undecided++;
      return;
    }
    tellOne(judgement, { message: messages.idOf(slot), queue, what }, circumstanceOf(facts, slot, what, facts.queue(queue).promise));
  });
  return undecided;
}

function circumstanceOf(facts: Facts, slot: number, what: NotOnce['what'], promise: EffectPromise): Circumstance | null {
  if (what === 'missing') {
    const excuse = facts.messages.excuseOf(slot) ?? (mayBeRefusedInTransaction(facts, slot) ? 'unconfirmed-publish' : null);
    if (excuse !== null) return excuse;
  }
  if (promise === 'exactly-once') return null;
  return what === 'several' ? 'several-copies' : 'not-idempotent';
}
