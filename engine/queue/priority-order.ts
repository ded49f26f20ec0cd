import type { DeliveryOrder } from './delivery-order.js';
import { NONE } from './links.js';
import type { Event } from './states.js';

/** Which of its levels, from 0, a message belongs to. */
export type LevelOf = (slot: number) => number;

/** Levels, each with an order of its own. Served is the highest that has a message; the others wait, for ever if need be. */
export class PriorityOrder implements DeliveryOrder {
  readonly #levels: readonly DeliveryOrder[];
  readonly #levelOf: LevelOf;
  /** No level above this one has a message. */
  #highest = 0;

  constructor(count: number, createLevel: () => DeliveryOrder, levelOf: LevelOf) {
    this.#levels = Array.from({ length: count }, createLevel);
    this.#levelOf = levelOf;
  }

  get first(): number {
    while (this.#highest > 0 && this.#levels[this.#highest]!.first === NONE) this.#highest--;
    return this.#levels[this.#highest]!.first;
  }

  following(slot: number): number {
    let level = this.#levelOf(slot);
    let next = this.#levels[level]!.following(slot);
    while (next === NONE && level > 0) next = this.#levels[--level]!.first;
    return next;
  }

  arrive(slot: number): void {
    this.#levelWith(slot).arrive(slot);
  }

  arriveLeased(slot: number): void {
    this.#levels[this.#levelOf(slot)]!.arriveLeased(slot);
  }

  take(slot: number): void {
    this.#levels[this.#levelOf(slot)]!.take(slot);
  }

  giveBack(slot: number, event: Event): void {
    this.#levelWith(slot).giveBack(slot, event);
  }

  remove(slot: number, wasReady: boolean): void {
    this.#levels[this.#levelOf(slot)]!.remove(slot, wasReady);
  }

  /** From the lowest level up. */
  forEachHead(visit: (slot: number) => void): void {
    for (const { first } of this.#levels) if (first !== NONE) visit(first);
  }

  forEachReady(visit: (slot: number) => void): void {
    for (let level = this.#levels.length - 1; level >= 0; level--) this.#levels[level]!.forEachReady(visit);
  }

  #levelWith(slot: number): DeliveryOrder {
    const level = this.#levelOf(slot);
    if (level > this.#highest) this.#highest = level;
    return this.#levels[level]!;
  }
}
