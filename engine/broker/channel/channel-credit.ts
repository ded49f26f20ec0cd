import { type CreditSpec, usedUpAt } from './credit-window.js';
import type { Holder } from './holder.js';
import type { PushedQueue } from './pushed-queue.js';
import { type Grantor, QueueCredit } from './queue-credit.js';
import type { Unacknowledged } from './unacknowledged.js';

/**
 * What a channel may still be sent when a queue behind it takes no more from it: the channel grants the connection a credit of so many messages, and grants more only while
 * it is not held back itself. (RabbitMQ: credit_flow, credit_flow_default_credit.)
 *
 * | channel ╲ event | a publish | the first queue holds it back | the last queue lets it go |
 * | --- | --- | --- | --- |
 * | free | free | on credit | – |
 * | on credit | on credit; used up with the last of it: the connection is held | on credit | free |
 * | used up | cannot happen: nothing is read | used up | free: the connection goes on |
 */
export class ChannelCredit implements Grantor {
  readonly spec: CreditSpec;
  readonly holder: Holder;
  readonly #queues = new Map<PushedQueue, QueueCredit>();
  /** Most channels publish to one queue. */
  #latest: { readonly queue: PushedQueue; readonly credit: QueueCredit } | null = null;
  /** Publishes that were read. */
  #taken = 0;
  /** Queues that hold it back. */
  #heldBy = 0;
  #usedUpAt = Infinity;
  #isHolding = false;

  constructor(spec: CreditSpec, holder: Holder) {
    this.spec = spec;
    this.holder = holder;
  }

  /** What the channel may still send to a queue. */
  to(queue: PushedQueue): QueueCredit {
    if (this.#latest?.queue === queue) return this.#latest.credit;
    const credit = this.#queues.get(queue) ?? new QueueCredit(this);
    this.#queues.set(queue, credit);
    this.#latest = { queue, credit };
    return credit;
  }

  /** What it has not told any queue of its deliveries. */
  takeKept(): readonly Unacknowledged[] {
    return [...this.#queues.values()].flatMap((credit) => credit.takeKept().flatMap(({ deliveries }) => deliveries));
  }

  /** A publish was read. */
  take(): void {
    this.#taken += 1;
  }

  /** A queue takes nothing more from it. */
  heldBack(): void {
    this.#heldBy += 1;
    if (this.#heldBy === 1) this.#usedUpAt = usedUpAt(this.#taken, this.spec);
    this.look();
  }

  letGo(): void {
    this.#heldBy -= 1;
    if (this.#heldBy > 0) return;
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
