import { ArrivalOrder } from './arrival-order.js';
import { createOrder } from './create-order.js';
import { changeDelays } from './delay-change.js';
import { DeduplicationWindow } from './deduplication-window.js';
import type { DeliveryOrder } from './delivery-order.js';
import { DueOrder } from './due-order.js';
import type { Envelope } from './envelope.js';
import { FairOrder } from './fair-order.js';
import { leaseEnd } from './lease.js';
import type { MessageProperties } from './message-properties.js';
import type { MessageStore } from './message-store.js';
import type { PushSettings } from './push-settings.js';
import type { QueuePolicy, QueueSettings } from './settings.js';
import { Event, nextState, REFUSED, State } from './states.js';

/**
 * The messages of one queue and how they change state. It decides nothing, writes nothing and tells nobody: a running queue
 * ({@link import('./queue.js').Queue}) and the replay of a journal both go through it, which is why they end in the same state.
 *
 * The three counters are kept by hand where a message comes and goes. They are what `ledger` events show, so that a
 * message that slips through shows too.
 */
export class QueueState {
  readonly number: number;
  name: string;
  readonly policy: QueuePolicy;
  settings: QueueSettings;
  /** Of a queue that pushes: what policies make of its settings; null: no policy applies. */
  effective: PushSettings | null = null;
  /** The time to live of what comes, where it was changed by a policy: whatever that says now. Left out: as it was declared. */
  timeToLiveInForce: number | null | undefined = undefined;
  /** It is gone, and its number is not given again. */
  isDeleted = false;
  /** When it was created, configured last, and deleted, by the wall clock. */
  createdWall = 0;
  modifiedWall = 0;
  deletedWall = 0;
  readyCount = 0;
  leasedCount = 0;
  delayedCount = 0;
  readonly leases: DueOrder;
  readonly delays: DueOrder;
  /** By wall time of the send. */
  readonly ages: DueOrder;
  order: DeliveryOrder;
  /** The monotonic time of the operation that is under way; 0 during a recovery. */
  readonly time = { now: 0 };
  /** Null where nothing is deduplicated. */
  readonly deduplication: DeduplicationWindow | null;
  readonly #store: MessageStore;

  constructor(number: number, name: string, settings: QueueSettings, policy: QueuePolicy, store: MessageStore) {
    this.number = number;
    this.name = name;
    this.settings = settings;
    this.policy = policy;
    this.#store = store;
    this.order = createOrder(settings, policy, store, () => this.push.deliveryLimit !== null);
    const { deduplicationWindowMicros } = policy;
    this.deduplication = deduplicationWindowMicros === null ? null : new DeduplicationWindow(deduplicationWindowMicros, settings.deduplicationScope);
    this.leases = new DueOrder(store.turn);
    this.delays = new DueOrder(store.turn);
    this.ages = new DueOrder(store.age);
  }

  /** Of a queue that pushes: the settings that count. */
  get push(): PushSettings {
    return this.effective ?? (this.settings.push as PushSettings);
  }

  get messageCount(): number {
    return this.readyCount + this.leasedCount + this.delayedCount;
  }

  /** The ready message that a receive would take first, or `NONE`. */
  get firstReady(): number {
    return this.order.first;
  }

  /** A new message. `now` is monotonic, `sentWall` is not. Its sequence number is its id. */
  add(
    messageId: number, trace: number, body: Uint8Array, properties: MessageProperties | null, sentWall: number, delayMicros: number, now: number,
  ): number {
    const slot = this.#store.add(messageId, trace, this.number, body, properties);
    if (properties !== null && properties.group !== null) this.#becomeFair();
    this.ages.add(slot, sentWall);
    if (delayMicros === 0) this.#arrive(slot);
    else {
      this.#store.timeoutMicros[slot] = delayMicros;
      this.#delay(slot, now + delayMicros);
    }
    return slot;
  }

