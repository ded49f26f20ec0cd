import { CopyState, NO_DEADLINE_MICROS, type StopCause } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import { CopyFlag, CopyMark, NO_HANDLE } from './copy-facts.js';
import type { Facts } from './facts.js';
import type { RecoveryReport } from './journal-facts.js';
import { MessageFlag } from './message-facts.js';
import { NO_SLOT } from './slot-table.js';
import { storingOf } from './storing.js';
import { addCopy, become, flagMessage, giveAway, noteLoss, place, removeCopy } from './update-copies.js';
import { producerStopped } from './update-messages.js';

/** Polls, faults, recoveries and the end of the run: how they change the facts. */

export function pollWaits(facts: Facts, event: EventView): void {
  const queue = facts.queue(event.dest);
  if (hearsAll(event)) queue.pollers++;
  queue.attendance.set(queue.canServe(facts.broker.isWell), event.time);
}

export function pollEnded(facts: Facts, event: EventView): void {
  const queue = facts.queue(event.dest);
  if (queue.pollers > 0 && hearsAll(event)) queue.pollers--;
  queue.attendance.set(queue.canServe(facts.broker.isWell), event.time);
}

/** A long poll that does not hear of all of a queue's messages need not be served. */
const hearsAll = ({ c: unheardServers }: EventView): boolean => unheardServers === 0;

/** Takes into account that the broker came or went. */
function attend(facts: Facts): void {
  const isWell = facts.broker.isWell;
  facts.broker.note(facts.nowMicros);
  facts.forEachQueue((queue) => queue.attendance.set(queue.canServe(isWell), facts.nowMicros));
}

export function consumerCame(facts: Facts, { dest, peer, time }: EventView): void {
  facts.queue(dest).consumers?.comes(peer, time);
  facts.twiceAcknowledged.comes(peer);
}

export function consumerWent(facts: Facts, { dest, peer, time }: EventView): void {
  facts.queue(dest).consumers?.goes(peer, time);
  facts.twiceAcknowledged.goes(peer);
}

/** The broker closed a channel for something, with all that was under way on it. */
export function channelRefused(facts: Facts, event: EventView): void {
  facts.activity.noteTrouble(facts.names.text(event.actor), event.time);
}

/** A heartbeat was missed, at either end: what the client had said last may not have been heard. */
export function connectionLost(facts: Facts, { actor, peer, time }: EventView): void {
  facts.activity.noteTrouble(facts.names.text(facts.isBroker(actor) ? peer : actor), time);
}

export function ledgerRead(facts: Facts, event: EventView): void {
  facts.queue(event.dest).ledgerTotal = event.a + event.b + event.c;
}

export function faultBegan(facts: Facts, event: EventView): void {
  changeAilments(facts, event, 1);
  if (!facts.isBroker(event.actor)) return;
  facts.broker.faultBegins(facts.names.text(event.b));
  attend(facts);
}

export function faultEnded(facts: Facts, event: EventView): void {
  changeAilments(facts, event, -1);
  if (!facts.isBroker(event.actor)) return;
  facts.broker.faultEnds(facts.names.text(event.b));
  attend(facts);
}

/** A fault ails every machine that it names, on either side of a link. */
function changeAilments(facts: Facts, event: EventView, by: 1 | -1): void {
  for (const side of [event.actor, event.peer]) {
    for (const machine of facts.names.text(side).split('+')) {
      facts.activity.changeAilments(machine, by, event.time);
    }
  }
}

export function nodeStarted(facts: Facts, event: EventView): void {
  facts.activity.starts(event.actor);
}

export function nodeStopped(facts: Facts, event: EventView): void {
  facts.activity.noteTrouble(facts.names.text(event.actor), event.time);
  facts.activity.stops(event.actor);
  if (!facts.isBroker(event.actor)) {
    producerStopped(facts, event.actor);
    facts.lateAcknowledgements.consumerStops(event.actor);
    return;
  }
  facts.broker.stops(event.a as StopCause, event.time);
  forgetConnections(facts);
}

