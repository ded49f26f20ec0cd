import { CopyState, DropReason, EventKind, MoveReason } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import type { EventView } from '../event-view.js';
import { type CopyFacts, CopyFlag, CopyMark } from './copy-facts.js';
import type { Facts } from './facts.js';
import { MessageFlag, UNKNOWN_BYTES } from './message-facts.js';
import type { QueueFacts } from './queue-facts.js';
import { mayBeReceivedAgain } from './renewed-receive.js';
import { NO_SLOT } from './slot-table.js';
import { wasAnswered } from './storing.js';
import { closeMessageIfOver } from './update-messages.js';

/** What the broker's state machine did with a copy: how it changes the facts. */

export function accepted(facts: Facts, event: EventView): void {
  const { copies } = facts;
  facts.returns.stored(event);
  if (event.copySlot !== NO_SLOT) removeCopy(facts, event.copySlot, CopyMark.gone);
  // An id that a crash lost may be given again.
  const wasGiven = copies.marks.get(event.copy) !== 0;
  if (wasGiven) copies.marks.set(event.copy, 0);
  const queue = facts.queue(event.dest);
  const slot = addCopy(facts, event);
  if (wasGiven && facts.broker.forgotIds !== null) copies.set(slot, CopyFlag.idRepeated);
  const isDelayed = event.a > 0;
  if (isDelayed) delay(copies, slot, event.time, event.a);
  copies.availableAt[slot] = event.time + event.a;
  if (isDelayed) become(facts, slot, CopyState.delayed);
  queue.flows.accepted++;
  noteStored(facts, event, slot);
}

function noteStored(facts: Facts, event: EventView, copySlot: number): void {
  const { messages, copies } = facts;
  const slot = messages.find(event.message);
  messages.forgetGivenAway(slot);
  if (messages.redrives[slot]! > 0) {
    messages.redrives[slot]!--;
    copies.set(copySlot, CopyFlag.redriven);
    const isDying = (messages.flags[slot]! & MessageFlag.dying) !== 0;
    messages.flags[slot] = isDying ? messages.flags[slot]! & (messages.redrives[slot] === 0 ? ~MessageFlag.dying : ~0) : messages.flags[slot]! & ~MessageFlag.deadLettered;
  } else if (event.dest !== messages.queue[slot] && !facts.isExchange(messages.queue[slot]!)) {
    messages.flags[slot] = messages.flags[slot]! | MessageFlag.deadLettered;
  } else {
    messages.stored[slot]!++;
    facts.unasked.arrived(messages.producer[slot]!, event.message);
  }
}

/** A send was a repetition: what it asked to store is the copy of another send, unless it is its own. */
export function deduplicated(facts: Facts, event: EventView): void {
  const { messages, copies } = facts;
  const isOwn = event.copySlot !== NO_SLOT && copies.message[event.copySlot] === event.message;
  if (event.messageSlot !== NO_SLOT && !isOwn) messages.flags[event.messageSlot] = messages.flags[event.messageSlot]! | MessageFlag.absorbed;
}

/** A copy takes its place in its group. */
export function placed(facts: Facts, event: EventView): void {
  if (event.copySlot !== NO_SLOT && !isMisplaced(facts, event)) facts.groups.join(event.copySlot, event.dest, event.peer, event.a, event.time);
}

/** A copy that was over is ready again. */
export function reappeared(facts: Facts, event: EventView): void {
  if (event.copySlot !== NO_SLOT) return;
  const slot = addCopy(facts, event);
  facts.copies.count[slot] = event.a;
  facts.queue(event.dest).flows.returned++;
}

/** A slot for a copy that was not stored, ready in the event's queue. */
export function addCopy(facts: Facts, event: EventView): number {
  const message = facts.messages.slotFor(event.message, event.dest, facts.queue(event.dest).isEffectFirst);
  facts.messages.live[message]!++;
  const slot = facts.copies.open(event.copy, event.message, event.dest, event.time);
  changeCount(facts, facts.queue(event.dest), slot, CopyState.ready, 1);
  return slot;
}

/** Takes a copy out; its message may be over now. */
export function removeCopy(facts: Facts, slot: number, mark: CopyMark): void {
  const { copies, messages } = facts;
  const message = messages.find(copies.message[slot]!);
  const queue = facts.queue(copies.queue[slot]!);
  letGo(facts, queue, slot);
  changeCount(facts, queue, slot, copies.state[slot]! as CopyState, -1);
  facts.groups.leave(slot, facts.nowMicros);
  copies.close(slot, mark);
  if (message === NO_SLOT) return;
  messages.live[message]!--;
  messages.goneAt[message] = facts.nowMicros;
  closeMessageIfOver(facts, message);
}

export function become(facts: Facts, slot: number, state: CopyState): void {
  const { copies } = facts;
  const old = copies.state[slot]! as CopyState;
  if (old === state) return;
  const queue = facts.queue(copies.queue[slot]!);
  letGo(facts, queue, slot);
  changeCount(facts, queue, slot, old, -1);
  changeCount(facts, queue, slot, state, 1);
  copies.state[slot] = state;
}

