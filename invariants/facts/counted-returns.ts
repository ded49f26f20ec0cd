import { EventKind } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import type { Facts } from './facts.js';

type Hear = (event: EventView) => void;

/**
 * How often each copy in a quorum queue came back, as far as its delivery limit counts that: whenever its channel ended, and when its consumer gave it back, unless that consumer gives back
 * in a way that does not count (RabbitMQ 4.3: basic.nack). A recovery says how often it was handed out; what was in somebody's hands then came back.
 */
export class CountedReturns {
  readonly #facts: Facts;
  readonly #returns = new Map<number, number>();
  readonly #excused = new Map<number, number>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  of(copy: number): number {
    return this.#returns.get(copy) ?? 0;
  }

  /** The delivery limit of the queue; null: it has none, or nothing is said of it. */
  limitOf(event: EventView): number | null {
    return this.#facts.queue(event.dest).contract?.push?.deliveryLimit ?? null;
  }

  /** Hears what it needs, after those who look. */
  get follow(): Readonly<Partial<Record<EventKind, Hear>>> {
    const gone: Hear = ({ copy }) => {
      this.#returns.delete(copy);
      this.#excused.delete(copy);
    };
    return {
      [EventKind.leaseExpire]: (event) => this.#returned(event, false),
      [EventKind.leaseRelease]: (event) => this.#returned(event, this.#isExcused(event)),
      [EventKind.restore]: (event) => {
        if (this.limitOf(event) !== null) this.#returns.set(event.copy, event.a - (this.#excused.get(event.copy) ?? 0));
      },
      [EventKind.settle]: gone, [EventKind.drop]: gone, [EventKind.move]: gone,
    };
  }

  #returned(event: EventView, isExcused: boolean): void {
    if (this.limitOf(event) === null) return;
    const counts = isExcused ? this.#excused : this.#returns;
    counts.set(event.copy, (counts.get(event.copy) ?? 0) + 1);
  }

  #isExcused(event: EventView): boolean {
    const holder = event.copySlot < 0 ? '' : this.#facts.names.text(this.#facts.copies.holder[event.copySlot]!);
    return this.#facts.queue(event.dest).contract?.push?.uncounted?.includes(holder) === true;
  }
}
