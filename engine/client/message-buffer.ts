import { messageBytes } from '../broker/index.js';
import type { OutgoingMessage } from './options.js';

const FIRST_CAPACITY = 16;

/** What one request may carry. */
export interface BatchLimits {
  readonly messages: number;
  /** Bodies and attributes, in sum. A message that is larger goes alone. */
  readonly bytes: number;
}

/** Messages that wait for room in flight, first come first served: a ring that grows, so that a buffer which comes and goes costs no memory. */
export class MessageBuffer {
  /** A power of two long. */
  #ring: (OutgoingMessage | null)[] = new Array<null>(FIRST_CAPACITY).fill(null);
  #first = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(message: OutgoingMessage): void {
    if (this.#size === this.#ring.length) this.#grow();
    this.#ring[(this.#first + this.#size) & (this.#ring.length - 1)] = message;
    this.#size += 1;
  }

  /** The next message; there is one. */
  shift(): OutgoingMessage {
    const message = this.#ring[this.#first]!;
    this.#ring[this.#first] = null;
    this.#first = (this.#first + 1) & (this.#ring.length - 1);
    this.#size -= 1;
    return message;
  }

  /** The next messages for one request, all for the queue of the first. */
  shiftBatch(limits: BatchLimits): OutgoingMessage[] {
    const count = this.#batchLength(limits);
    // A list that grows from nothing takes room for seventeen at once.
    if (count === 1) return [this.shift()];
    const batch: OutgoingMessage[] = [];
    while (batch.length < count) batch.push(this.shift());
    return batch;
  }

  /** Whether the next request has no place for another message, whatever comes. */
  fillsBatch(limits: BatchLimits): boolean {
    return this.#size >= limits.messages || this.#batchLength(limits) < this.#size;
  }

  #batchLength({ messages, bytes }: BatchLimits): number {
    const most = Math.min(messages, this.#size);
    const first = this.#at(0);
    let count = 1;
    let room = most === 1 ? 0 : bytes - messageBytes(first);
    while (count < most) {
      const next = this.#at(count);
      room -= messageBytes(next);
      if (room < 0 || next.queue !== first.queue) return count;
      count += 1;
    }
    return count;
  }

  #at(index: number): OutgoingMessage {
    return this.#ring[(this.#first + index) & (this.#ring.length - 1)]!;
  }

  #grow(): void {
    const ring = this.#ring;
    const inOrder = [...ring.slice(this.#first), ...ring.slice(0, this.#first)];
    this.#ring = inOrder.concat(new Array<null>(ring.length).fill(null));
    this.#first = 0;
  }
}
