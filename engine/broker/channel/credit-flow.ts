import type { FlowSpec } from './config.js';
import type { ChannelCredit } from './channel-credit.js';
import { CreditWindow } from './credit-window.js';
import type { Holder } from './holder.js';
import type { PushedQueue } from './pushed-queue.js';
import type { QueueCredit, Settlement } from './queue-credit.js';

/** Behind the last record of the journal, and behind the last that is durable. */
export interface LogPositions {
  readonly nextPosition: number;
  readonly durablePosition: number;
}

/** Where a publish came from. */
export interface PublishingChannel {
  readonly credit: ChannelCredit;
}

/**
 * Credit flow control: who publishes faster than the storage takes it is not read for a while, so that it is the publisher who waits, and not everybody else. A classic
 * queue has one window for all publishers, to the message store; a quorum queue one for each channel, to its log. Channels whose windows are closed go on while they have credit:
 * each process between the connection and the storage grants the one before it a credit, and no more while it is held back itself.
 *
 * A server keeps small messages of classic queues apart from its message store, and then it is the queue that waits for the disk and grants nothing meanwhile; here they all count alike.
 */
export class CreditFlow {
  readonly #spec: FlowSpec;
  /** Windows in which something is outstanding. */
  readonly #active = new Set<CreditWindow>();
  /** Who keeps what it has to tell. */
  readonly #keeping = new Set<QueueCredit>();
  readonly #log: () => LogPositions;

  constructor(spec: FlowSpec, log: () => LogPositions) {
    this.#spec = spec;
    this.#log = log;
  }

  /** A queue has taken a message; `position`: where the record ends by which it is stored; null: it is in memory alone. */
  published(queue: PushedQueue, channel: PublishingChannel, position: number | null): void {
    const credit = channel.credit.to(queue);
    credit.sent();
    if (position === null) return;
    const window = queue.push.policy.publishCredit === 'of-queue' ? (queue.storeWindow ??= new CreditWindow(this.#spec.store)) : credit.commands(this.#spec.commands);
    if (window.outstanding === 0) this.#active.add(window);
    window.add(position, credit);
  }

  /**
   * What a channel tells a quorum queue of its deliveries goes through the queue's log, too. While much of what it told is not in there, it keeps what it has to tell, and tells
   * it as one. (RabbitMQ: rabbit_fifo_client, unsent_commands.)
   */
  settled(queue: PushedQueue, channel: PublishingChannel, settlement: Settlement): void {
    const credit = channel.credit.to(queue);
    if (credit.commands(this.#spec.commands).isClosed) {
      credit.keep(settlement);
      this.#keeping.add(credit);
    } else this.#tell(credit, settlement);
  }

  /** Returns those who may be held back no more. */
  onDurable(position: number): readonly Holder[] {
    if (this.#active.size === 0) return NOBODY;
    const resumed: Holder[] = [];
    for (const window of this.#active) {
      for (const credit of window.release(position)) resumed.push((credit as QueueCredit).channel.holder);
      if (window.outstanding === 0) this.#active.delete(window);
    }
    return resumed;
  }

  /** Tells what was kept, as far as that can be told now. True when there was something. */
  tellKept(): boolean {
    let hasTold = false;
    for (const credit of this.#keeping) {
      if (credit.commands(this.#spec.commands).isClosed) continue;
      this.#keeping.delete(credit);
      for (const settlement of credit.takeKept()) this.#tell(credit, settlement);
      hasTold = true;
    }
    return hasTold;
  }

  #tell(credit: QueueCredit, { deliveries, carryOut }: Settlement): void {
    carryOut(deliveries);
    const { nextPosition, durablePosition } = this.#log();
    if (nextPosition <= durablePosition) return;
    const window = credit.commands(this.#spec.commands);
    if (window.outstanding === 0) this.#active.add(window);
    window.add(nextPosition, null);
  }
}

const NOBODY: readonly Holder[] = [];
