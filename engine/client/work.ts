import type { WireDelivery } from '../broker/index.js';
import type { Delivery } from './options.js';

/** What a piece of work needs of the message in which it came. */
export type Delivered = Pick<WireDelivery, 'body' | 'trace' | 'messageId' | 'handle' | 'deliveryCount'> & { readonly details?: WireDelivery['details'] };

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
  readonly deduplicationId: number;
  /** When the client got it, on its monotonic clock. */
  readonly receivedMicros: number;
  /** The lease as it was granted. */
  readonly timeoutMicros: number;
  state: 'buffered' | 'working' | 'done' = 'buffered';
  /** When the lease is to be extended next, on the monotonic clock. */
  nextExtendMicros = 0;
  readonly #owner: WorkOwner;
  /** As it came: it is not copied, because they come by the hundred thousand. */
  readonly #delivery: Delivered;

  constructor(
    owner: WorkOwner, queue: string, delivery: Delivered, deduplicationId: number, receivedMicros: number, timeoutMicros: number,
  ) {
    this.#owner = owner;
    this.#delivery = delivery;
    this.queue = queue;
    this.deduplicationId = deduplicationId;
    this.receivedMicros = receivedMicros;
    this.timeoutMicros = timeoutMicros;
  }

  get body(): Uint8Array {
    return this.#delivery.body;
  }

  get trace(): number {
    return this.#delivery.trace;
  }

  get messageId(): number {
    return this.#delivery.messageId;
  }

  get handle(): number {
    return this.#delivery.handle;
  }

  get deliveryCount(): number {
    return this.#delivery.deliveryCount;
  }

  /** The message group; null for none. */
  get group(): string | null {
    return this.#delivery.details?.properties.group ?? null;
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
