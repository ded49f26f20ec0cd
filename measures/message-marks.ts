import { grown } from './slot-table.js';

/** What is remembered of a message for good: a few bits, so that a late duplicate is known whenever it comes. */
export const Mark = { delivered: 1, effected: 2, acknowledged: 4 } as const;
export type Mark = (typeof Mark)[keyof typeof Mark];

/** Four bits per message, two messages a byte, indexed by trace number (dense from 1). */
export class MessageMarks {
  #bytes = new Uint8Array(1024);

  /** Sets the mark and says whether it was set before. */
  set(message: number, mark: Mark): boolean {
    const at = message >>> 1;
    if (at >= this.#bytes.length) this.#grow(at);
    const bit = mark << ((message & 1) << 2);
    const byte = this.#bytes[at]!;
    if ((byte & bit) !== 0) return true;
    this.#bytes[at] = byte | bit;
    return false;
  }

  #grow(at: number): void {
    let capacity = this.#bytes.length;
    while (capacity <= at) capacity *= 2;
    this.#bytes = grown(this.#bytes, capacity);
  }
}
