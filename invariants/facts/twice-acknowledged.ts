import type { NameId } from '../../history/index.js';

/**
 * Consumers that acknowledged a delivery twice, which their channel knew the first time, and what they said after that: nothing of it may count, for the second time ends the channel. A
 * channel that ends is seen by its consumer that goes, or comes again.
 */
export class TwiceAcknowledged {
  /** The handle that each consumer acknowledged last. */
  readonly #last = new Map<NameId, number>();
  readonly #saidAfter = new Map<NameId, Set<number>>();

  /** True: for the second time. */
  acknowledges(consumer: NameId, handle: number): boolean {
    const isAgain = this.#last.get(consumer) === handle;
    this.#last.set(consumer, handle);
    this.says(consumer, handle);
    if (isAgain && !this.#saidAfter.has(consumer)) this.#saidAfter.set(consumer, new Set());
    return isAgain;
  }

  /** It says something else of a delivery. */
  says(consumer: NameId, handle: number): void {
    this.#saidAfter.get(consumer)?.add(handle);
  }

  /** Whether that was said on a channel that should have ended. */
  isTooLate(consumer: NameId, handle: number): boolean {
    return this.#saidAfter.get(consumer)?.has(handle) === true;
  }

  channelEnds(consumer: NameId): void {
    this.#last.delete(consumer);
    this.#saidAfter.delete(consumer);
  }

  allEnd(): void {
    this.#last.clear();
    this.#saidAfter.clear();
  }
}
