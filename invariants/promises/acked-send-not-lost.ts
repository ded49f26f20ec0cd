import { EventKind, type NameId } from '../../history/index.js';
import type { Facts } from '../facts/facts.js';
import { MessageFlag, Outcome } from '../facts/message-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach, Tally } from '../tally.js';
import { counted } from '../words.js';

interface Loss extends Breach {
  readonly producer: NameId;
  readonly okMicros: number;
  readonly what: 'never-stored' | 'gone' | 'settled-unasked' | 'not-in-queue';
}

export const ackedSendNotLost = defineInvariant<Loss, 'acked-send-not-lost'>({
  id: 'acked-send-not-lost',
  promise: 'A message whose send was acknowledged stays until a consumer acknowledges it, its owner drops it, or it lies in a dead-letter queue.',
  exercisedBy: 'acknowledged sends',
  create(facts, tally) {
    return {
      on: {
        [EventKind.sendOk]: () => {
          tally.exercised++;
        },
      },
      finish: () => judgeAll(facts, tally),
    };
  },
  word({ atMicros, message, queue, producer, okMicros, what }, { at, name }) {
    const told = `message ${message} was acknowledged to ${name(producer)} at ${at(okMicros)}`;
    if (what === 'never-stored') return `${told} and never stored in ${name(queue)}`;
    if (what === 'settled-unasked') return `${told} and taken out of ${name(queue)} as acknowledged at ${at(atMicros)}, though no consumer had asked for that`;
    if (what === 'gone') return `${told}, and since ${at(atMicros)} no copy of it is left, though no consumer had acknowledged it`;
    return `${told} and never taken out of ${name(queue)}, but the broker says that ${name(queue)} is empty`;
  },
});

/** Jepsen's total-queue: lost is what was acknowledged, is not there any more and was not taken out properly. */
function judgeAll(facts: Facts, tally: Tally<Loss>): void {
  const { messages } = facts;
  const unaccounted = copiesInEmptyQueues(facts);
  let undecided = 0;
  messages.forEach((slot) => {
    if (messages.outcome[slot] !== Outcome.ok) return;
    const flags = messages.flags[slot]!;
    const live = messages.live[slot]!;
    if (messages.isMissing(slot)) lost(facts, tally, slot, howItWent(facts, slot));
    else if ((flags & (MessageFlag.settled | MessageFlag.dropped)) !== 0 || live === 0) return;
    else if (unaccounted.get(slot) === live) lost(facts, tally, slot, 'not-in-queue');
    else if (!facts.broker.isUp || (flags & MessageFlag.deadLettered) === 0) undecided++;
  });
  if (undecided > 0 && !(facts.drain.isComplete && facts.broker.isUp)) tally.undecided = reason(facts, undecided);
}

function howItWent({ messages }: Facts, slot: number): Loss['what'] {
  if (messages.stored[slot] === 0) return 'never-stored';
  return (messages.flags[slot]! & MessageFlag.settledUnasked) !== 0 ? 'settled-unasked' : 'gone';
}

/** How many copies of each message are in queues that the broker says are empty, by slot of the message. */
function copiesInEmptyQueues(facts: Facts): Map<number, number> {
  const { copies, messages } = facts;
  const found = new Map<number, number>();
  copies.forEach((slot) => {
    if (facts.queue(copies.queue[slot]!).ledgerTotal !== 0) return;
    const message = messages.find(copies.message[slot]!);
    if (message !== NO_SLOT) found.set(message, (found.get(message) ?? 0) + 1);
  });
  return found;
}

function lost(facts: Facts, tally: Tally<Loss>, slot: number, what: Loss['what']): void {
  const { messages } = facts;
  const circumstance = (messages.flags[slot]! & MessageFlag.lossAllowed) !== 0 ? facts.allowance : null;
  const okMicros = messages.outcomeAt[slot]!;
  const atMicros = what === 'never-stored' ? okMicros : what === 'not-in-queue' ? facts.nowMicros : messages.goneAt[slot]!;
  const isAmongFirst = tally.isAmongFirst(circumstance, atMicros);
  tally.breach(circumstance);
  if (!isAmongFirst) return;
  tally.tell({ atMicros, message: messages.idOf(slot), queue: messages.queue[slot]!, producer: messages.producer[slot]!, okMicros, what });
}

function reason(facts: Facts, undecided: number): string {
  const what = counted(undecided, 'acknowledged message');
  if (!facts.broker.isUp) return `The broker was down when the run ended, with ${what} in it.`;
  const when = facts.drain.hasEnded ? 'the drain was given up' : 'the run ended without a drain';
  return `When ${when}, ${what} had neither come out nor been lost.`;
}
