import { type DropReason, EventKind, HandleState, MoveReason, type NameId, NO_DEADLINE_MICROS } from '../../history/index.js';
import type { QueueContext } from './context.js';
import type { DeathReason, Envelope } from './envelope.js';
import type { QueueState } from './queue-state.js';
import { handleOf, isSerialMark, MAX_SERIAL } from './receipt-handle.js';
import { Event } from './states.js';

export const MOVES: Readonly<Record<DeathReason, MoveReason>> = {
  rejected: MoveReason.rejected, expired: MoveReason.expired, maxlen: MoveReason.maxLength, delivery_limit: MoveReason.deliveryLimit,
};

/** What can happen to a message of a queue that pushes: each method writes the journal, changes memory, and reports, in this order. */
export class PushTransitions {
  readonly nameId: NameId;
  readonly #state: QueueState;
  readonly #context: QueueContext;

  constructor(state: QueueState, context: QueueContext) {
    this.nameId = context.sink.name(state.name);
    this.#state = state;
    this.#context = context;
  }

  /** A new message; returns its slot. */
  accept(body: Uint8Array, trace: number, envelope: Envelope): number {
    const { ids, journal, clock, sink } = this.#context;
    const id = ids.next();
    const sentWall = clock.wallMicros();
    journal.publish(this.#state.number, id, trace, sentWall, envelope, body);
    const slot = this.#state.addRouted(id, trace, body, envelope, sentWall);
    this.#emit(EventKind.accept, 0, slot, 0, body.length, envelope.priority === null ? 0 : envelope.priority + 1);
    const [death] = envelope.deaths;
    if (death !== undefined) this.#emit(EventKind.deathHeader, sink.name(death.queue), slot, MOVES[death.reason], death.count, envelope.deaths.length);
    return slot;
  }

  /** A consumer has it from now on. */
  grant(slot: number, consumer: NameId, now: number): void {
    const { store, journal } = this.#context;
    const serial = Math.min(Math.max(store.serial[slot] as number, store.serialFloor[slot] as number) + 1, MAX_SERIAL);
    if (isSerialMark(serial)) this.#context.serials.isRunningLow = true;
    const count = (store.count[slot] as number) + 1;
    const id = store.messageId[slot] as number;
    journal.lease(id, serial, count, NO_DEADLINE_MICROS);
    this.#state.lease(slot, serial, count, NO_DEADLINE_MICROS, now);
    this.#emit(EventKind.leaseGrant, consumer, slot, handleOf(id, serial), count, NO_DEADLINE_MICROS);
  }

  settle(slot: number): void {
    const { store, journal, mutations } = this.#context;
    if (!mutations.deleteNotJournalled) journal.settle(store.messageId[slot] as number);
    this.#emit(EventKind.settle, 0, slot, this.#handle(slot), HandleState.current, 0);
    this.#remove(slot);
  }

  /** Its consumer gave it back. */
  release(slot: number): void {
    this.#makeReady(slot, Event.release);
    this.#emit(EventKind.leaseRelease, 0, slot, this.#handle(slot), 0, 0);
  }

  /** The channel that had it is gone. */
  expire(slot: number): void {
    this.#makeReady(slot, Event.expire);
    this.#emit(EventKind.leaseExpire, 0, slot, this.#handle(slot), 0, 0);
  }

  /** The latest return is one that the delivery limit does not count. */
  excuse(slot: number): void {
    const { store, journal } = this.#context;
    const id = store.messageId[slot] as number;
    journal.excused(id);
    store.excused.set(id, (store.excused.get(id) ?? 0) + 1);
  }

  /** Recovery: nobody has it any more, and nobody is told that it was ever away. */
  reclaim(slot: number): void {
    this.#makeReady(slot, Event.expire);
  }

  drop(slot: number, reason: DropReason): void {
    this.#context.journal.drop(this.#context.store.messageId[slot] as number);
    this.#emit(EventKind.drop, 0, slot, reason, 0, 0);
    this.#remove(slot);
  }

  /** It leaves as a dead letter, of which an exchange makes so many new messages. */
  depart(slot: number, reason: MoveReason, exchange: NameId, letters: number): void {
    const { store, journal } = this.#context;
    journal.drop(store.messageId[slot] as number);
    this.#emit(EventKind.move, exchange, slot, store.count[slot] as number, reason, letters);
    this.#remove(slot);
  }

  #makeReady(slot: number, event: Event): void {
    this.#context.journal.ready(this.#context.store.messageId[slot] as number, event);
    this.#state.makeReady(slot, event);
  }

  #remove(slot: number): void {
    const { excused, messageId } = this.#context.store;
    if (excused.size > 0) excused.delete(messageId[slot] as number);
    this.#state.remove(slot);
  }

  #handle(slot: number): number {
    const { store } = this.#context;
    return handleOf(store.messageId[slot] as number, store.serial[slot] as number);
  }

  #emit(kind: EventKind, peer: NameId, slot: number, a: number, b: number, c: number): void {
    const { sink, actor, store } = this.#context;
    sink.emit(kind, actor, peer, this.nameId, store.trace[slot] as number, store.messageId[slot] as number, a, b, c);
  }
}
