import type { DeliveryOrder } from './delivery-order.js';
import { NONE } from './links.js';
import type { MessageStore } from './message-store.js';
import { SlotList } from './slot-list.js';
import { Event } from './states.js';

/** `place` of a slot that came back, and of one that came back to the tail. */
const RETURNED = -3;
const REQUEUED = -4;
const OTHER = -1;

/**
 * What comes back waits in a line of its own, in the order of coming back, and is served before all else. Where nothing is `limited`, what a consumer gave
 * back goes to the tail instead, as if it had just come without a priority; what was left behind by one that is gone does not. (RabbitMQ: quorum queues with a delivery limit, and
 * without: rabbit_fifo, requeue.)
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
    const { place } = this.#store.turn;
    if (!this.#isLimited() && event === Event.release) {
      place[slot] = REQUEUED;
      return this.#main.arrive(slot);
    }
    place[slot] = RETURNED;
    this.#returns.pushTail(slot);
  }

  pass(slot: number): void {
    if (!this.#hasReturned(slot)) this.#main.pass?.(slot);
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

  /** Whether it stands where it is because it was given back to the tail, and not because it came. */
  static isRequeued({ turn }: MessageStore, slot: number): boolean {
    return turn.place[slot] === REQUEUED;
  }

  #hasReturned(slot: number): boolean {
    return this.#store.turn.place[slot] === RETURNED;
  }
}