/** Connections died with the broker. */
function forgetConnections(facts: Facts): void {
  facts.forEachQueue((queue) => {
    queue.pollers = 0;
    queue.consumers?.forget();
  });
  attend(facts);
}

export function recoveryBegan(facts: Facts, event: EventView): void {
  if (!facts.isBroker(event.actor)) return;
  const { copies } = facts;
  facts.broker.recoveryBegins();
  facts.lateAcknowledgements.brokerRecovers();
  facts.twiceAcknowledged.allGo();
  forgetConnections(facts);
  copies.forEach((slot) => {
    copies.clear(slot, CopyFlag.confirmed);
    copies.set(slot, CopyFlag.unconfirmed);
  });
}

/** The journal left this copy in this state; whatever was known of it is replaced. */
export function restored(facts: Facts, event: EventView): void {
  const { copies } = facts;
  facts.returns.restored(event);
  const isNew = event.copySlot === NO_SLOT;
  const slot = isNew ? addCopy(facts, event) : event.copySlot;
  if (isNew) facts.queue(event.dest).flows.returned++;
  if (!isNew && copies.queue[slot] !== event.dest) replace(facts, slot, event);
  const { loss } = facts.broker;
  if (loss !== null) {
    facts.allowance = loss;
    copies.set(slot, CopyFlag.shortfallAllowed);
  }
  // The newest lease is lost, or nobody heard of it: which of those before it the journal knows is not told.
  if (event.a < copies.count[slot]! && (loss !== null || !copies.has(slot, CopyFlag.delivered))) copies.handle[slot] = NO_HANDLE;
  // Its lease starts again, and with it the time that it may be extended to.
  copies.grantedAt[slot] = event.time;
  restoreLease(facts, slot, event);
  forgetUnsyncedDelay(facts, slot);
  restoreCount(facts, slot, event.a);
  copies.clear(slot, CopyFlag.unconfirmed);
  copies.set(slot, CopyFlag.confirmed);
}

/** The journal knows it in another queue: a move was not written, or was written and not reported. */
function replace(facts: Facts, slot: number, event: EventView): void {
  const queue = facts.copies.queue[slot]!;
  const { messages } = facts;
  const isBack = facts.copies.source[slot] === event.dest;
  facts.queue(queue).flows.movedOut++;
  facts.queue(event.dest).flows.movedIn++;
  place(facts, slot, event.dest, isBack ? 0 : queue);
  if (!isBack) flagMessage(facts, slot, MessageFlag.deadLettered);
  else if (event.messageSlot !== NO_SLOT) messages.flags[event.messageSlot] = messages.flags[event.messageSlot]! & ~MessageFlag.deadLettered;
}

function restoreLease(facts: Facts, slot: number, event: EventView): void {
  const { copies } = facts;
  copies.promisedUntil[slot] = Math.min(copies.promisedUntil[slot]!, copies.heardUntil[slot]!);
  const wasHeld = copies.isHeld(slot, event.time) && event.time < copies.promisedUntil[slot]! && copies.has(slot, CopyFlag.delivered);
  const end = event.time + event.c;
  become(facts, slot, event.b as CopyState);
  copies.availableAt[slot] = end;
  // It waits to be dead-lettered.
  if (event.b === CopyState.delayed && event.c === NO_DEADLINE_MICROS) copies.delayMicros[slot] = NO_DEADLINE_MICROS;
  if (event.b === CopyState.leased) {
    copies.leaseMicros[slot] = event.c;
    copies.promisedUntil[slot] = wasHeld ? Math.max(copies.promisedUntil[slot]!, end) : end;
    copies.heardUntil[slot] = copies.promisedUntil[slot]!;
  } else if (wasHeld) {
    copies.set(slot, CopyFlag.leaseForgotten);
  }
}

/** That a message which came back was set aside is not told to anyone: what of it was not synced, a recovery need not know. */
function forgetUnsyncedDelay({ copies, broker }: Facts, slot: number): void {
  if (copies.delayedUntil[slot] === 0 || copies.state[slot] === CopyState.delayed) return;
  const begunMicros = copies.delayedUntil[slot]! - copies.delayMicros[slot]!;
  if (begunMicros > copies.storedAt[slot]! && !broker.journal.covers(begunMicros)) copies.delayedUntil[slot] = 0;
}

