import { EventKind, HandleResult, OutcomeReason } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import { CopyFlag, CopyMark } from './copy-facts.js';
import type { Facts } from './facts.js';
import { MessageFlag, Outcome } from './message-facts.js';
import { NO_SLOT } from './slot-table.js';

/** What clients ask and learn: how it changes the facts. */

export function sendInvoked(facts: Facts, event: EventView): void {
  const { messages } = facts;
  let slot = event.messageSlot;
  if (slot === NO_SLOT) slot = messages.open(event.message, event.dest, event.actor, event.b, event.c);
  messages.flags[slot] = messages.flags[slot]! | MessageFlag.sent;
  messages.key[slot] = event.peer;
}

export function sendAttempted(facts: Facts, event: EventView): void {
  const { messages } = facts;
  if (event.b === 1) sentAnew(facts, event);
  else if (event.messageSlot !== NO_SLOT) messages.attempts[event.messageSlot] = Math.max(messages.attempts[event.messageSlot]!, event.a);
}

/** A program gives a message to its client once more. That an earlier send failed is forgotten; what is known or unknown of copies is not. */
function sentAnew({ messages }: Facts, event: EventView): void {
  if (event.messageSlot === NO_SLOT && !messages.hasFailed(event.message, NO_SLOT)) return;
  const slot = messages.slotFor(event.message, event.dest);
  messages.producer[slot] = event.actor;
  messages.attempts[slot] = Math.max(messages.attempts[slot]!, event.a);
  messages.flags[slot] = messages.flags[slot]! | MessageFlag.sentAnew;
  if (messages.outcome[slot] === Outcome.failed) messages.outcome[slot] = Outcome.pending;
}

export function sendEnded(facts: Facts, event: EventView): void {
  const slot = event.messageSlot;
  if (slot === NO_SLOT) return;
  const outcome = outcomeOf(facts, event);
  // Of a message that was sent before, a failure says nothing about what may be stored.
  const before = facts.messages.outcome[slot];
  const isAnew = (facts.messages.flags[slot]! & MessageFlag.sentAnew) !== 0;
  if (isAnew && outcome !== Outcome.ok && before !== Outcome.pending && before !== Outcome.failed) return;
  facts.messages.outcome[slot] = outcome;
  // What was sent anew may be known by its copy alone.
  if (facts.messages.producer[slot] === 0) facts.messages.producer[slot] = event.actor;
  facts.messages.outcomeAt[slot] = event.time;
  if (outcome === Outcome.unasked) facts.unasked.written(event.actor, event.message, event.time);
  closeMessageIfOver(facts, slot);
}

/** A program that asks for no confirm counts on what it has written. */
function outcomeOf(facts: Facts, { kind, a, actor }: EventView): Outcome {
  if (kind === EventKind.sendOk) return Outcome.ok;
  if (kind === EventKind.sendFail) return Outcome.failed;
  return a === OutcomeReason.unconfirmed && facts.client(actor)?.asksNoConfirm === true ? Outcome.unasked : Outcome.unknown;
}

/** No queue was bound for it. What comes back is its producer's affair, and of the rest its settings say whether that may be. */
export function notRouted(facts: Facts, event: EventView): void {
  const { messages } = facts;
  const slot = event.messageSlot;
  if (slot === NO_SLOT) return;
  facts.unasked.arrived(messages.producer[slot]!, event.message);
  if (event.a !== 0) messages.flags[slot] = messages.flags[slot]! | MessageFlag.dropped;
  else if (messages.live[slot] === 0 && facts.client(messages.producer[slot]!)?.mayMissQueues === true) messages.noteLoss(slot, 'unroutable');
  closeMessageIfOver(facts, slot);
}

/** A producer died: what it had not heard of, nobody will ever know. */
export function producerStopped(facts: Facts, producer: number): void {
  const { messages } = facts;
  messages.forEach((slot) => {
    if (messages.producer[slot] !== producer || messages.outcome[slot] !== Outcome.pending) return;
    messages.outcome[slot] = Outcome.unknown;
    closeMessageIfOver(facts, slot);
  });
}

export function closeMessageIfOver(facts: Facts, slot: number): void {
  const { messages } = facts;
  messages.closeIfOver(slot, facts.queue(messages.queue[slot]!).promise === 'exactly-once');
}

