import type { OutgoingMessage } from './options.js';

/** Messages that wait for room in flight, first come first served. A consumed front is cut off now and then. */
export class MessageBuffer {
  #messages: OutgoingMessage[] = [];
  #first = 0;

  get size(): number {
    return this.#messages.length - this.#first;
  }

  push(message: OutgoingMessage): void {
    this.#messages.push(message);
  }

  /** The next messages for one request: at most `limit`, all for the queue of the first. */
  shiftBatch(limit: number): OutgoingMessage[] {
    const first = this.#messages[this.#first]!;
    const batch = [first];
    this.#first += 1;
    while (batch.length < limit && this.size > 0) {
      const next = this.#messages[this.#first]!;
      if (next.queue !== first.queue) break;
      batch.push(next);
      this.#first += 1;
    }
    this.#cutFront();
    return batch;
  }

  #cutFront(): void {
    if (this.#first === this.#messages.length) {
      this.#messages.length = 0;
      this.#first = 0;
    } else if (this.#first >= 1024 && this.#first * 2 >= this.#messages.length) {
      this.#messages = this.#messages.slice(this.#first);
      this.#first = 0;
    }
  }
}
