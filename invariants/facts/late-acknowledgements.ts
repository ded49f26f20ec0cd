import type { NameId } from '../../history/index.js';

/** An acknowledgement that its consumer knows no outcome of yet. */
interface Asked {
  readonly consumer: NameId;
  /** The broker took the message out for it. */
  isSettled: boolean;
}

/**
 * Acknowledgements that the broker answered with success though they took nothing out: somebody else had settled the message
 * before. SQS answers so, and a consumer that acknowledges first cannot tell that it came too late. Of handles nothing is kept once
 * the outcome is known, or nobody is there any more who waits for it.
 */
export class LateAcknowledgements {
  readonly #asked = new Map<number, Asked>();
  readonly #messages = new Set<number>();

  /** How many acknowledgements are under way. */
  get pending(): number {
    return this.#asked.size;
  }

  asked(handle: number, consumer: NameId): void {
    this.#asked.set(handle, { consumer, isSettled: false });
  }

  settled(handle: number): void {
    const asked = this.#asked.get(handle);
    if (asked !== undefined) asked.isSettled = true;
  }

  confirmed(handle: number, message: number): void {
    if (this.#asked.get(handle)?.isSettled !== true) this.#messages.add(message);
    this.#asked.delete(handle);
  }

  /** It failed, or its consumer gave it up without knowing. */
  endedOtherwise(handle: number): void {
    if (this.#asked.size > 0) this.#asked.delete(handle);
  }

  /** A consumer that died hears of nothing. */
  consumerStops(consumer: NameId): void {
    for (const [handle, asked] of this.#asked) if (asked.consumer === consumer) this.#asked.delete(handle);
  }

  /** A settlement that the recovery does not know of is none; what was answered before stays answered. */
  brokerRecovers(): void {
    for (const asked of this.#asked.values()) asked.isSettled = false;
  }

  /** Whether some consumer was told so of this message. */
  has(message: number): boolean {
    return this.#messages.has(message);
  }
}
