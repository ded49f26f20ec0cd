import { type EventChunk, type EventObserver, type EventRow, eventRow, Fingerprint, type NameTable, rawRow } from '../../history/index.js';

/** Events that share a digest. */
export const STRETCH = 256;

/**
 * The trail of a run: its first events as they are read, and beyond them a digest of each stretch. Events are taken with their names and
 * not with the numbers of these, which another version may give in another order.
 */
export class Trail implements EventObserver {
  readonly rows: EventRow[] = [];
  readonly digests: string[] = [];
  readonly #names: NameTable;
  readonly #from: number;
  readonly #to: number;
  #print = new Fingerprint();
  #count = 0;

  /** Keeps the rows from position `from` (included) to `to` (excluded). */
  constructor(names: NameTable, { from = 0, to }: { readonly from?: number; readonly to: number }) {
    this.#names = names;
    this.#from = from;
    this.#to = to;
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    for (let at = from; at < to; at += 1) this.#take(eventRow(rawRow(chunk, at, this.#count), this.#names));
  }

  #take(row: EventRow): void {
    if (this.#count >= this.#from && this.#count < this.#to) this.rows.push(row);
    this.#print.foldText(JSON.stringify(row));
    this.#count += 1;
    if (this.#count % STRETCH === 0) this.#endStretch();
  }

  /** Digests what is left. Call it when the run is over. */
  end(): void {
    if (this.#count % STRETCH !== 0) this.#endStretch();
  }

  #endStretch(): void {
    this.digests.push(this.#print.hex());
    this.#print = new Fingerprint();
  }
}
