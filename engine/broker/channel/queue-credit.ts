import { CreditWindow, type CreditSpec, type Flow, usedUpAt } from './credit-window.js';
import type { Holder } from './holder.js';
import type { Unacknowledged } from './unacknowledged.js';

/** What a channel tells a queue of its deliveries: settlements of one `kind` can be told as one. */
export interface Settlement {
  readonly kind: 'settle' | 'nack' | 'reject' | 'discard';
  readonly deliveries: readonly Unacknowledged[];
  readonly carryOut: (deliveries: readonly Unacknowledged[]) => void;
}

/** A channel, as its queues see it. */
export interface Grantor {
  /** What a queue grants it at a time. */
  readonly spec: CreditSpec;
  /** Its connection. */
  readonly holder: Holder;
  /** A queue takes nothing more from it, or does again. */
  heldBack(): void;
  letGo(): void;
}

/**
 * What a channel may still send to one queue. A classic queue that waits for its storage grants no channel more, so each goes on until it has used up what it was granted; a quorum queue has
 * a window for each channel, and the channel stops with the message that closes it.
 */
export class QueueCredit implements Flow {
  readonly channel: Grantor;
  /** Of a quorum queue: what of this channel is not in its log yet. */
  #commands: CreditWindow | null = null;
  readonly #kept = new Map<Settlement['kind'], Settlement>();
  #sent = 0;
  #usedUpAt = Infinity;
  #isHeldBack = false;

  constructor(channel: Grantor) {
    this.channel = channel;
  }

  /** (RabbitMQ: rabbit_fifo_client, soft_limit. It looks at what is under way before it adds to that, and goes on when that is less.) */
  commands(softLimit: number): CreditWindow {
    return (this.#commands ??= new CreditWindow({ limit: softLimit + 1, grant: 2 }));
  }

  /** It is told later, with others of its kind. */
  keep(settlement: Settlement): void {
    const known = this.#kept.get(settlement.kind);
    this.#kept.set(settlement.kind, known === undefined ? settlement : { ...known, deliveries: [...known.deliveries, ...settlement.deliveries] });
  }

  takeKept(): readonly Settlement[] {
    const kept = [...this.#kept.values()];
    this.#kept.clear();
    return kept;
  }

  /** The queue has taken a message. */
  sent(): void {
    this.#sent += 1;
    this.#look();
  }

  closed(): void {
    this.#usedUpAt = this.#commands === null ? usedUpAt(this.#sent, this.channel.spec) : 0;
    this.#look();
  }

  opened(): void {
    this.#usedUpAt = Infinity;
    if (!this.#isHeldBack) return;
    this.#isHeldBack = false;
    this.channel.letGo();
  }

  #look(): void {
    if (this.#sent < this.#usedUpAt || this.#isHeldBack) return;
    this.#isHeldBack = true;
    this.channel.heldBack();
  }
}
