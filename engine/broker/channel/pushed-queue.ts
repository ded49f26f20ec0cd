import type { NameId } from '../../../history/index.js';
import type { Mutations } from '../../mutants/index.js';
import { NO_MESSAGE, type PushQueue, type Queue } from '../../queue/index.js';
import type { Session } from '../session.js';

/** What a queue knows of a channel that one of its consumers is on. */
export interface ConsumerChannel {
  readonly isFlowing: boolean;
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
  unacknowledged = 0;

  constructor(options: {
    readonly channel: ConsumerChannel; readonly queue: PushedQueue; readonly tag: string; readonly noAck: boolean; readonly isExclusive: boolean;
    readonly priority: number; readonly prefetch: number; readonly client: NameId;
  }) {
    this.channel = options.channel;
    this.queue = options.queue;
    this.tag = options.tag;
    this.noAck = options.noAck;
    this.isExclusive = options.isExclusive;
    this.priority = options.priority;
    this.prefetch = options.prefetch;
    this.client = options.client;
  }

  /** Whether it can be given another message now. */
  canTake(): boolean {
    if (!this.channel.isFlowing) return false;
    if (this.noAck) return true;
    const prefetch = this.prefetch + (this.channel.node.mutations.prefetchOffByOne ? 1 : 0);
    return (this.prefetch === 0 || this.unacknowledged < prefetch) && this.channel.hasRoom;
  }
}

interface Level {
  readonly priority: number;
  readonly members: Consumer[];
  /** Whose turn it is. */
  turn: number;
}

/**
 * The consumers of one queue. Each message goes to one that can take it, of the highest priority that has one, in turn. With a single active consumer only
 * that one gets any: the first that came, until it goes. Where a newcomer of higher priority may take over, the active one is given nothing more, and
 * the change is made when it holds nothing any more.
 */
export class Consumers {
  readonly #isSingleActive: boolean;
  readonly #yieldsToPriority: boolean;
  /** Highest priority first. */
  readonly #levels: Level[] = [];
  /** In the order in which they came. */
  readonly #all: Consumer[] = [];
  #active: Consumer | null = null;

  constructor(isSingleActive: boolean, yieldsToPriority: boolean) {
    this.#isSingleActive = isSingleActive;
    this.#yieldsToPriority = yieldsToPriority;
  }

  get size(): number {
    return this.#all.length;
  }

  get all(): readonly Consumer[] {
    return this.#all;
  }

  /** The single active consumer; null where there is no such thing. */
  get active(): Consumer | null {
    return this.#active;
  }

  get hasExclusive(): boolean {
    return this.#all.some(({ isExclusive }) => isExclusive);
  }

  add(consumer: Consumer): void {
    this.#all.push(consumer);
    let at = this.#levels.findIndex(({ priority }) => priority <= consumer.priority);
    if (at < 0) at = this.#levels.length;
    if (this.#levels[at]?.priority !== consumer.priority) this.#levels.splice(at, 0, { priority: consumer.priority, members: [], turn: 0 });
    this.#levels[at]!.members.push(consumer);
    if (this.#isSingleActive) this.#active ??= consumer;
  }

  remove(consumer: Consumer): void {
    this.#all.splice(this.#all.indexOf(consumer), 1);
    const at = this.#levels.findIndex(({ members }) => members.includes(consumer));
    const { members } = this.#levels[at]!;
    members.splice(members.indexOf(consumer), 1);
    if (members.length === 0) this.#levels.splice(at, 1);
    if (this.#active === consumer) this.#active = this.#successor();
  }

  /** Who gets the next message; null: nobody can take one. */
  next(): Consumer | null {
    if (this.#isSingleActive) return this.#nextActive();
    for (const level of this.#levels) {
      const { members } = level;
      for (let step = 0; step < members.length; step++) {
        const at = (level.turn + step) % members.length;
        const consumer = members[at]!;
        if (!consumer.canTake()) continue;
        level.turn = at + 1;
        return consumer;
      }
    }
    return null;
  }

  #nextActive(): Consumer | null {
    const active = this.#active;
    if (active === null) return null;
    const best = this.#successor()!;
    if (this.#yieldsToPriority && best.priority > active.priority) {
      if (active.unacknowledged > 0) return null;
      this.#active = best;
    }
    return this.#active!.canTake() ? this.#active : null;
  }

  /** The first that came, of the highest priority where that counts. */
  #successor(): Consumer | null {
    return (this.#yieldsToPriority ? this.#levels[0]?.members[0] : this.#all[0]) ?? null;
  }
}

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
