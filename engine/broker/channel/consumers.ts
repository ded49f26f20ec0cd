import type { Consumer } from './consumer.js';

interface Level {
  readonly priority: number;
  readonly members: Consumer[];
  /** Whose turn it is. */
  turn: number;
}

/**
 * The consumers of one queue. Each message goes to one that can take it, of the highest priority that has one, in turn. With a single active consumer only
 * that one gets any: the first that came, until it goes. Where a newcomer of higher priority may take over, the active one is given nothing more, and
 * the change is made when it holds nothing any more.
 */
export class Consumers {
  readonly #isSingleActive: boolean;
  readonly #yieldsToPriority: boolean;
  /** Highest priority first. */
  readonly #levels: Level[] = [];
  /** In the order in which they came. */
  readonly #all: Consumer[] = [];
  #active: Consumer | null = null;

  constructor(isSingleActive: boolean, yieldsToPriority: boolean) {
    this.#isSingleActive = isSingleActive;
    this.#yieldsToPriority = yieldsToPriority;
  }

  get size(): number {
    return this.#all.length;
  }

  get all(): readonly Consumer[] {
    return this.#all;
  }

  /** The single active consumer; null where there is no such thing. */
  get active(): Consumer | null {
    return this.#active;
  }

  get hasExclusive(): boolean {
    return this.#all.some(({ isExclusive }) => isExclusive);
  }

  add(consumer: Consumer): void {
    this.#all.push(consumer);
    let at = this.#levels.findIndex(({ priority }) => priority <= consumer.priority);
    if (at < 0) at = this.#levels.length;
    if (this.#levels[at]?.priority !== consumer.priority) this.#levels.splice(at, 0, { priority: consumer.priority, members: [], turn: 0 });
    this.#levels[at]!.members.push(consumer);
    if (this.#isSingleActive) this.#active ??= consumer;
  }

  remove(consumer: Consumer): void {
    this.#all.splice(this.#all.indexOf(consumer), 1);
    const at = this.#levels.findIndex(({ members }) => members.includes(consumer));
    const { members } = this.#levels[at]!;
    members.splice(members.indexOf(consumer), 1);
    if (members.length === 0) this.#levels.splice(at, 1);
    if (this.#active === consumer) this.#active = this.#successor();
  }

  /** Who gets the next message; null: nobody can take one. */
  next(): Consumer | null {
    if (this.#isSingleActive) return this.#nextActive();
    for (const level of this.#levels) {
      const { members } = level;
      for (let step = 0; step < members.length; step++) {
        const at = (level.turn + step) % members.length;
        const consumer = members[at]!;
        if (!consumer.canTake()) continue;
        level.turn = at + 1;
        return consumer;
      }
    }
    return null;
  }

  #nextActive(): Consumer | null {
    const active = this.#active;
    if (active === null) return null;
    const best = this.#successor()!;
    if (this.#yieldsToPriority && best.priority > active.priority) {
      if (active.unacknowledged > 0) return null;
      this.#active = best;
    }
    return this.#active!.canTake() ? this.#active : null;
  }

  /** The first that came, of the highest priority where that counts. */
  #successor(): Consumer | null {
    return (this.#yieldsToPriority ? this.#levels[0]?.members[0] : this.#all[0]) ?? null;
  }
}