  /** A new message that was routed here. */
  addRouted(messageId: number, trace: number, body: Uint8Array, envelope: Envelope, sentWall: number): number {
    const slot = this.#store.add(messageId, trace, this.number, body, null);
    this.#store.envelope[slot] = envelope;
    this.ages.add(slot, sentWall);
    this.#arrive(slot);
    return slot;
  }

  /** A send was accepted: it may come again under the same deduplication id. */
  rememberSend(messageId: number, { group, deduplicationId }: MessageProperties, now: number, sentWall: number): void {
    const { deduplication } = this;
    if (deduplication === null || deduplicationId === null) return;
    deduplication.add(deduplication.keyOf(group, deduplicationId), messageId, now, sentWall);
  }

  /** Mutant `deduplication-forgotten-at-delete`. */
  forgetSend(slot: number): void {
    const { extras } = this.#store;
    const deduplicationId = extras.deduplicationId[slot] ?? null;
    if (deduplicationId !== null) this.deduplication?.forget(this.deduplication.keyOf(extras.groupOf(slot), deduplicationId));
  }

  /** One more delivery. */
  lease(slot: number, serial: number, count: number, timeoutMicros: number, now: number): void {
    const store = this.#store;
    if (nextState(store.state[slot] as number, Event.lease) === REFUSED) return;
    const { expiredHandle, maxLeaseMicros } = this.policy;
    store.received(slot, serial, count, now, expiredHandle === 'accepted' ? maxLeaseMicros : 0);
    this.#take(slot, timeoutMicros, now);
  }

  /** The lease, if need be begun anew, ends `timeoutMicros` from now. */
  extend(slot: number, timeoutMicros: number, now: number): void {
    const store = this.#store;
    const state = store.state[slot] as number;
    if (nextState(state, Event.extend) === REFUSED) return;
    if (state === State.ready) return this.#take(slot, timeoutMicros, now);
    store.timeoutMicros[slot] = timeoutMicros;
    this.leases.remove(slot);
    this.leases.add(slot, leaseEnd(now, timeoutMicros));
  }

  /** A delay is over (`mature`), a lease ended (`expire`) or was given back (`release`). */
  makeReady(slot: number, event: Event): void {
    const store = this.#store;
    const state = store.state[slot] as number;
    const next = nextState(state, event);
    if (next === REFUSED || next === state) return;
    if (state === State.leased) {
      this.leasedCount--;
      this.leases.remove(slot);
      this.readyCount++;
      store.state[slot] = State.ready;
      this.order.giveBack(slot, event);
    } else {
      this.delayedCount--;
      this.delays.remove(slot);
      if (this.policy.push === undefined) return this.#arrive(slot);
      // It was set aside, and stands where what comes back stands.
      store.state[slot] = State.ready;
      this.readyCount++;
      this.order.giveBack(slot, event);
    }
  }

