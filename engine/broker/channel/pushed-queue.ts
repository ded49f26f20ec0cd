import { NO_MESSAGE, type PushQueue, type Queue } from '../../queue/index.js';
import type { Session } from '../session.js';
import { Consumers } from './consumers.js';

/** A queue with the consumers that it pushes to. */
export class PushedQueue {
  readonly queue: Queue;
  readonly push: PushQueue;
  readonly consumers: Consumers;
  /** The connection that alone may use it, and with which it goes; null: anyone may. */
  readonly owner: Session | null;
  /** In the node's list of queues to serve. */
  isWaiting = false;
  /** When it was used last, monotonic; for queues that expire. */
  usedAt: number;
  hadConsumers = false;

  constructor(queue: Queue, push: PushQueue, owner: Session | null, now: number) {
    this.queue = queue;
    this.push = push;
    this.owner = owner;
    this.usedAt = now;
    this.consumers = new Consumers(push.settings.isSingleActive, !push.policy.hasClassicFeatures);
  }

  get name(): string {
    return this.queue.state.name;
  }

  /** Gives consumers what they can take, and then drops what is too much. */
  serve(now: number): void {
    const { push, consumers } = this;
    while (push.state.readyCount > 0) {
      const consumer = consumers.next();
      if (consumer === null) break;
      const slot = push.take(consumer.client, now);
      if (slot === NO_MESSAGE) break;
      consumer.channel.deliver(slot, this, consumer);
    }
    push.trim();
  }
}
