import { DropReason, EventKind, type HandleState, MoveReason, type NameId } from '../../history/index.js';
import type { QueueContext } from './context.js';
import { deduplicationKey } from './deduplication-key.js';
import type { Ghost } from './ghosts.js';
import type { MessageProperties } from './message-properties.js';
import type { QueueState } from './queue-state.js';
import { handleOf, isSerialMark, MAX_SERIAL } from './receipt-handle.js';
import { Event, State } from './states.js';

/** Mutant `dead-letter-in-two-steps`: how long the second step takes. */
const SECOND_STEP_MICROS = 50_000;

/** Mutant `delete-missed-by-replica`: the first delete of every sixteenth message. */
function isMissed(messageId: number, serial: number): boolean {
  return serial === 1 && messageId % 16 === 0;
}

/**
 * Everything that can happen to a message of a running queue. Each method writes the change to the journal, makes it in
 * memory and reports it, in this order; none of them asks whether it should happen.
 */
export class Transitions {
  readonly state: QueueState;
  /** The queue's name in the history. */
  readonly nameId: NameId;
  readonly #context: QueueContext;

  constructor(state: QueueState, context: QueueContext) {
    this.state = state;
    this.nameId = context.sink.name(state.name);
    this.#context = context;
  }

  /** A new message; returns its id. */
  accept(body: Uint8Array, trace: number, properties: MessageProperties | null, delayMicros: number, sentWall: number, now: number): number {
    const { ids, journal } = this.#context;
    const id = ids.next();
    if (properties === null) journal.enqueue(this.state.number, id, trace, sentWall, delayMicros, body);
    else journal.enqueueWith(this.state.number, id, trace, sentWall, delayMicros, properties, body);
    const slot = this.state.add(id, trace, body, properties, sentWall, delayMicros, now);
    this.#emit(EventKind.accept, 0, slot, delayMicros, body.length, 0);
    if (properties !== null) {
      this.state.rememberSend(id, properties, now, sentWall);
      this.#emitPlace(slot);
    }
    return id;
  }

  /** A deleted message is ready again. It is in the journal no more, and no record of it will change anything: a restart forgets it. */
  reappear(ghost: Ghost): void {
    const { store } = this.#context;
    const slot = this.state.add(ghost.messageId, ghost.trace, ghost.body, ghost.properties, ghost.sentWall, 0, 0);
    store.count[slot] = ghost.count;
    store.serial[slot] = ghost.serial;
    store.receivedAt[slot] = ghost.receivedAt;
    this.#emit(EventKind.reappear, 0, slot, ghost.count, 0, 0);
  }

  /** A send was a repetition of one that had been accepted as message `messageId`; nothing is stored. */
  deduplicate(trace: number, messageId: number, group: string | null, deduplicationId: string, ageMicros: number): void {
    const { sink, actor } = this.#context;
    sink.emit(EventKind.deduplicate, actor, group === null ? 0 : sink.name(group), this.nameId, trace, messageId, deduplicationKey(deduplicationId), ageMicros, 0);
  }

  grant(slot: number, timeoutMicros: number, consumer: NameId, now: number): void {
    const { store, journal, clock, mutations } = this.#context;
    const serial = Math.min(Math.max(store.serial[slot] as number, store.serialFloor[slot] as number) + 1, MAX_SERIAL);
    if (isSerialMark(serial)) this.#context.serials.isRunningLow = true;
    const count = (store.count[slot] as number) + 1;
    const id = store.messageId[slot] as number;
    journal.lease(id, serial, mutations.countNotJournalled ? 0 : count, timeoutMicros);
    if (count === 1) store.firstReceivedWall[slot] = clock.wallMicros();
    this.state.lease(slot, serial, count, timeoutMicros, now);
    this.#emit(EventKind.leaseGrant, consumer, slot, handleOf(id, serial), count, timeoutMicros);
  }

  extend(slot: number, timeoutMicros: number, now: number): void {
    const { store, journal, mutations } = this.#context;
    journal.extend(store.messageId[slot] as number, timeoutMicros);
    this.state.extend(slot, mutations.extendInMilliseconds ? Math.ceil(timeoutMicros / 1000) : timeoutMicros, now);
    this.#emit(EventKind.leaseExtend, 0, slot, this.#newestHandle(slot), 0, timeoutMicros);
  }