export function delivered(facts: Facts, event: EventView): void {
  const { messages, copies } = facts;
  if (event.messageSlot !== NO_SLOT) messages.flags[event.messageSlot] = messages.flags[event.messageSlot]! | MessageFlag.delivered;
  const slot = event.copySlot;
  if (slot === NO_SLOT || copies.handle[slot] !== event.a || copies.has(slot, CopyFlag.delivered)) return;
  copies.set(slot, CopyFlag.delivered);
  copies.heardUntil[slot] = copies.promisedUntil[slot]!;
  copies.deliveredCount[slot] = Math.max(copies.deliveredCount[slot]!, event.b);
  copies.deliveredHere[slot]!++;
}

export function hadEffect(facts: Facts, event: EventView): void {
  if (event.b !== 0) facts.messages.addEffect(event.message, event.messageSlot, event.copy, event.dest);
}

export function workBegan(facts: Facts, event: EventView): void {
  facts.activity.work(event.actor, 1);
}

export function workEnded(facts: Facts, event: EventView): void {
  facts.activity.work(event.actor, -1);
  if (event.b === HandleResult.failed) facts.activity.failures++;
}

/** A consumer knows that its lease was extended, for so long from a moment before now. */
export function extensionConfirmed(facts: Facts, event: EventView): void {
  const { copies } = facts;
  const slot = event.copySlot;
  if (slot === NO_SLOT || copies.handle[slot] !== event.a) return;
  copies.heardUntil[slot] = Math.min(copies.promisedUntil[slot]!, event.time + event.b);
}

/** The message may come back so much later. */
export function nackConfirmed(facts: Facts, event: EventView): void {
  settlementEnded(facts, event);
  extensionConfirmed(facts, event);
}

/** A consumer knows what became of its acknowledgement or negative acknowledgement. */
export function settlementEnded(facts: Facts, event: EventView): void {
  facts.activity.settle(event.actor, -1);
}

/** Of an acknowledgement that nobody answers, or one whose outcome is not known. */
export function ackUnanswered(facts: Facts, event: EventView): void {
  ackEndedOtherwise(facts, event);
  if (event.b === OutcomeReason.unconfirmed) facts.twiceAcknowledged.acknowledged(event.actor, event.a);
}

export function nackUnanswered(facts: Facts, event: EventView): void {
  settlementEnded(facts, event);
  facts.twiceAcknowledged.said(event.actor, event.a);
}

/** Of an acknowledgement without an outcome, or one that failed. */
export function ackEndedOtherwise(facts: Facts, event: EventView): void {
  settlementEnded(facts, event);
  facts.lateAcknowledgements.endedOtherwise(event.a);
}

export function ackInvoked(facts: Facts, event: EventView): void {
  facts.activity.settle(event.actor, 1);
  if (facts.queue(event.dest).promise === 'at-most-once') facts.lateAcknowledgements.asked(event.a, event.actor);
  if (event.copySlot === NO_SLOT) return;
  facts.copies.set(event.copySlot, CopyFlag.ackAsked);
  facts.copies.askedWith[event.copySlot] = event.a;
  facts.copies.askedAt[event.copySlot] = event.time;
}

export function ackConfirmed(facts: Facts, event: EventView): void {
  settlementEnded(facts, event);
  const { copies } = facts;
  if (facts.queue(event.dest).promise === 'at-most-once') facts.lateAcknowledgements.confirmed(event.a, event.message);
  if (event.copySlot !== NO_SLOT) {
    if (ackHolds(facts, event)) copies.set(event.copySlot, CopyFlag.acknowledged);
  } else if (copies.marks.get(event.copy) === CopyMark.settled) {
    copies.marks.set(event.copy, CopyMark.acknowledged);
  }
}

/**
 * True when a confirmed acknowledgement was made with a valid handle: the copy is settled, or its lease runs to this day, so
 * that the handle was valid whenever the broker looked at it. A confirmation for an ended lease says nothing: SQS confirms
 * what it then ignores.
 */
export function ackHolds(facts: Facts, event: EventView): boolean {
  const { copies } = facts;
  const slot = event.copySlot;
  if (slot === NO_SLOT) return copies.marks.get(event.copy) === CopyMark.settled;
  return copies.handle[slot] === event.a && copies.isHeld(slot, event.time);
}

export function nackInvoked(facts: Facts, event: EventView): void {
  facts.activity.settle(event.actor, 1);
  timeoutAsked(facts, event);
}

/** Extend or negative acknowledge: a consumer allows its lease to end this soon. */
export function timeoutAsked(facts: Facts, event: EventView): void {
  const { copies } = facts;
  const slot = event.copySlot;
  if (slot === NO_SLOT) return;
  copies.shortestAsked[slot] = Math.min(copies.shortestAsked[slot]!, event.b);
  copies.longestAsked[slot] = Math.max(copies.longestAsked[slot]!, event.b);
  if (event.b === 0) copies.set(slot, CopyFlag.releaseAsked);
}
