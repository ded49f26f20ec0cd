import type { DeliveryOrder } from './delivery-order.js';
import { NONE } from './links.js';
import type { MessageStore } from './message-store.js';
import { SlotHeap } from './slot-heap.js';
import { SlotList } from './slot-list.js';

/** `place` of a slot that is in the line of those never taken. */
const FRESH = -1;

/**
 * A message that comes back stands where it stood, by its id (RabbitMQ: classic queues). What was taken once is older than everything that never was,
 * so two structures do: those that came back, by id, and behind them those that never left, in their order.
 */
export class PositionOrder implements DeliveryOrder {
  readonly #store: MessageStore;
  readonly #returned: SlotHeap;
  readonly #fresh: SlotList;

  constructor(store: MessageStore) {
    this.#store = store;
    this.#returned = new SlotHeap(store.turn);
    this.#fresh = new SlotList(store.turn);
  }

  get first(): number {
    const returned = this.#returned.first;
    return returned === NONE ? this.#fresh.first : returned;
  }

  following(slot: number): number {
    if (this.#isFresh(slot)) return this.#fresh.after(slot);
    const order = this.#returnedInOrder();
    return order[order.indexOf(slot) + 1] ?? this.#fresh.first;
  }

  arrive(slot: number): void {
    this.#store.turn.place[slot] = FRESH;
    this.#fresh.pushTail(slot);
  }

  arriveLeased(_slot: number): void {
    // Leased messages are none of its business.
  }

  take(slot: number): void {
    this.remove(slot, true);
  }

  giveBack(slot: number): void {
    const { turn, messageId } = this.#store;
    turn.key[slot] = messageId[slot] as number;
    this.#returned.add(slot);
  }

  remove(slot: number, wasReady: boolean): void {
    if (!wasReady) return;
    if (this.#isFresh(slot)) this.#fresh.remove(slot);
    else this.#returned.remove(slot);
  }

  forEachReady(visit: (slot: number) => void): void {
    for (const slot of this.#returnedInOrder()) visit(slot);
    for (let slot = this.#fresh.first; slot !== NONE; slot = this.#fresh.after(slot)) visit(slot);
  }

  #isFresh(slot: number): boolean {
    return this.#store.turn.place[slot] === FRESH;
  }

  #returnedInOrder(): number[] {
    const { key } = this.#store.turn;
    return Array.from({ length: this.#returned.size }, (_, index) => this.#returned.at(index)).sort((one, other) => (key[one] as number) - (key[other] as number));
  }
}
