import type { WireDelivery } from '../broker/index.js';
import type { Delivery } from './options.js';

/** The consumer that a piece of work reports to. */
export interface WorkOwner {
  onSuccess(work: Work): void;
  onFailure(work: Work): void;
}

/**
 * One delivery from its arrival at the client until nothing is left to do about it.
 *
 * | state    | start   | succeed, fail | settled |
 * | -------- | ------- | ------------- | ------- |
 * | buffered | working | –             | done    |
 * | working  | –       | done          | –       |
 * | done     | –       | – (ignored)   | –       |
 */
export class Work implements Delivery {
  readonly queue: string;
  readonly body: Uint8Array;
  readonly trace: number;
  readonly messageId: number;
  readonly deduplicationId: number;
  readonly handle: number;
  readonly deliveryCount: number;
  /** The message group; null for none. */
  readonly group: string | null;
  /** When the client got it, on its monotonic clock. */
  readonly receivedMicros: number;
  /** The lease as it was granted. */
  readonly timeoutMicros: number;
  state: 'buffered' | 'working' | 'done' = 'buffered';
  /** When the lease is to be extended next, on the monotonic clock. */
  nextExtendMicros = 0;
  readonly #owner: WorkOwner;

  constructor(
    owner: WorkOwner, queue: string, delivery: WireDelivery, deduplicationId: number, receivedMicros: number, timeoutMicros: number,
  ) {
    this.#owner = owner;
    this.queue = queue;
    this.body = delivery.body;
    this.trace = delivery.trace;
    this.messageId = delivery.messageId;
    this.deduplicationId = deduplicationId;
    this.handle = delivery.handle;
    this.deliveryCount = delivery.deliveryCount;
    this.group = delivery.details?.properties.group ?? null;
    this.receivedMicros = receivedMicros;
    this.timeoutMicros = timeoutMicros;
  }

  succeed(): void {
    if (this.state !== 'working') return;
    this.state = 'done';
    this.#owner.onSuccess(this);
  }

  fail(): void {
    if (this.state !== 'working') return;
    this.state = 'done';
    this.#owner.onFailure(this);
  }
}
