import { EventKind, type NameId, OutcomeReason } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import type { Facts } from '../facts/facts.js';
import { MessageFlag, Outcome } from '../facts/message-facts.js';
import { mayBeRefusedInTransaction } from '../facts/refused-in-transaction.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach, Tally } from '../tally.js';
import { counted } from '../words.js';

interface Loss extends Breach {
  readonly producer: NameId;
  readonly okMicros: number;
  /** False: its producer had asked for no confirm. */
  readonly isAsked: boolean;
  readonly what: 'never-stored' | 'unroutable' | 'gone' | 'copy-gone' | 'refused' | 'settled-unasked' | 'not-in-queue';
}

export const ackedSendNotLost = defineInvariant<Loss, 'acked-send-not-lost'>({
  id: 'acked-send-not-lost',
  promise: 'A message whose send was acknowledged stays until a consumer acknowledges it, its owner drops it, or it lies in a dead-letter queue.',
  exercisedBy: 'acknowledged sends, and publishes of which no confirm was asked for',
  create(facts, tally) {
    return {
      on: {
        [EventKind.sendOk]: () => {
          tally.exercised++;
        },
        [EventKind.sendInfo]: (event) => {
          if (event.a === OutcomeReason.unconfirmed && facts.client(event.actor)?.asksNoConfirm === true) tally.exercised++;
        },
      },
      finish: () => judgeAll(facts, tally),
    };
  },
  word({ atMicros, message, queue, producer, okMicros, what, isAsked }, { at, name }) {
    const told = isAsked ? `message ${message} was acknowledged to ${name(producer)} at ${at(okMicros)}` : `message ${message} was published by ${name(producer)} without a confirm at ${at(okMicros)}`;
    if (what === 'refused') return `${told}, and since ${at(atMicros)} it is in no queue: its dead letter was refused`;
    if (what === 'unroutable') return `${told} and stored nowhere: no queue was bound for it at ${name(queue)}`;
    if (what === 'never-stored') return `${told} and never stored in ${name(queue)}`;
    if (what === 'settled-unasked') return `${told} and taken out of ${name(queue)} as acknowledged at ${at(atMicros)}, though no consumer had asked for that`;
    if (what === 'copy-gone') return `${told}, and at ${at(atMicros)} its copy in ${name(queue)} was lost; what became of other copies is no excuse`;
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
    if (messages.outcome[slot] === Outcome.unasked) return judgeUnasked(facts, tally, slot);
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

/** Of a publish without a confirm nobody knows when it is over, but when everything is. */
function judgeUnasked(facts: Facts, tally: Tally<Loss>, slot: number): void {
  if (facts.drain.isComplete && facts.broker.isUp && facts.messages.isMissing(slot)) lost(facts, tally, slot, howItWent(facts, slot));
}

function howItWent({ messages }: Facts, slot: number): Loss['what'] {
  const excuse = messages.excuseOf(slot);
  if (excuse === 'dead-letter-refused') return 'refused';
  if (excuse === 'unroutable') return 'unroutable';
  if (messages.stored[slot] === 0) return 'never-stored';
  const isUnexcused = (messages.flags[slot]! & MessageFlag.lossUnexcused) !== 0;
  if (isUnexcused && (messages.live[slot]! > 0 || (messages.flags[slot]! & (MessageFlag.settled | MessageFlag.dropped)) !== 0)) return 'copy-gone';
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
  const circumstance = excuseFor(facts, slot);
  const atMicros = timeOf(facts, slot, what);
  const isAmongFirst = tally.isAmongFirst(circumstance, atMicros);
  tally.breach(circumstance);
  if (!isAmongFirst) return;
  tally.tell({ atMicros, message: messages.idOf(slot), queue: what === 'copy-gone' ? messages.lostFrom[slot]! : messages.queue[slot]!, producer: messages.producer[slot]!, okMicros: messages.outcomeAt[slot]!, what, isAsked: messages.outcome[slot] === Outcome.ok });
}

function timeOf({ messages, nowMicros }: Facts, slot: number, what: Loss['what']): number {
  if (what === 'never-stored' || what === 'unroutable') return messages.outcomeAt[slot]!;
  if (what === 'copy-gone') return messages.lostAt[slot]!;
  return what === 'not-in-queue' ? nowMicros : messages.goneAt[slot]!;
}

/** What excuses a loss. Of a transaction nobody tells what a quorum queue refused. */
function excuseFor(facts: Facts, slot: number): Circumstance | null {
  return facts.messages.excuseOf(slot) ?? (mayBeRefusedInTransaction(facts, slot) ? 'unconfirmed-publish' : null);
}

function reason(facts: Facts, undecided: number): string {
  const what = counted(undecided, 'acknowledged message');
  if (!facts.broker.isUp) return `The broker was down when the run ended, with ${what} in it.`;
  const when = facts.drain.hasEnded ? 'the drain was given up' : 'the run ended without a drain';
  return `When ${when}, ${what} had neither come out nor been lost.`;
}
