import type { NameId } from '../../history/index.js';
import type { QueueContext } from './context.js';
import type { LeaseBatch } from './lease-batch.js';
import { NONE } from './links.js';
import { flightAsRead, receiveLimitAsRead } from './misread.js';
import type { MessageStore } from './message-store.js';
import type { QueueState } from './queue-state.js';
import type { Replicas } from './replicas.js';
import { Event, State } from './states.js';
import type { Transitions } from './transitions.js';

/** One receive: for whom, how much, for how long. */
export interface Receive {
  readonly max: number;
  readonly timeoutMicros: number;
  readonly consumer: NameId;
  /** Monotonic. */
  readonly now: number;
  /** Whether all storage servers are asked, or only those that answer first; */
  readonly asksAll: boolean;
  /** and the bits of those that are heard. */
  readonly reach: number;
}

/** What becomes of a message that was received too often; null: it is delivered all the same. */
export type MoveAway = ((slot: number, now: number) => void) | null;

/** The part of a running queue that hands messages out. */
export class Receiver {
  readonly #state: QueueState;
  readonly #context: QueueContext;
  readonly #transitions: Transitions;
  /** Mutant `lease-handed-out-twice`: what the next receive takes again. */
  #leaked = NONE;
  #opened = NONE;

  constructor(state: QueueState, context: QueueContext, transitions: Transitions) {
    this.#state = state;
    this.#context = context;
    this.#transitions = transitions;
  }

  /** Leases ready messages and lists their slots in `batch`. */
  take(receive: Receive, batch: LeaseBatch, replicas: Replicas | null, moveAway: MoveAway): void {
    if (this.#leaked !== NONE) this.#grantAgain(this.#takeLeaked(), receive, batch);
    if (this.#opened !== NONE) this.#grantOpened(receive, batch);
    if (replicas === null) {
      this.#takeReady(receive, batch, null, moveAway);
      return;
    }
    replicas.sample(receive.reach);
    for (const slot of replicas.takeStale(this.#context.store, receive.now, receive.max)) this.#grantAgain(slot, receive, batch);
    this.#takeReady(receive, batch, replicas, moveAway);
    if (batch.length === 0 && receive.asksAll) {
      replicas.askAll();
      this.#takeReady(receive, batch, replicas, moveAway);
    }
    for (let index = 0; index < batch.length; index++) {
      const slot = batch.slots[index] as number;
      replicas.received(slot, this.#context.store.messageId[slot] as number, receive.now);
    }
  }

  /**
   * A timeout of 0 leaves ready what was taken: it may be taken again for the same answer, up to the first that the dead-letter rule does not allow again, which moves with the next
   * receive: what is behind it in its group waits for that. (SQS: FIFO queues and a visibility timeout of 0.) `makeReady` ends the leases that are over.
   */
  repeat(receive: Receive, batch: LeaseBatch, makeReady: () => void): void {
    makeReady();
    const { policy, settings } = this.#state;
    if (policy.order !== 'groups' || settings.repeatsAtZeroTimeout !== true) return;
    const exhausted = settings.deadLetter === null ? null : 'end';
    for (let before = 0; batch.length > before && batch.length < receive.max;) {
      before = batch.length;
      this.#takeReady(receive, batch, null, exhausted);
      makeReady();
    }
  }

  /** Mutant `group-opens-at-first-delete`: this message may be taken by the next receive. */
  open(slot: number): void {
    this.#opened = slot;
  }

  /** `replicas`: only what the sampled servers have. `end`: one that was received too often stays, and nothing is taken after it. */
  #takeReady(receive: Receive, batch: LeaseBatch, replicas: Replicas | null, moveAway: MoveAway | 'end'): void {
    const state = this.#state;
    const { order } = state;
    const { store, mutations } = this.#context;
    const maxInFlight = flightAsRead(state.settings.maxInFlight, mutations) + (mutations.oneInFlightTooMany ? 1 : 0);
    let slot = mutations.groupTakenFromBehind ? secondOf(store, order.first) : order.first;
    while (slot !== NONE && batch.length < receive.max && state.leasedCount < maxInFlight) {
      const isPassed = replicas !== null && !replicas.isSampled(store.messageId[slot] as number);
      const next = isPassed && order.passing !== undefined ? order.passing(slot) : order.following(slot);
      if (!isPassed) {
        if (moveAway === null || !isExhausted(state, this.#context, slot)) this.#grant(slot, receive, batch);
        else if (moveAway === 'end') return;
        else moveAway(slot, receive.now);
      }
      slot = next;
    }
  }

  #grant(slot: number, { timeoutMicros, consumer, now }: Receive, batch: LeaseBatch): void {
    this.#transitions.grant(slot, timeoutMicros, consumer, now);
    const { store, mutations } = this.#context;
    batch.add(slot, store);
    if (mutations.leaseHandedOutTwice && timeoutMicros > 0 && (store.messageId[slot] as number) % 8 === 0 && store.count[slot] === 1) this.#leaked = slot;
  }

  #grantOpened(receive: Receive, batch: LeaseBatch): void {
    const slot = this.#opened;
    this.#opened = NONE;
    const { store } = this.#context;
    if (store.state[slot] === State.ready && store.queue[slot] === this.#state.number) this.#grant(slot, receive, batch);
  }

  #takeLeaked(): number {
    const slot = this.#leaked;
    this.#leaked = NONE;
    return slot;
  }

  /** Hands out what is leased already, as one that has not heard of it. */
  #grantAgain(slot: number, receive: Receive, batch: LeaseBatch): void {
    const { store, journal } = this.#context;
    if (store.state[slot] !== State.leased || store.queue[slot] !== this.#state.number) return;
    journal.ready(store.messageId[slot] as number, Event.expire);
    this.#state.makeReady(slot, Event.expire);
    this.#grant(slot, receive, batch);
  }
}

/** Whether a receive must move this message instead of delivering it (SQS: maxReceiveCount). */
export function isExhausted(state: QueueState, { store, mutations }: QueueContext, slot: number): boolean {
  const { deadLetter } = state.settings;
  if (deadLetter === null) return false;
  const asRead = receiveLimitAsRead(deadLetter.maxReceiveCount, mutations);
  const allowed = asRead + (mutations.oneDeliveryTooMany ? 1 : 0) - (mutations.oneDeliveryTooFew ? 1 : 0);
  return (store.count[slot] as number) >= allowed;
}

/** Mutant `group-taken-from-behind`: the message behind this one in its group, if it is ready too. */
function secondOf(store: MessageStore, first: number): number {
  if (first === NONE || store.extras.groupOf(first) === null) return first;
  const second = store.extras.next[first] as number;
  return second !== NONE && store.state[second] === State.ready ? second : first;
}
