import type { CreditSpec, CreditWindow, Flow } from './credit-window.js';
import type { PushedQueue } from './pushed-queue.js';

/** A connection that is not read while a channel of it has no credit left. */
export interface Holder {
  /** One more of its channels has used up its credit, or one less. */
  closed(): void;
  opened(): void;
  /** It may be held back no more. */
  look(): void;
}

/**
 * What a channel may still be sent when the storage behind it takes no more: each process between the connection and the storage grants the one before it a credit of so many messages,
 * and grants more only while it is not held back itself. In front of a quorum queue's log stands the channel, in front of the message store the channel and the queue.
 * (RabbitMQ: credit_flow, credit_flow_default_credit. The queue's count is taken to be the channel's: of a channel that publishes to one queue, it is.)
 *
 * | channel ╲ event | a publish | the first window closes | the last window opens |
 * | --- | --- | --- | --- |
 * | free | free | on credit | – |
 * | on credit | on credit; used up with the last of it: the connection is held | on credit | free |
 * | used up | cannot happen: nothing is read | used up | free: the connection goes on |
 */
export class ChannelCredit implements Flow {
  readonly #spec: CreditSpec;
  readonly holder: Holder;
  /** Its own, to the logs of quorum queues. */
  readonly windows = new Map<PushedQueue, CreditWindow>();
  /** Publishes that were read. */
  #taken = 0;
  #closedWindows = 0;
  #usedUpAt = Infinity;
  #isHolding = false;

  constructor(spec: CreditSpec, holder: Holder) {
    this.#spec = spec;
    this.holder = holder;
  }

  /** A publish was read. */
  take(): void {
    this.#taken += 1;
  }

  /** `stages`: processes between the connection and the storage that takes no more. */
  closed(stages: number): void {
    this.#closedWindows += 1;
    const { limit, grant } = this.#spec;
    this.#usedUpAt = Math.min(this.#usedUpAt, Math.floor(this.#taken / grant) * grant + limit * stages);
    this.look();
  }

  opened(): void {
    this.#closedWindows -= 1;
    if (this.#closedWindows > 0) return;
    this.#usedUpAt = Infinity;
    if (!this.#isHolding) return;
    this.#isHolding = false;
    this.holder.opened();
  }

  /** After a publish: the credit may be used up. */
  look(): void {
    if (this.#taken < this.#usedUpAt || this.#isHolding) return;
    this.#isHolding = true;
    this.holder.closed();
  }
}