/** Receives that never reached anyone may be forgotten. */
function restoreCount(facts: Facts, slot: number, count: number): void {
  const { copies } = facts;
  const forgotten = Math.max(0, copies.count[slot]! - count);
  copies.grantsHere[slot] = Math.max(copies.deliveredHere[slot]!, copies.grantsHere[slot]! - forgotten);
  copies.count[slot] = count;
}

export function recoveryEnded(facts: Facts, event: EventView): void {
  if (!facts.isBroker(event.actor)) return;
  const { copies, broker } = facts;
  const report = { truncatedBytes: event.b };
  // Damage of which nothing was said excuses nothing that was found.
  const isSilent = broker.loss === 'corruption' && !broker.journal.hasSaidSo(report);
  const excuseOfConfirmed = isSilent ? CopyFlag.confirmed | CopyFlag.shortfallAllowed : CopyFlag.confirmed;
  copies.forEach((slot) => {
    if (copies.has(slot, CopyFlag.unconfirmed)) vanish(facts, slot, report);
    else copies.clear(slot, excuseOfConfirmed);
  });
  facts.broker.recoveryEnds(event.time);
  attend(facts);
}

/** The journal does not have this copy. With an acknowledgement on its way it may have been settled in the broker's last moment. */
function vanish(facts: Facts, slot: number, report: RecoveryReport): void {
  const { copies, vanishListeners } = facts;
  for (let i = 0; i < vanishListeners.length; i++) vanishListeners[i]!(slot, facts.nowMicros);
  facts.queue(copies.queue[slot]!).flows.vanished++;
  if (copies.has(slot, CopyFlag.ackAsked)) {
    flagMessage(facts, slot, MessageFlag.settled);
    removeCopy(facts, slot, CopyMark.settled);
    return;
  }
  noteVanished(facts, slot, report);
  removeCopy(facts, slot, CopyMark.gone);
}

function noteVanished(facts: Facts, slot: number, report: RecoveryReport): void {
  const { broker, copies, messages } = facts;
  if (facts.durabilityOf(slot).weakness !== null) return giveAway(facts, slot);
  const loss = broker.lossOf(storingOf(facts, slot), facts.nowMicros, report);
  // Nobody waited for it to be written, and what was not written a crash takes.
  if (loss !== null || !facts.isUnasked(slot) || broker.journal.covers(copies.storedAt[slot]!)) return noteLoss(facts, slot, loss);
  messages.noteLoss(messages.find(copies.message[slot]!), 'unconfirmed-publish');
}

export function journalSyncing(facts: Facts, event: EventView): void {
  if (facts.isBroker(event.actor)) facts.broker.journal.syncBegins();
}

/** The journal of the broker was synced; what is told in its own time may be off by the drift of its clock. */
export function journalSynced(facts: Facts, event: EventView): void {
  if (!facts.isBroker(event.actor)) return;
  facts.broker.journal.synced(event.time - event.c - facts.driftMicros(event.c), event.time);
}

/** A recovery found damage. It may have been a checkpoint, of which nobody can say what was in it. */
export function corruptionFound(facts: Facts, event: EventView): void {
  if (facts.isBroker(event.actor)) facts.broker.journal.corruptionReported(event.a, event.c < 0 ? Infinity : event.c);
}

export function drainBegan(facts: Facts, event: EventView): void {
  facts.drain.hasBegun = true;
  facts.drain.beganMicros = event.time;
  facts.broker.storageStops = 0;
  facts.activity.failures = 0;
  facts.forEachQueue((queue) => {
    queue.settledBeforeDrain = queue.flows.settled;
  });
}

export function drainEnded(facts: Facts, event: EventView): void {
  const isFirst = !facts.drain.hasEnded;
  facts.drain.hasEnded = true;
  facts.drain.isComplete = event.a !== 0 && (isFirst || facts.drain.isComplete);
  facts.unasked.end();
}
