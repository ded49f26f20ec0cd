import { DueOrder } from './due-order.js';
import { leaseEnd } from './lease.js';
import { NONE } from './links.js';
import type { MessageStore } from './message-store.js';
import type { QueuePolicy, QueueSettings } from './settings.js';
import { SlotList } from './slot-list.js';
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
  settings: QueueSettings;
  readyCount = 0;
  leasedCount = 0;
  delayedCount = 0;
  readonly leases: DueOrder;
  readonly delays: DueOrder;
  /** By wall time of the send. */
  readonly ages: DueOrder;
  readonly #ready: SlotList;
  readonly #store: MessageStore;
  readonly #policy: QueuePolicy;

  constructor(number: number, name: string, settings: QueueSettings, policy: QueuePolicy, store: MessageStore) {
    this.number = number;
    this.name = name;
    this.settings = settings;
    this.#policy = policy;
    this.#store = store;
    this.#ready = new SlotList(store.turn);
    this.leases = new DueOrder(store.turn);
    this.delays = new DueOrder(store.turn);
    this.ages = new DueOrder(store.age);
  }

  get messageCount(): number {
    return this.readyCount + this.leasedCount + this.delayedCount;
  }

  /** The ready message that a receive would take first, or {@link NONE}. */
  get firstReady(): number {
    return this.#ready.first;
  }

  /** A new message. `now` is monotonic, `sentWall` is not. */
  add(messageId: number, trace: number, body: Uint8Array, sentWall: number, delayMicros: number, now: number): number {
    const slot = this.#store.add(messageId, trace, this.number, body);
    this.ages.add(slot, sentWall);
    if (delayMicros === 0) this.#enterReady(slot, false);
    else {
      this.#store.timeoutMicros[slot] = delayMicros;
      this.#enterDue(slot, State.delayed, now + delayMicros);
    }
    return slot;
  }

  /** One more delivery. */
  lease(slot: number, serial: number, count: number, timeoutMicros: number, now: number): void {
    if (nextState(this.#store.state[slot] as number, Event.lease) === REFUSED) return;
    this.#leave(slot);
    this.#store.serial[slot] = serial;
    this.#store.count[slot] = count;
    this.#store.timeoutMicros[slot] = timeoutMicros;
    this.#store.receivedAt[slot] = now;
    this.#enterDue(slot, State.leased, leaseEnd(now, timeoutMicros));
  }

  /** The lease, if need be begun anew, ends `timeoutMicros` from now. */
  extend(slot: number, timeoutMicros: number, now: number): void {
    if (nextState(this.#store.state[slot] as number, Event.extend) === REFUSED) return;
    this.#leave(slot);
    this.#store.timeoutMicros[slot] = timeoutMicros;
    this.#enterDue(slot, State.leased, leaseEnd(now, timeoutMicros));
  }

  /** A delay is over (`mature`), a lease ended (`expire`) or was given back (`release`). */
  makeReady(slot: number, event: Event): void {
    const state = this.#store.state[slot] as number;
    const next = nextState(state, event);
    if (next === REFUSED || next === state) return;
    this.#leave(slot);
    this.#enterReady(slot, state === State.leased && this.#policy.redelivery === 'head');
  }

  /** Acknowledged or dropped: the slot is free after it. */
  remove(slot: number): void {
    this.#leave(slot);
    this.ages.remove(slot);
    this.#store.remove(slot);
  }

  /** Ready in another queue, with id, body, count and time of sending as they are. */
  moveTo(slot: number, target: QueueState): void {
    this.#leave(slot);
    this.ages.remove(slot);
    this.#store.queue[slot] = target.number;
    this.#store.origin[slot] = this.number;
    target.ages.add(slot, this.#store.age.key[slot] as number);
    target.#enterReady(slot, false);
  }

  /** As a checkpoint kept it: ready, or leased or delayed for its whole `timeoutMicros` from `now`. */
  restore(slot: number, state: number, sentWall: number, now: number): void {
    this.ages.add(slot, sentWall);
    if (state === State.ready) this.#enterReady(slot, false);
    else this.#enterDue(slot, state, now + (this.#store.timeoutMicros[slot] as number));
  }

  /** Recovery counts from 0; this makes every deadline a time of this machine, and every lease begin now. */
  startAt(now: number): void {
    this.leases.shiftKeys(now);
    this.delays.shiftKeys(now);
    this.leases.forEach((slot) => {
      this.#store.receivedAt[slot] = now;
    });
    for (let slot = this.#ready.first; slot !== NONE; slot = this.#ready.after(slot)) this.#store.receivedAt[slot] = now;
  }

  /** Calls back for every message: the ready ones in order, then the others. The callback must not change the queue. */
  forEach(visit: (slot: number) => void): void {
    for (let slot = this.#ready.first; slot !== NONE; slot = this.#ready.after(slot)) visit(slot);
    this.delays.forEach(visit);
    this.leases.forEach(visit);
  }

  #enterReady(slot: number, atHead: boolean): void {
    this.#store.state[slot] = State.ready;
    this.readyCount++;
    if (atHead) this.#ready.pushHead(slot);
    else this.#ready.pushTail(slot);
  }

  #enterDue(slot: number, state: number, due: number): void {
    this.#store.state[slot] = state;
    if (state === State.leased) {
      this.leasedCount++;
      this.leases.add(slot, due);
    } else {
      this.delayedCount++;
      this.delays.add(slot, due);
    }
  }

  #leave(slot: number): void {
    const state = this.#store.state[slot];
    if (state === State.ready) {
      this.readyCount--;
      this.#ready.remove(slot);
    } else if (state === State.leased) {
      this.leasedCount--;
      this.leases.remove(slot);
    } else {
      this.delayedCount--;
      this.delays.remove(slot);
    }
  }
}
