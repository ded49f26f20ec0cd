import type { FlowSpec } from './config.js';
import type { ChannelCredit, Holder } from './channel-credit.js';
import { CreditWindow } from './credit-window.js';
import type { PushedQueue } from './pushed-queue.js';

/** Where a publish came from. */
export interface PublishingChannel {
  readonly credit: ChannelCredit;
}

/**
 * Credit flow control: who publishes faster than the storage takes it is not read for a while, so that it is the publisher who waits, and not everybody else. A classic
 * queue has one window for all publishers, to the message store; a quorum queue one for each channel, to its log. Channels whose windows are closed go on while they have credit.
 */
export class CreditFlow {
  readonly #spec: FlowSpec;
  /** Windows in which something is outstanding. */
  readonly #active = new Set<CreditWindow>();

  constructor(spec: FlowSpec) {
    this.#spec = spec;
  }

  /** A message was stored in a durable queue, by a record that ends at `position`. */
  published(queue: PushedQueue, channel: PublishingChannel, position: number): void {
    const window = queue.push.policy.publishCredit === 'of-queue' ? this.#storeWindow(queue) : this.#commandWindow(queue, channel);
    if (window.outstanding === 0) this.#active.add(window);
    window.add(position, channel.credit);
  }

  /** Returns those who may be held back no more. */
  onDurable(position: number): readonly Holder[] {
    if (this.#active.size === 0) return NOBODY;
    const resumed: Holder[] = [];
    for (const window of this.#active) {
      for (const credit of window.release(position)) resumed.push((credit as ChannelCredit).holder);
      if (window.outstanding === 0) this.#active.delete(window);
    }
    return resumed;
  }

  #storeWindow(queue: PushedQueue): CreditWindow {
    return (queue.storeWindow ??= new CreditWindow(this.#spec.store, BEFORE_STORE));
  }

  #commandWindow(queue: PushedQueue, { credit: { windows } }: PublishingChannel): CreditWindow {
    let window = windows.get(queue);
    if (window === undefined) {
      window = new CreditWindow(this.#spec.commands, BEFORE_LOG);
      windows.set(queue, window);
    }
    return window;
  }
}

const NOBODY: readonly Holder[] = [];
/** The channel; the channel and the queue. */
const BEFORE_LOG = 1;
const BEFORE_STORE = 2;
