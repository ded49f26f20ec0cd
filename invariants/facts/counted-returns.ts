import { ExpireCause, type NameTable } from '../../history/index.js';
import type { RunContract } from '../contracts/run-contract.js';
import type { EventView } from '../event-view.js';
import type { CopyFacts } from './copy-facts.js';
import type { QueueFacts } from './queue-facts.js';
import { NO_SLOT } from './slot-table.js';

/** What it looks at. */
interface Known {
  readonly contract: RunContract;
  readonly names: Pick<NameTable, 'text'>;
  readonly copies: CopyFacts;
  queue(name: number): QueueFacts;
}

/**
 * How often each copy in a quorum queue came back, as far as its delivery limit counts that: whenever its channel ended, and when its consumer gave it back, unless that consumer gives back
 * in a way that does not count (RabbitMQ 4.3: basic.nack). A recovery says how often it was handed out; what was in somebody's hands then came back. It does not say which of the returns
 * that do not count it remembers: of a copy that had some, nothing is known from then on.
 */
export class CountedReturns {
  readonly #known: Known;
  /** Where no queue has a limit there is nothing to count. */
  readonly #hasLimits: boolean;
  readonly #returns = new Map<number, number>();
  /** Those that had a return that does not count. A recovery may bring back one that was gone. */
  readonly #excused = new Set<number>();
  readonly #uncertain = new Set<number>();

  constructor(known: Known) {
    this.#known = known;
    this.#hasLimits = known.contract.queues.some(({ push }) => push?.deliveryLimit !== undefined);
  }

  /** Null: nobody knows. */
  of(copy: number): number | null {
    return this.#uncertain.has(copy) ? null : (this.#returns.get(copy) ?? 0);
  }

  /** The delivery limit of the queue; null: it has none, or nothing is said of it. */
  limitOf(event: EventView): number | null {
    return this.#hasLimits ? (this.#known.queue(event.dest).contract?.push?.deliveryLimit ?? null) : null;
  }

  /** An id that a crash lost may be given again. */
  stored(event: EventView): void {
    if (this.limitOf(event) === null) return;
    this.#returns.delete(event.copy);
    this.#excused.delete(event.copy);
    this.#uncertain.delete(event.copy);
  }

  restored(event: EventView): void {
    if (this.limitOf(event) === null) return;
    if (this.#excused.has(event.copy)) this.#uncertain.add(event.copy);
    this.#returns.set(event.copy, event.a);
  }

  /** Its channel ended; or its queue took it back for want of an acknowledgement, which does not count. */
  expired(event: EventView): void {
    if (this.limitOf(event) === null) return;
    if (event.b === ExpireCause.consumerTimedOut) this.#excused.add(event.copy);
    else this.#add(event.copy);
  }

  /** Its consumer gave it back. */
  released(event: EventView): void {
    if (this.limitOf(event) === null) return;
    if (this.#isExcused(event)) this.#excused.add(event.copy);
    else if (this.#isByOneThatWent(event)) this.#uncertain.add(event.copy);
    else this.#add(event.copy);
  }

  gone({ copy }: EventView): void {
    if (this.#hasLimits) this.#returns.delete(copy);
  }

  #add(copy: number): void {
    this.#returns.set(copy, (this.#returns.get(copy) ?? 0) + 1);
  }

  /** Where basic.nack does not count: a client whose consumer was cancelled gives back by that what it has not begun, and in its own way what it fails at. */
  #isByOneThatWent({ dest, copySlot: slot }: EventView): boolean {
    const { copies } = this.#known;
    const { consumers, contract } = this.#known.queue(dest);
    if (slot === NO_SLOT || consumers === null || contract?.push?.uncounted === undefined) return false;
    return consumers.of(copies.holder[slot]!).endedAt >= copies.grantedAt[slot]!;
  }

  #isExcused(event: EventView): boolean {
    const { names, copies } = this.#known;
    const holder = event.copySlot === NO_SLOT ? '' : names.text(copies.holder[event.copySlot]!);
    return this.#known.queue(event.dest).contract?.push?.uncounted?.includes(holder) === true;
  }
}
