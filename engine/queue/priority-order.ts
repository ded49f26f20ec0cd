import type { DeliveryOrder } from './delivery-order.js';
import { NONE } from './links.js';
import type { Event } from './states.js';

/** Which of its levels, from 0, a message belongs to. */
export type LevelOf = (slot: number) => number;

/**
 * Levels, each with an order of its own. Served is the highest that has a message; the others wait, for ever if need be. With `weight` the
 * highest is served so many times, and then the one below once, if both have messages (RabbitMQ 4.0 to 4.2: two for one).
 */
export class PriorityOrder implements DeliveryOrder {
  readonly #levels: readonly DeliveryOrder[];
  readonly #levelOf: LevelOf;
  readonly #weight: number;
  /** No level above this one has a message. */
  #highest = 0;
  /** Messages taken from the highest level since one was taken below. */
  #taken = 0;

  constructor(count: number, createLevel: () => DeliveryOrder, levelOf: LevelOf, weight = Infinity) {
    this.#levels = Array.from({ length: count }, createLevel);
    this.#levelOf = levelOf;
    this.#weight = weight;
  }

  get first(): number {
    while (this.#highest > 0 && this.#levels[this.#highest]!.first === NONE) this.#highest--;
    const first = this.#levels[this.#highest]!.first;
    if (this.#taken < this.#weight || this.#highest === 0) return first;
    const below = this.#levels[this.#highest - 1]!.first;
    return below === NONE ? first : below;
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
    const level = this.#levelOf(slot);
    this.#taken = level === this.#highest && this.#taken < this.#weight ? this.#taken + 1 : 0;
    this.#levels[level]!.take(slot);
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