  /** From ready to delayed, until `due`. */
  setAside(slot: number, delayMicros: number, due: number): void {
    if (nextState(this.#store.state[slot] as number, Event.setAside) === REFUSED) return;
    this.readyCount--;
    this.order.remove(slot, true);
    this.#store.timeoutMicros[slot] = delayMicros;
    this.#delay(slot, due);
  }

  /** Out of this queue, for another state of the same queue to take it over. */
  detach(slot: number): void {
    this.#leave(slot);
  }

  /** Acknowledged or dropped: the slot is free after it. */
  remove(slot: number): void {
    this.#leave(slot);
    this.#store.remove(slot);
  }

  /**
   * Ready in another queue, with id, body and count as they are. `sentWall`: the time from which its retention counts there. `sequence`: its
   * place there; it takes no other message's.
   */
  moveTo(slot: number, target: QueueState, sentWall: number, sequence: number): void {
    const store = this.#store;
    this.#leave(slot);
    store.queue[slot] = target.number;
    store.origin[slot] = this.number;
    store.movedSerial[slot] = Math.max(store.serial[slot] as number, store.serialFloor[slot] as number);
    store.extras.moved(slot, sequence, target.deduplication === null ? null : String(store.messageId[slot]));
    if (store.extras.groupOf(slot) !== null) target.#becomeFair();
    target.ages.add(slot, sentWall);
    target.#arrive(slot);
  }

  /** As a checkpoint kept it: ready, or leased or delayed for its whole `timeoutMicros` from `now`. */
  restore(slot: number, state: number, sentWall: number, now: number): void {
    if (this.#store.extras.groupOf(slot) !== null) this.#becomeFair();
    this.ages.add(slot, sentWall);
    const due = now + (this.#store.timeoutMicros[slot] as number);
    if (state === State.ready) this.#arrive(slot);
    else if (state === State.delayed) this.#delay(slot, due);
    else {
      this.#store.state[slot] = State.leased;
      this.order.arriveLeased(slot);
      this.leasedCount++;
      this.leases.add(slot, due);
    }
  }

  /**
   * New settings, in force from `wallMicros` on. Where the policy says so a new delay counts for every message that was not received yet, from
   * when it was sent; these are returned. A lease that runs goes on.
   */
  configure(settings: QueueSettings, wallMicros: number, now: number): readonly number[] {
    const longer = settings.delayMicros - this.settings.delayMicros;
    this.settings = settings;
    if (longer === 0 || this.policy.delayChange === 'for-new') return [];
    return changeDelays(this, this.#store, { longer, delayMicros: settings.delayMicros, wallMicros, now });
  }

  /** Recovery counts from 0; this makes every deadline a time of this machine, and every lease begin now. */
  startAt(now: number, wallNow: number): void {
    this.leases.shiftKeys(now);
    this.delays.shiftKeys(now);
    const receiveNow = (slot: number): void => this.#store.receivedAgain(slot, now);
    this.leases.forEach(receiveNow);
    this.order.forEachReady(receiveNow);
    this.deduplication?.startAt(now, wallNow);
    if (this.order instanceof FairOrder) this.order.startAt(now);
  }

  /** Calls back for every message: the ready ones in order, then the others. The callback must not change the queue. */
  forEach(visit: (slot: number) => void): void {
    this.order.forEachReady(visit);
    this.delays.forEach(visit);
    this.leases.forEach(visit);
  }

  /** From the first message with a group on; without groups everyone is a tenant of his own, and the order of arrival is fair. */
  #becomeFair(): void {
    const old = this.order;
    if (!(old instanceof ArrivalOrder) || !this.settings.isFair) return;
    const fair = new FairOrder(this.#store, this.time);
    const ready: number[] = [];
    old.forEachReady((slot) => ready.push(slot));
    for (const slot of ready) {
      old.remove(slot, true);
      fair.arrive(slot);
    }
    this.leases.forEach((slot) => fair.arriveLeased(slot));
    this.order = fair;
  }

  #arrive(slot: number): void {
    this.#store.state[slot] = State.ready;
    this.readyCount++;
    this.order.arrive(slot);
  }

  #delay(slot: number, due: number): void {
    this.#store.state[slot] = State.delayed;
    this.delayedCount++;
    this.delays.add(slot, due);
  }

  /** From ready to leased. */
  #take(slot: number, timeoutMicros: number, now: number): void {
    const store = this.#store;
    this.readyCount--;
    this.order.take(slot);
    store.state[slot] = State.leased;
    store.timeoutMicros[slot] = timeoutMicros;
    this.leasedCount++;
    this.leases.add(slot, leaseEnd(now, timeoutMicros));
  }

  /** Out of every list of this queue. */
  #leave(slot: number): void {
    const state = this.#store.state[slot];
    this.ages.remove(slot);
    if (state === State.delayed) {
      this.delayedCount--;
      this.delays.remove(slot);
      return;
    }
    if (state === State.ready) this.readyCount--;
    else {
      this.leasedCount--;
      this.leases.remove(slot);
    }
    this.order.remove(slot, state === State.ready);
  }
}
