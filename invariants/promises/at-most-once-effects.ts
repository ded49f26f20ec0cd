import { EventKind, type NameId } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import type { EffectPromise } from '../contracts/handlers.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { Fate, fateOf } from '../facts/message-fate.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Repetition extends Breach {
  readonly consumer: NameId;
  readonly copy: number;
  /** Another copy that its send had stored, from which it had the effect before, and its queue; 0 for none. */
  readonly otherCopy: number;
  readonly otherQueue: NameId;
}

export const atMostOnceEffects = defineInvariant<Repetition, 'at-most-once-effects'>({
  id: 'at-most-once-effects',
  promise: 'A message has its effect at most once.',
  exercisedBy: 'effects that were had or suppressed',
  create(facts, tally) {
    return {
      on: {
        [EventKind.effect]: (event) => {
          tally.exercised++;
          if (event.b === 0 || facts.messages.effectsSoFar(event.message, event.messageSlot) === 0) return;
          if (!tally.breach(circumstanceOf(facts, event))) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.actor, copy: event.copy, otherCopy: otherCopyOf(facts, event), otherQueue: event.messageSlot === NO_SLOT ? 0 : facts.messages.effectQueue[event.messageSlot]! });
        },
      },
    };
  },
  word(breach, { at, name }) {
    const { atMicros, message, consumer, queue, copy, otherCopy, otherQueue } = breach;
    const head = `message ${message} had its effect again at ${name(consumer)} at ${at(atMicros)}`;
    if (otherCopy === 0) return head;
    // An exchange stores a copy in each queue; what is twice in one is there by a retry.
    return otherQueue === queue
      ? `${head}, from copy ${copy} after copy ${otherCopy}: its send had been stored more than once`
      : `${head}, from copy ${copy} in ${name(queue)} after copy ${otherCopy} in ${name(otherQueue)}`;
  },
});

function circumstanceOf(facts: Facts, event: EventView): Circumstance | null {
  const promise = promiseFor(facts, event);
  if (promise === 'none') return otherCopyOf(facts, event) === 0 ? 'plain-handler' : 'several-copies';
  if (promise === 'exactly-once') return null;
  if (facts.lateAcknowledgements.has(event.message)) return 'late-acknowledgement';
  if (hasSeveralCopies(facts, event)) return 'several-copies';
  return facts.allowance ?? facts.standard;
}

/** What the handlers promise that may have worked on the message: those of the queue it was sent to, of the one it came from, and of the one where it had its effect before. */
function promiseFor(facts: Facts, { dest, message, messageSlot: slot }: EventView): EffectPromise {
  const { promise } = facts.queue(dest);
  const { messages } = facts;
  if (slot !== NO_SLOT) return facts.queue(messages.queue[slot]!).promise === promise && worksAsOne(facts, dest, messages.effectQueue[slot]!) ? promise : 'none';
  if (fateOf(messages.marks.get(message)) !== Fate.other) return promise;
  // It may have had its effect in a dead-letter queue.
  let isOne = true;
  facts.forEachQueue(({ nameId, contract }) => {
    if ((contract?.handlers.length ?? 0) > 0) isOne &&= worksAsOne(facts, dest, nameId);
  });
  return isOne ? promise : 'none';
}

/** Whether what the handlers of two queues do counts once: rows and inboxes are those of one queue, and idempotent handlers ask one store. */
function worksAsOne(facts: Facts, dest: NameId, other: NameId): boolean {
  if (dest === other) return true;
  const [here, there] = [facts.queue(dest), facts.queue(other)];
  if (here.promise !== there.promise) return false;
  return here.promise !== 'exactly-once' || [here, there].every(({ contract }) => contract!.handlers.every((handler) => handler === 'idempotent'));
}

/** A second copy that sending it stored: no lease ended, and none was too short. */
function otherCopyOf({ messages }: Facts, { messageSlot, copy }: EventView): number {
  if (messageSlot === NO_SLOT || messages.stored[messageSlot]! < 2) return 0;
  const before = messages.effectCopy[messageSlot]!;
  return before === copy ? 0 : before;
}

function hasSeveralCopies({ messages }: Facts, event: EventView): boolean {
  if (event.messageSlot !== NO_SLOT) return messages.stored[event.messageSlot]! > 1;
  return fateOf(messages.marks.get(event.message)) === Fate.several;
}
