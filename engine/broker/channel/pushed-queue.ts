import type { NameId } from '../../../history/index.js';
import type { Mutations } from '../../mutants/index.js';
import { NO_MESSAGE, type PushQueue, type Queue } from '../../queue/index.js';
import type { Session } from '../session.js';
import type { CreditWindow } from './credit-window.js';
import { Consumers } from './consumers.js';

/** What a queue knows of a channel that one of its consumers is on. */
export interface ConsumerChannel {
  /** Whether its shared prefetch allows another delivery. */
  readonly hasRoom: boolean;
  readonly node: { readonly mutations: Mutations };
  deliver(slot: number, queue: PushedQueue, consumer: Consumer): void;
  /** The queue is gone. */
  lose(consumer: Consumer): void;
}

/** A consumer of a queue, on its channel. */
export class Consumer {
  readonly channel: ConsumerChannel;
  readonly queue: PushedQueue;
  readonly tag: string;
  readonly noAck: boolean;
  readonly isExclusive: boolean;
  readonly priority: number;
  /** Deliveries without acknowledgement at most; 0: any number. */
  readonly prefetch: number;
  /** Name of its client in the history. */
  readonly client: NameId;
  /** How long it may hold a message without an acknowledgement; null: for ever. */
  readonly timeoutMicros: number | null;
  unacknowledged = 0;
  /** Deliveries that were taken back, for want of an acknowledgement in time, and that it has not answered for: until then it is given nothing. */
  takenBack = 0;
  /** The prefetch, or what a mutant makes of it. */
  readonly #limit: number;
  /** Mutant `prefetch-shared-among-consumers`. */
  readonly #isShared: boolean;

  constructor(options: {
    readonly channel: ConsumerChannel; readonly queue: PushedQueue; readonly tag: string; readonly noAck: boolean; readonly isExclusive: boolean;
    readonly priority: number; readonly prefetch: number; readonly client: NameId; readonly timeoutMicros: number | null;
  }) {
    this.channel = options.channel;
    this.queue = options.queue;
    this.tag = options.tag;
    this.noAck = options.noAck;
    this.isExclusive = options.isExclusive;
    this.priority = options.priority;
    this.prefetch = options.prefetch;
    this.client = options.client;
    this.timeoutMicros = options.timeoutMicros;
    const { prefetchOffByOne, bothPrefetchesGranted, prefetchSharedAmongConsumers } = options.channel.node.mutations;
    this.#limit = this.prefetch * (bothPrefetchesGranted ? 2 : 1) + (prefetchOffByOne ? 1 : 0);
    this.#isShared = prefetchSharedAmongConsumers;
  }

  /** Whether it can be given another message now. */
  canTake(): boolean {
    if (this.queue.push.policy.heedsChannelPrefetch && !this.channel.hasRoom) return false;
    if (this.noAck) return true;
    return this.prefetch === 0 || this.unacknowledged < (this.#isShared ? Math.ceil(this.#limit / Math.max(1, this.queue.consumers.size)) : this.#limit);
  }
}

/** A queue with the consumers that it pushes to. */
export class PushedQueue {
  readonly queue: Queue;
  readonly push: PushQueue;
  readonly consumers: Consumers<Consumer>;
  /** The connection that alone may use it, and with which it goes; null: anyone may. */
  readonly owner: Session | null;
  /** In the node's list of queues to serve. */
  isWaiting = false;
  /** Since when it is served, monotonic: its ticks count from here. */
  readonly since: number;
  /** When it was used last, monotonic; for queues that expire. */
  usedAt: number;
  hadConsumers = false;
  /** What its storage has not taken yet, where publishers wait for that of the queue. */
  storeWindow: CreditWindow | null = null;

  constructor(queue: Queue, push: PushQueue, owner: Session | null, now: number, mutations: Mutations) {
    this.queue = queue;
    this.push = push;
    this.owner = owner;
    this.since = now;
    this.usedAt = now;
    this.consumers = new Consumers<Consumer>(push.settings.isSingleActive, push.policy.singleActive, mutations);
  }

  get name(): string {
    return this.queue.state.name;
  }

  /** Gives consumers what they can take, and then drops what is too much. */
  serve(now: number): void {
    const { push, consumers } = this;
    consumers.readmit();
    while (push.state.readyCount > 0) {
      const consumer = consumers.next();
      if (consumer === null) break;
      const slot = push.take(consumer.client, now);
      if (slot === NO_MESSAGE) break;
      consumer.channel.deliver(slot, this, consumer);
    }
    if (push.policy.fullConsumers === 'set-aside') consumers.setAside();
    push.trim();
  }
}