  release(slot: number): void {
    const { store, journal, mutations } = this.#context;
    journal.ready(store.messageId[slot] as number, Event.release);
    this.state.makeReady(slot, Event.release);
    this.#emit(EventKind.leaseRelease, 0, slot, this.#newestHandle(slot), 0, 0);
    if (mutations.releaseResetsCount) store.count[slot] = 0;
  }

  expire(slot: number): void {
    const { store, journal } = this.#context;
    journal.ready(store.messageId[slot] as number, Event.expire);
    this.state.makeReady(slot, Event.expire);
    this.#emit(EventKind.leaseExpire, 0, slot, this.#newestHandle(slot), 0, 0);
  }

  mature(slot: number): void {
    this.#context.journal.ready(this.#context.store.messageId[slot] as number, Event.mature);
    this.state.makeReady(slot, Event.mature);
  }

  settle(slot: number, handle: number, standing: HandleState): void {
    const { store, journal, mutations } = this.#context;
    if (!mutations.deleteNotJournalled) journal.settle(store.messageId[slot] as number);
    if (mutations.deduplicationForgottenAtDelete) this.state.forgetSend(slot);
    this.#emit(EventKind.settle, 0, slot, handle, standing, 0);
    if (mutations.deleteMissedByReplica && isMissed(store.messageId[slot] as number, store.serial[slot] as number)) return;
    this.state.remove(slot);
  }

  drop(slot: number, reason: DropReason): void {
    const { store, journal, mutations } = this.#context;
    journal.drop(store.messageId[slot] as number);
    this.#emit(EventKind.drop, 0, slot, reason, 0, 0);
    if (mutations.dropUndone && store.state[slot] === State.ready) {
      const { ages, settings } = this.state;
      const sentWall = store.age.key[slot] as number;
      ages.remove(slot);
      ages.add(slot, sentWall + settings.retentionMicros);
      return;
    }
    const forget = mutations.retentionForgetsInFlight && store.state[slot] === State.leased;
    this.state.remove(slot);
    if (forget) this.state.leasedCount++;
  }

  /** Drops them all with one record, and forgets what was sent under which deduplication id. */
  purge(): void {
    this.#context.journal.purge(this.state.number);
    this.#dropAll(DropReason.purge);
  }

  /** Drops them all, and the queue with them. */
  deleteQueue(deletedWall: number): void {
    this.#context.journal.queueDelete(this.state.number, deletedWall);
    this.#dropAll(DropReason.queueDeleted);
    this.state.isDeleted = true;
    this.state.deletedWall = deletedWall;
  }

