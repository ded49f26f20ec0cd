import type { NameId } from '../../history/index.js';

/**
 * Consumers that acknowledged a delivery twice, which their channel knew the first time, and what they said after that: nothing of it may count, for the second time ends the channel
 * (AMQP: 406). A channel that ends is seen by its consumer that goes, and at the latest by its coming again.
 */
export class TwiceAcknowledged {
  /** The handle that each consumer acknowledged last. */
  readonly #last = new Map<NameId, number>();
  /** By consumer: what it said after the second time, as long as its channel has not ended, */
  readonly #saidAfter = new Map<NameId, Set<number>>();
  /** and when it has. */
  readonly #unheard = new Map<NameId, Set<number>>();

  /** Whether to acknowledge that now would be for the second time. */
  isAgain(consumer: NameId, handle: number): boolean {
    return this.#last.get(consumer) === handle;
  }

  /** It was said on a channel that was there. */
  acknowledged(consumer: NameId, handle: number): void {
    const isAgain = this.isAgain(consumer, handle);
    this.#last.set(consumer, handle);
    this.said(consumer, handle);
    if (isAgain && !this.#saidAfter.has(consumer)) this.#saidAfter.set(consumer, new Set());
  }

  /** The same of a negative acknowledgement. */
  said(consumer: NameId, handle: number): void {
    this.#saidAfter.get(consumer)?.add(handle);
  }

  /** Whether that was said on a channel that should have ended, and has not. */
  isTooLate(consumer: NameId, handle: number): boolean {
    return this.#saidAfter.get(consumer)?.has(handle) === true;
  }

  /** Whether that was said after the second time. */
  isUnheard(consumer: NameId, handle: number): boolean {
    return this.isTooLate(consumer, handle) || this.#unheard.get(consumer)?.has(handle) === true;
  }

  goes(consumer: NameId): void {
    const said = this.#saidAfter.get(consumer);
    if (said !== undefined) this.#unheard.set(consumer, said);
    this.#last.delete(consumer);
    this.#saidAfter.delete(consumer);
  }

  comes(consumer: NameId): void {
    this.goes(consumer);
    this.#unheard.delete(consumer);
  }

  /** The broker has forgotten all channels. */
  allGo(): void {
    this.#last.clear();
    this.#saidAfter.clear();
    this.#unheard.clear();
  }
}