/** Whoever holds it, if anybody does, holds it no more. */
function letGo({ copies, nowMicros }: Facts, { consumers }: QueueFacts, slot: number): void {
  if (consumers !== null && copies.state[slot] === CopyState.leased) consumers.letsGo(copies.holder[slot]!, nowMicros);
}

/** A copy comes to a state in its queue, or leaves it. */
function changeCount(facts: Facts, queue: QueueFacts, slot: number, state: CopyState, by: 1 | -1): void {
  queue.change(state, by, facts.nowMicros, queue.countsBytes ? sizeOf(facts, slot) : 0);
  if (state === CopyState.ready && by === 1 && queue.ready === 1) queue.readySince = facts.nowMicros;
  // Room for a lease may have come or gone, or a part of a FIFO queue come into sight.
  if ((state === CopyState.leased || queue.isFifo) && queue.pollers > 0) queue.attendance.set(queue.canServe(facts.broker.isWell), facts.nowMicros);
}

function sizeOf({ copies, messages }: Facts, copySlot: number): number {
  const slot = messages.find(copies.message[copySlot]!);
  return slot === NO_SLOT ? UNKNOWN_BYTES : messages.sizeBytes[slot]!;
}

/** True when an event speaks of a copy in a queue where it no longer is: what it says of the copy does not count. */
export function isMisplaced(facts: Facts, event: EventView): boolean {
  return event.copySlot !== NO_SLOT && facts.copies.queue[event.copySlot] !== event.dest;
}

export function leaseGranted(facts: Facts, event: EventView): void {
  if (isMisplaced(facts, event)) return;
  const { copies } = facts;
  const slot = event.copySlot !== NO_SLOT ? event.copySlot : addCopy(facts, event);
  if (copies.isHeld(slot, event.time)) {
    copies.set(slot, CopyFlag.tangled);
    letGo(facts, facts.queue(event.dest), slot);
  }
  become(facts, slot, CopyState.leased);
  facts.queue(event.dest).consumers?.takes(event.peer, event.time);
  copies.clear(slot, CopyFlag.delivered | CopyFlag.waitsAgain | CopyFlag.leaseForgotten);
  copies.count[slot] = event.b;
  copies.grantsHere[slot]!++;
  noteHandle(facts, slot, event.a);
  copies.holder[slot] = event.peer;
  copies.grantedAt[slot] = event.time;
  copies.leaseMicros[slot] = event.c;
  copies.availableAt[slot] = event.time + event.c;
  copies.promisedUntil[slot] = event.time + event.c;
}

function noteHandle({ copies, broker }: Facts, slot: number, handle: number): void {
  if (handle > copies.newestHandle[slot]!) {
    copies.newestHandle[slot] = handle;
    copies.clear(slot, CopyFlag.handleRepeated);
  } else if (broker.shortfall !== null) copies.set(slot, CopyFlag.handleRepeated);
  copies.handle[slot] = handle;
}

/** The lease now ends `c` from here. It was promised for no less than what a consumer asked for, if one did and this is what came of it. */
export function leaseExtended(facts: Facts, event: EventView): void {
  const slot = event.copySlot;
  if (slot === NO_SLOT || isMisplaced(facts, event)) return;
  const { copies } = facts;
  become(facts, slot, CopyState.leased);
  copies.clear(slot, CopyFlag.waitsAgain);
  const asked = copies.shortestAsked[slot]!;
  const end = event.time + event.c;
  copies.leaseMicros[slot] = event.c;
  copies.availableAt[slot] = end;
  if (mayBeReceivedAgain(facts, event)) copies.promisedUntil[slot] = end;
  else copies.promisedUntil[slot] = asked === Infinity ? Math.max(copies.promisedUntil[slot]!, end) : Math.max(end, event.time + asked);
}

/** The lease ended by its deadline, or because it was given back. */
export function leaseEnded(facts: Facts, event: EventView): void {
  if (event.kind === EventKind.leaseExpire) facts.returns.expired(event);
  else facts.returns.released(event);
  const slot = event.copySlot;
  if (slot === NO_SLOT || isMisplaced(facts, event)) return;
  const { copies } = facts;
  become(facts, slot, CopyState.ready);
  copies.set(slot, CopyFlag.waitsAgain);
  copies.availableAt[slot] = event.time;
  copies.expiredAt[slot] = event.kind === EventKind.leaseExpire ? event.time : -1;
}

/** A ready copy waits. */
export function setAside(facts: Facts, event: EventView): void {
  const slot = event.copySlot;
  if (slot === NO_SLOT || isMisplaced(facts, event)) return;
  const { copies } = facts;
  become(facts, slot, CopyState.delayed);
  copies.clear(slot, CopyFlag.waitsAgain);
  copies.availableAt[slot] = event.time + event.c;
  delay(copies, slot, event.time, event.c);
}

function delay(copies: CopyFacts, slot: number, atMicros: number, delayMicros: number): void {
  copies.delayedUntil[slot] = atMicros + delayMicros;
  copies.delayMicros[slot] = delayMicros;
}