  #dropAll(reason: DropReason): void {
    this.state.deduplication?.clear();
    const slots: number[] = [];
    this.state.forEach((slot) => slots.push(slot));
    for (const slot of slots) {
      this.#emit(EventKind.drop, 0, slot, reason, 0, 0);
      this.state.remove(slot);
    }
  }

  /** To the dead-letter queue, with id, body, properties and count. */
  deadLetter(slot: number, target: Transitions, now: number): void {
    const { store, mutations } = this.#context;
    const sentWall = store.age.key[slot] as number;
    this.#moveTo(slot, target);
    if (mutations.countRestartsInDeadLetterQueue) store.count[slot] = 0;
    if (mutations.deadLetterCopiedTwice) {
      target.accept(store.body[slot] as Uint8Array, store.trace[slot] as number, store.propertiesOf(slot), 0, sentWall, now);
    }
  }

  /** Mutant `dead-letter-in-two-steps`: out of one queue now, into the other a moment later, each with a record of its own. */
  #journalInTwoSteps(slot: number, target: Transitions): void {
    const { store, journal, timers } = this.#context;
    const id = store.messageId[slot] as number;
    journal.drop(id);
    timers.create(() => {
      if (store.find(id) !== slot || store.queue[slot] !== target.state.number) return;
      const sentWall = store.age.key[slot] as number;
      journal.enqueue(target.state.number, id, store.trace[slot] as number, sentWall, 0, store.body[slot] as Uint8Array);
      journal.lease(id, store.serial[slot] as number, store.count[slot] as number, 0);
      journal.ready(id, Event.expire);
    }).arm(SECOND_STEP_MICROS);
  }

  /** In a queue with groups the message goes behind what is there; its retention begins anew where the policy says so. */
  #moveTo(slot: number, target: Transitions): void {
    const { store, journal, clock, ids, mutations } = this.#context;
    const { order, deadLetterAge } = target.state.policy;
    const id = store.messageId[slot] as number;
    const emit = (): void => this.#emit(EventKind.move, target.nameId, slot, store.count[slot] as number, MoveReason.limit, 0);
    if (order === 'arrival' && deadLetterAge === 'kept' && !mutations.retentionRestartsAtMove) {
      if (mutations.deadLetterInTwoSteps) this.#journalInTwoSteps(slot, target);
      else journal.move(id, target.state.number);
      emit();
      this.state.moveTo(slot, target.state, store.age.key[slot] as number, id);
      return;
    }
    const sequence = ids.next();
    const sentWall = deadLetterAge === 'kept' && !mutations.retentionRestartsAtMove ? (store.age.key[slot] as number) : clock.wallMicros();
    journal.moveTo(id, target.state.number, sequence, sentWall);
    emit();
    this.state.moveTo(slot, target.state, sentWall, sequence);
    if (store.extras.has(slot)) target.#emitPlace(slot);
  }

  /** To another queue as a new message: new id, new time of sending, never delivered, the target's delay. */
  redrive(slot: number, target: Transitions, taskId: number, now: number): void {
    const { store, journal, clock, ids } = this.#context;
    const body = store.body[slot] as Uint8Array;
    const trace = store.trace[slot] as number;
    const properties = store.propertiesOf(slot);
    const newId = ids.next();
    const sentWall = clock.wallMicros();
    const delay = target.state.settings.delayMicros;
    journal.redrive(taskId, store.messageId[slot] as number, target.state.number, newId, sentWall, delay);
    this.#emit(EventKind.move, target.nameId, slot, store.count[slot] as number, MoveReason.redrive, 0);
    this.state.remove(slot);
    const moved = target.state.add(newId, trace, body, properties, sentWall, delay, now);
    target.#emit(EventKind.accept, 0, moved, delay, body.length, 0);
    if (properties !== null) target.#emitPlace(moved);
  }

  emitLedger(): void {
    const { readyCount, leasedCount, delayedCount } = this.state;
    this.#context.sink.emit(EventKind.ledger, this.#context.actor, 0, this.nameId, 0, 0, readyCount, leasedCount, delayedCount);
  }

  /** Recovery found this message. */
  emitRestored(slot: number): void {
    const store = this.#context.store;
    const state = store.state[slot] as number;
    this.#emit(EventKind.restore, 0, slot, store.count[slot] as number, state, state === State.ready ? 0 : (store.timeoutMicros[slot] as number));
    if (store.extras.has(slot)) this.#emitPlace(slot);
  }

  /** The queue has another delay, and this message waits for the end of that. */
  emitDelayed(slot: number, now: number): void {
    const due = this.#context.store.turn.key[slot] as number;
    this.#emit(EventKind.setAside, 0, slot, 0, 0, Math.max(0, due - now));
  }

  /** Its group and its place there. */
  #emitPlace(slot: number): void {
    const { sink, store } = this.#context;
    const { extras } = store;
    const group = extras.groupOf(slot);
    if (group === null) return;
    const deduplicationId = extras.deduplicationId[slot] ?? null;
    const key = deduplicationId === null ? 0 : deduplicationKey(deduplicationId);
    this.#emit(EventKind.place, sink.name(group), slot, extras.sequence[slot] as number, key, 0);
  }

  #newestHandle(slot: number): number {
    const store = this.#context.store;
    return handleOf(store.messageId[slot] as number, store.serial[slot] as number);
  }

  #emit(kind: EventKind, peer: NameId, slot: number, a: number, b: number, c: number): void {
    const { sink, actor, store } = this.#context;
    sink.emit(kind, actor, peer, this.nameId, store.trace[slot] as number, store.messageId[slot] as number, a, b, c);
  }
}
