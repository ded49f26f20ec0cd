import type { NameId } from '../../../history/index.js';
import type { Channel } from './channel.js';
import type { PushedQueue } from './pushed-queue.js';

/** A consumer of a queue, on its channel. */
export class Consumer {
  readonly channel: Channel;
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
    readonly channel: Channel; readonly queue: PushedQueue; readonly tag: string; readonly noAck: boolean; readonly isExclusive: boolean;
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