export function settled(facts: Facts, event: EventView): void {
  facts.returns.gone(event);
  const queue = facts.queue(event.dest);
  if (queue.promise === 'at-most-once') facts.lateAcknowledgements.settled(event.a);
  const slot = event.copySlot;
  if (slot === NO_SLOT || isMisplaced(facts, event)) return;
  queue.flows.settled++;
  const isAsked = facts.copies.has(slot, CopyFlag.ackAsked) || queue.contract?.push?.isAutomatic === true;
  flagMessage(facts, slot, isAsked ? MessageFlag.settled : MessageFlag.settledUnasked);
  if (!isAsked && facts.copies.has(slot, CopyFlag.idRepeated)) noteLoss(facts, slot, facts.broker.forgotIds);
  removeCopy(facts, slot, facts.copies.has(slot, CopyFlag.acknowledged) ? CopyMark.acknowledged : CopyMark.settled);
}

export function dropped(facts: Facts, event: EventView): void {
  facts.returns.gone(event);
  const slot = event.copySlot;
  if (slot === NO_SLOT || isMisplaced(facts, event)) return;
  facts.queue(event.dest).flows.dropped++;
  if (event.a === DropReason.corrupt) noteLoss(facts, slot, facts.broker.loss);
  else if (event.a === DropReason.restart) giveAway(facts, slot);
  else flagMessage(facts, slot, MessageFlag.dropped);
  removeCopy(facts, slot, CopyMark.gone);
}

export function flagMessage(facts: Facts, copySlot: number, flag: number): void {
  const { messages } = facts;
  const slot = messages.find(facts.copies.message[copySlot]!);
  if (slot !== NO_SLOT) messages.flags[slot] = messages.flags[slot]! | flag;
}

/** A copy is lost: notes what excuses that, or that nothing does. */
export function noteLoss(facts: Facts, copySlot: number, loss: Circumstance | null): void {
  if (loss === null) return noteUnexcused(facts, copySlot);
  const slot = facts.messages.find(facts.copies.message[copySlot]!);
  if (slot !== NO_SLOT) facts.messages.noteLoss(slot, loss);
  facts.allowance = loss;
}

/** A restart takes a copy, because of the settings of its queue or of its message: the last one that is there counts. */
export function giveAway(facts: Facts, copySlot: number): void {
  const row = facts.durabilityOf(copySlot);
  const weakness = row.weakness === null ? null : facts.broker.lossUnder(row);
  if (weakness === null) return noteUnexcused(facts, copySlot);
  const slot = facts.messages.find(facts.copies.message[copySlot]!);
  if (slot !== NO_SLOT && facts.messages.live[slot] === 1) facts.messages.noteLoss(slot, weakness);
}

/** What its producer was told of must not go, whatever becomes of other copies, unless these are of other attempts. */
function noteUnexcused(facts: Facts, copySlot: number): void {
  const slot = facts.messages.find(facts.copies.message[copySlot]!);
  if (wasAnswered(facts, copySlot) && facts.messages.attempts[slot] === 1) facts.messages.noteUnexcused(slot, facts.copies.queue[copySlot]!, facts.nowMicros);
}

export function moved(facts: Facts, event: EventView): void {
  facts.returns.gone(event);
  const slot = event.copySlot;
  if (slot === NO_SLOT || isMisplaced(facts, event)) return;
  facts.queue(event.dest).flows.movedOut++;
  if (event.b !== MoveReason.limit) {
    const { messages } = facts;
    if (event.messageSlot !== NO_SLOT) messages.redrives[event.messageSlot] = messages.redrives[event.messageSlot]! + (event.b === MoveReason.redrive ? 1 : event.c);
    // A letter that was kept until it was confirmed is where it went to.
    if (event.b !== MoveReason.redrive) flagMessage(facts, slot, MessageFlag.deadLettered | (event.c > 0 ? MessageFlag.dying : 0));
    removeCopy(facts, slot, CopyMark.gone);
    return;
  }
  facts.queue(event.peer).flows.movedIn++;
  place(facts, slot, event.peer, event.dest);
  flagMessage(facts, slot, MessageFlag.deadLettered);
}

/** Puts a copy into another queue, where it is ready and was never handed out. */
export function place(facts: Facts, slot: number, queue: number, source: number): void {
  const { copies } = facts;
  const from = facts.queue(copies.queue[slot]!);
  letGo(facts, from, slot);
  changeCount(facts, from, slot, copies.state[slot]! as CopyState, -1);
  facts.groups.leave(slot, facts.nowMicros);
  copies.queue[slot] = queue;
  changeCount(facts, facts.queue(queue), slot, CopyState.ready, 1);
  copies.source[slot] = source;
  copies.state[slot] = CopyState.ready;
  copies.grantsHere[slot] = 0;
  copies.deliveredHere[slot] = 0;
  copies.availableAt[slot] = facts.nowMicros;
  copies.acceptedAt[slot] = facts.nowMicros;
  copies.clear(slot, CopyFlag.waitsAgain | CopyFlag.leaseForgotten);
  if (source === 0) copies.clear(slot, CopyFlag.moved);
  else copies.set(slot, CopyFlag.moved);
}
