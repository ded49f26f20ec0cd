import type { DeliveryOrder } from './delivery-order.js';
import { type Links, NONE } from './links.js';
import type { QueuePolicy } from './settings.js';
import { SlotList } from './slot-list.js';

/** Whatever is ready may be taken: what came first, first; what came back, behind the others or before them. */
export class ArrivalOrder implements DeliveryOrder {
  readonly #ready: SlotList;
  readonly #isToHead: boolean;

  constructor(turn: Links, policy: QueuePolicy) {
    this.#ready = new SlotList(turn);
    this.#isToHead = policy.redelivery === 'head';
  }

  get first(): number {
    return this.#ready.first;
  }

  following(slot: number): number {
    return this.#ready.after(slot);
  }

  arrive(slot: number): void {
    this.#ready.pushTail(slot);
  }

  arriveLeased(_slot: number): void {
    // Leased messages are none of its business.
  }

  take(slot: number): void {
    this.#ready.remove(slot);
  }

  giveBack(slot: number): void {
    if (this.#isToHead) this.#ready.pushHead(slot);
    else this.#ready.pushTail(slot);
  }

  remove(slot: number, wasReady: boolean): void {
    if (wasReady) this.#ready.remove(slot);
  }

  forEachReady(visit: (slot: number) => void): void {
    for (let slot = this.#ready.first; slot !== NONE; slot = this.#ready.after(slot)) visit(slot);
  }
}
