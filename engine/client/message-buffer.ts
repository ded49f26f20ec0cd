import type { OutgoingMessage } from './options.js';

const FIRST_CAPACITY = 16;

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

  /** The next messages for one request: at most `limit`, all for the queue of the first. */
  shiftBatch(limit: number): OutgoingMessage[] {
    const first = this.#shift();
    const batch = [first];
    while (batch.length < limit && this.#size > 0 && this.#ring[this.#first]!.queue === first.queue) batch.push(this.#shift());
    return batch;
  }

  #shift(): OutgoingMessage {
    const message = this.#ring[this.#first]!;
    this.#ring[this.#first] = null;
    this.#first = (this.#first + 1) & (this.#ring.length - 1);
    this.#size -= 1;
    return message;
  }

  #grow(): void {
    const ring = this.#ring;
    const inOrder = [...ring.slice(this.#first), ...ring.slice(0, this.#first)];
    this.#ring = inOrder.concat(new Array<null>(ring.length).fill(null));
    this.#first = 0;
  }
}
