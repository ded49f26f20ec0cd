import type { Mutations } from '../../mutants/index.js';
import type { PushPolicy } from '../../queue/index.js';
import { ConsumerLine } from './consumer-line.js';

/** What the line of consumers needs to know of one. */
export interface Waiting {
  readonly priority: number;
  readonly isExclusive: boolean;
  readonly unacknowledged: number;
  /** Whether it can be given another message now. */
  canTake(): boolean;
}

interface Level<C> {
  readonly priority: number;
  readonly line: ConsumerLine<C>;
}

/**
 * The consumers of one queue. Each message goes to the first in line of the highest priority, who then goes to the end of the line. Whoever cannot take
 * one when it is his turn is set aside, and comes back to the end of the line when he can.
 *
 * With a single active consumer only that one gets any: the first that came, until it goes. Then it is, by policy, the turn of the one that came `first`, or of the
 * first of the highest `priority`. With `takeover` a newcomer of higher priority need not wait for that: the active one is given nothing more, and the change is
 * made when it holds nothing any more. (RabbitMQ: quorum queues up to 3.13; classic queues; quorum queues since 4.0.)
 */
export class Consumers<C extends Waiting> {
  readonly #isSingleActive: boolean;
  readonly #succession: PushPolicy['singleActive'];
  /** Highest priority first. */
  readonly #levels: Level<C>[] = [];
  #aside: C[] = [];
  /** In the order in which they came. */
  readonly #all: C[] = [];
  #active: C | null = null;

  readonly #mutations: Mutations;

  constructor(isSingleActive: boolean, succession: PushPolicy['singleActive'], mutations: Mutations) {
    this.#isSingleActive = isSingleActive;
    this.#mutations = mutations;
    this.#succession = succession;
  }

  get size(): number {
    return this.#all.length;
  }

  get all(): readonly C[] {
    return this.#all;
  }

  /** The single active consumer; null where there is no such thing. */
  get active(): C | null {
    return this.#active;
  }

  get hasExclusive(): boolean {
    return this.#all.some(({ isExclusive }) => isExclusive);
  }

  add(consumer: C): void {
    this.#all.push(consumer);
    this.#lineUp(consumer);
    if (this.#isSingleActive) this.#active ??= consumer;
  }

  remove(consumer: C): void {
    takeOut(this.#all, consumer);
    if (!takeOut(this.#aside, consumer)) {
      const at = this.#levels.findIndex(({ priority }) => priority === this.#priorityOf(consumer));
      const { line } = this.#levels[at]!;
      line.remove(consumer);
      if (line.size === 0) this.#levels.splice(at, 1);
    }
    if (this.#active === consumer) this.#active = this.#successor();
  }

  /** Those who were set aside and can take messages again line up. */
  readmit(): void {
    if (this.#aside.length === 0) return;
    const waiting = this.#aside;
    this.#aside = [];
    for (const consumer of waiting) {
      if (consumer.canTake()) this.#lineUp(consumer);
      else this.#aside.push(consumer);
    }
  }

  /** Sets aside whoever cannot take another message before it is his turn. (RabbitMQ: quorum queues do, classic ones let him try.) */
  setAside(): void {
    for (const { line } of this.#levels) this.#aside.push(...line.takeOut((consumer) => !consumer.canTake()));
  }

  /** Who gets the next message; null: nobody can take one. */
  next(): C | null {
    if (this.#isSingleActive) {
      const active = this.#nextActive();
      if (active !== null || !this.#mutations.twoActiveConsumers) return active;
    }
    for (const { line } of this.#levels) {
      while (line.size > 0) {
        const consumer = line.first;
        if (consumer.canTake()) {
          line.turn();
          return consumer;
        }
        line.remove(consumer);
        this.#aside.push(consumer);
      }
    }
    return null;
  }

  #lineUp(consumer: C): void {
    const own = this.#priorityOf(consumer);
    let at = this.#levels.findIndex(({ priority }) => priority <= own);
    if (at < 0) at = this.#levels.length;
    if (this.#levels[at]?.priority !== own) this.#levels.splice(at, 0, { priority: own, line: new ConsumerLine<C>() });
    this.#levels[at]!.line.add(consumer);
  }

  #priorityOf({ priority }: C): number {
    return this.#mutations.consumerPriorityIgnored ? 0 : priority;
  }

  #nextActive(): C | null {
    const active = this.#active;
    if (active === null) return null;
    if (this.#succession === 'takeover') {
      const best = this.#successor()!;
      if (best.priority > active.priority) {
        if (active.unacknowledged > 0) return this.#mutations.outrankedGoesOn && active.canTake() ? active : null;
        this.#active = best;
      }
    }
    return this.#active!.canTake() ? this.#active : null;
  }

  #successor(): C | null {
    if (this.#mutations.newestFollows) return this.#all.at(-1) ?? null;
    let best: C | null = null;
    for (const consumer of this.#all) {
      if (best === null || (this.#succession !== 'first' && consumer.priority > best.priority)) best = consumer;
    }
    return best;
  }
}

/** False when it is not there. */
function takeOut<C>(list: C[], consumer: C): boolean {
  const at = list.indexOf(consumer);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
