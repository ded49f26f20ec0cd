/** Below this share of the limit a queue that refused takes messages again. (RabbitMQ: rabbit_fifo, LOW_LIMIT.) */
const LOW_SHARE = 0.8;

/** What is ready, and what may be at most; null: any number. */
export interface Fill {
  readonly messages: number;
  readonly bytes: number;
  readonly maxMessages: number | null;
  readonly maxBytes: number | null;
}

/**
 * How a quorum queue refuses (`reject-publish`): it takes what comes, and when that was too much, it tells its publishers to stop, until it has much less.
 * A publisher that comes meanwhile is told to stop only if there is too much at that time. So the limit is passed by a message at least.
 */
export class Refusal {
  #isRefusing = false;
  #wasLow = true;
  readonly #known = new WeakSet();
  /** Came while others were refused, and was not. */
  #exempt = new WeakSet();

  /** Whether a message of this publisher is refused. */
  refuses(publisher: object, fill: Fill): boolean {
    if (!this.#known.has(publisher)) {
      this.#known.add(publisher);
      if (this.#isRefusing && !isOver(fill)) this.#exempt.add(publisher);
    }
    return this.#isRefusing && !this.#exempt.has(publisher);
  }

  /** Something has changed. */
  look(fill: Fill): void {
    const isLow = isBelowShare(fill.messages, fill.maxMessages) && isBelowShare(fill.bytes, fill.maxBytes);
    if (isOver(fill)) {
      this.#isRefusing = true;
      this.#exempt = new WeakSet();
    } else if (isLow && !this.#wasLow) this.#isRefusing = false;
    this.#wasLow = isLow;
  }
}

function isOver({ messages, bytes, maxMessages, maxBytes }: Fill): boolean {
  return (maxMessages !== null && messages > maxMessages) || (maxBytes !== null && bytes > maxBytes);
}

const isBelowShare = (value: number, limit: number | null): boolean => limit === null || value <= Math.trunc(limit * LOW_SHARE);
