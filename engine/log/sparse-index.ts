/** Bytes of a segment between two entries. */
export const INDEX_INTERVAL_BYTES = 16 * 1024;

/** Where a batch stands in a segment. */
export interface BatchAt {
  readonly offset: number;
  readonly basePosition: number;
}

/**
 * Where batches stand in a segment: an entry every {@link INDEX_INTERVAL_BYTES}, in ascending order. It is built as batches are
 * written or recovered and never stored: it cannot disagree with the bytes.
 */
export class SparseIndex {
  readonly #positions: number[] = [];
  readonly #offsets: number[] = [];

  /** Notes a batch behind the last one noted. */
  note(basePosition: number, offset: number): void {
    const last = this.#offsets.at(-1);
    if (last !== undefined && offset - last < INDEX_INTERVAL_BYTES) return;
    this.#positions.push(basePosition);
    this.#offsets.push(offset);
  }

  /** The last entry whose batch begins at or before `position`; null when there is none. */
  find(position: number): BatchAt | null {
    let low = 0;
    let high = this.#positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#positions[middle]! <= position) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? null : { basePosition: this.#positions[low - 1]!, offset: this.#offsets[low - 1]! };
  }
}
