import { EventKind } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import type { Facts } from './facts.js';

type Hear = (event: EventView) => void;

/**
 * How often each copy in a quorum queue came back, as far as its delivery limit counts that: whenever its channel ended, and when its consumer gave it back, unless that consumer gives back
 * in a way that does not count (RabbitMQ 4.3: basic.nack). A recovery says how often it was handed out; what was in somebody's hands then came back. It does not say which of the returns
 * that do not count it remembers: of a copy that had some, nothing is known from then on.
 */
export class CountedReturns {
  readonly #facts: Facts;
  readonly #returns = new Map<number, number>();
  /** Those that had a return that does not count. A recovery may bring back one that was gone. */
  readonly #excused = new Set<number>();
  readonly #uncertain = new Set<number>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** Null: nobody knows. */
  of(copy: number): number | null {
    return this.#uncertain.has(copy) ? null : (this.#returns.get(copy) ?? 0);
  }

  /** The delivery limit of the queue; null: it has none, or nothing is said of it. */
  limitOf(event: EventView): number | null {
    return this.#facts.queue(event.dest).contract?.push?.deliveryLimit ?? null;
  }

  /** Hears what it needs, after those who look. */
  get follow(): Readonly<Partial<Record<EventKind, Hear>>> {
    const gone: Hear = ({ copy }) => {
      this.#returns.delete(copy);
    };
    return {
      // An id that a crash lost may be given again.
      [EventKind.accept]: (event) => {
        if (this.limitOf(event) === null) return;
        this.#returns.delete(event.copy);
        this.#excused.delete(event.copy);
        this.#uncertain.delete(event.copy);
      },
      [EventKind.leaseExpire]: (event) => this.#returned(event, false),
      [EventKind.leaseRelease]: (event) => this.#returned(event, this.#isExcused(event)),
      [EventKind.restore]: (event) => {
        if (this.limitOf(event) === null) return;
        if (this.#excused.has(event.copy)) this.#uncertain.add(event.copy);
        this.#returns.set(event.copy, event.a);
      },
      [EventKind.settle]: gone, [EventKind.drop]: gone, [EventKind.move]: gone,
    };
  }

  #returned(event: EventView, isExcused: boolean): void {
    if (this.limitOf(event) === null) return;
    if (isExcused) this.#excused.add(event.copy);
    else this.#returns.set(event.copy, (this.#returns.get(event.copy) ?? 0) + 1);
  }

  #isExcused(event: EventView): boolean {
    const holder = event.copySlot < 0 ? '' : this.#facts.names.text(this.#facts.copies.holder[event.copySlot]!);
    return this.#facts.queue(event.dest).contract?.push?.uncounted?.includes(holder) === true;
  }
}
