import type { DeliveryOrder } from './delivery-order.js';
import { NONE } from './links.js';
import type { MessageStore } from './message-store.js';
import { SlotList } from './slot-list.js';
import { Event } from './states.js';

/** `place` of a slot that came back. */
const RETURNED = -3;
const OTHER = -1;

/**
 * What comes back waits in a line of its own, in the order of coming back, and is served before all else. Where nothing is `limited`, what a consumer gave
 * back goes to the tail instead, as if it had just come; what was left behind by one that is gone does not. (RabbitMQ: quorum queues with a delivery limit, and without.)
 */
export class ReturnsOrder implements DeliveryOrder {
  readonly #store: MessageStore;
  readonly #returns: SlotList;
  readonly #main: DeliveryOrder;

  readonly #isLimited: () => boolean;

  constructor(store: MessageStore, main: DeliveryOrder, isLimited: () => boolean) {
    this.#isLimited = isLimited;
    this.#store = store;
    this.#returns = new SlotList(store.turn);
    this.#main = main;
  }

  get first(): number {
    const returned = this.#returns.first;
    return returned === NONE ? this.#main.first : returned;
  }

  following(slot: number): number {
    if (!this.#hasReturned(slot)) return this.#main.following(slot);
    const next = this.#returns.after(slot);
    return next === NONE ? this.#main.first : next;
  }

  arrive(slot: number): void {
    this.#store.turn.place[slot] = OTHER;
    this.#main.arrive(slot);
  }

  arriveLeased(slot: number): void {
    this.#main.arriveLeased(slot);
  }

  take(slot: number): void {
    if (this.#hasReturned(slot)) this.#returns.remove(slot);
    else this.#main.take(slot);
  }

  giveBack(slot: number, event: Event): void {
    if (!this.#isLimited() && event === Event.release) return this.arrive(slot);
    this.#store.turn.place[slot] = RETURNED;
    this.#returns.pushTail(slot);
  }

  remove(slot: number, wasReady: boolean): void {
    if (wasReady && this.#hasReturned(slot)) this.#returns.remove(slot);
    else this.#main.remove(slot, wasReady);
  }

  forEachHead(visit: (slot: number) => void): void {
    if (this.#returns.first !== NONE) visit(this.#returns.first);
    if (this.#main.forEachHead !== undefined) this.#main.forEachHead(visit);
    else if (this.#main.first !== NONE) visit(this.#main.first);
  }

  forEachReady(visit: (slot: number) => void): void {
    for (let slot = this.#returns.first; slot !== NONE; slot = this.#returns.after(slot)) visit(slot);
    this.#main.forEachReady(visit);
  }

  #hasReturned(slot: number): boolean {
    return this.#store.turn.place[slot] === RETURNED;
  }
}
