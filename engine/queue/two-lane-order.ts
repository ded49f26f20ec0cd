import type { DeliveryOrder } from './delivery-order.js';
import { NONE } from './links.js';
import type { MessageStore } from './message-store.js';
import { SlotList } from './slot-list.js';

export interface Lanes {
  readonly isHigh: (slot: number) => boolean;
  /** Whether it is here once more: it counts as younger than everything that is here. */
  readonly isRequeued: (slot: number) => boolean;
}

/** Of three turns the last may be one of the normal lane. */
const HIGH_TURNS = 2;

/**
 * Messages of high priority, and the others: both in the order in which they came. Every third message that is taken is a normal one, unless the high one that would be next came before it;
 * else the high ones come first. Whatever is taken counts as a turn, also when one lane is empty. (RabbitMQ 4.0 to 4.2: rabbit_fifo_q.)
 *
 * | turn ╲ there wait | both | high alone | normal alone |
 * | --- | --- | --- | --- |
 * | first, second | high | high | normal |
 * | third | the older of the two | high | normal |
 */
export class TwoLaneOrder implements DeliveryOrder {
  readonly #store: MessageStore;
  readonly #lanes: Lanes;
  readonly #high: SlotList;
  readonly #normal: SlotList;
  /** Turns since the last third one. */
  #turns = 0;
  /** The highest id that came: ids rise. */
  #latestId = 0;

  constructor(store: MessageStore, lanes: Lanes) {
    this.#store = store;
    this.#lanes = lanes;
    this.#high = new SlotList(store.turn);
    this.#normal = new SlotList(store.turn);
  }

  get first(): number {
    const high = this.#high.first;
    const normal = this.#normal.first;
    if (high === NONE) return normal;
    if (normal === NONE || this.#turns < HIGH_TURNS) return high;
    const { key } = this.#store.turn;
    return (key[high] as number) < (key[normal] as number) ? high : normal;
  }

  following(slot: number): number {
    const next = this.#laneOf(slot).after(slot);
    return next === NONE && this.#lanes.isHigh(slot) ? this.#normal.first : next;
  }

  arrive(slot: number): void {
    const { turn, messageId } = this.#store;
    const id = messageId[slot] as number;
    turn.key[slot] = this.#lanes.isRequeued(slot) ? this.#latestId + 0.5 : id;
    this.#latestId = Math.max(this.#latestId, id);
    this.#laneOf(slot).pushTail(slot);
  }

  arriveLeased(_slot: number): void {
    // Leased messages are none of its business.
  }

  take(slot: number): void {
    this.pass(slot);
    this.#laneOf(slot).remove(slot);
  }

  giveBack(slot: number): void {
    this.arrive(slot);
  }

  pass(_slot: number): void {
    this.#turns = this.#turns >= HIGH_TURNS ? 0 : this.#turns + 1;
  }

  remove(slot: number, wasReady: boolean): void {
    if (wasReady) this.#laneOf(slot).remove(slot);
  }

  forEachReady(visit: (slot: number) => void): void {
    for (const lane of [this.#high, this.#normal]) {
      for (let slot = lane.first; slot !== NONE; slot = lane.after(slot)) visit(slot);
    }
  }

  #laneOf(slot: number): SlotList {
    return this.#lanes.isHigh(slot) ? this.#high : this.#normal;
  }
}
