import type { Circumstance } from '../contracts/circumstances.js';
import type { EffectPromise } from '../contracts/handlers.js';
import type { Facts } from '../facts/facts.js';
import { Fate, markOf, MAX_EFFECTS } from '../facts/message-fate.js';
import { MessageFlag, Outcome } from '../facts/message-facts.js';
import { mayBeRefusedInTransaction } from '../facts/refused-in-transaction.js';
import { defineInvariant } from '../invariant.js';
import { type Breach, MAX_TOLD, type Tally } from '../tally.js';
import { counted } from '../words.js';

interface NotOnce extends Breach {
  readonly what: 'missing' | 'repeated' | 'several';
}

/** Dead-lettered and dropped messages need not have had their effect, but may not have had it twice. */
export const exactlyOnceEffects = defineInvariant<NotOnce, 'exactly-once-effects'>({
  id: 'exactly-once-effects',
  promise: 'When the run has drained, every message whose send was acknowledged has had its effect exactly once; one that was dead-lettered or dropped, at most once.',
  exercisedBy: 'acknowledged sends that a consumer acknowledged, that are missing, or that had their effect more than once',
  create(facts, tally) {
    return {
      on: {},
      finish: () => {
        const undecided = judgeThoseOver(facts, tally) + judgeThoseInFlight(facts, tally);
        const isDecided = facts.drain.isComplete && facts.broker.isUp;
        if (undecided > 0 && !isDecided) tally.undecided = `When the run ended, ${counted(undecided, 'acknowledged message')} had not had the effect and could still have had it.`;
      },
    };
  },
  word({ atMicros, message, what }, { at }) {
    return what === 'missing'
      ? `message ${message} was acknowledged to its producer, and when the run ended at ${at(atMicros)} it had never had its effect`
      : `message ${message} had its effect more than once by the end of the run at ${at(atMicros)}${what === 'several' ? ': several copies of it had been stored' : ''}`;
  },
});

/** Counts of those that are over, by what is remembered of them. Returns how many may still have their effect. */
function judgeThoseOver(facts: Facts, tally: Tally<NotOnce>): number {
  for (const fate of [Fate.promised, Fate.completed, Fate.several]) {
    for (let effects = 0; effects <= MAX_EFFECTS; effects++) tally.exercised += facts.messages.marks.count(markOf(fate, effects));
  }
  tellMany(facts, tally, markOf(Fate.promised, 0), 'missing', null);
  tellMany(facts, tally, markOf(Fate.promised, MAX_EFFECTS), 'repeated', null);
  tellMany(facts, tally, markOf(Fate.completed, MAX_EFFECTS), 'repeated', 'not-idempotent');
  tellMany(facts, tally, markOf(Fate.several, MAX_EFFECTS), 'several', 'several-copies');
  const missing = markOf(Fate.completed, 0);
  // A handler that acknowledges first may be at work on it.
  if (!facts.drain.hasEnded) return facts.messages.marks.count(missing);
  tellMany(facts, tally, missing, 'missing', 'not-idempotent');
  return 0;
}

function tellMany(facts: Facts, tally: Tally<NotOnce>, mark: number, what: NotOnce['what'], circumstance: Circumstance | null): void {
  const { marks } = facts.messages;
  const count = marks.count(mark);
  if (count === 0) return;
  const ids = marks.first(mark, MAX_TOLD);
  for (const message of ids) if (tally.breach(circumstance)) tally.tell({ atMicros: facts.nowMicros, message, queue: 0, what });
  tally.repeat(count - ids.length);
}

/** The others, one by one. Returns how many may still have their effect. */
function judgeThoseInFlight(facts: Facts, tally: Tally<NotOnce>): number {
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
    if (tally.breach(circumstanceOf(facts, slot, what, facts.queue(queue).promise))) tally.tell({ atMicros: facts.nowMicros, message: messages.idOf(slot), queue, what });
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
