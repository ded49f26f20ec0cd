import { NameTableFullError } from './errors.js';
import type { NameId } from './events.js';

/** Names per run at most: machines, clients, queues, links and fault kinds. */
export const MAX_NAMES = 1_000_000;

/** Gives the texts of a run dense numbers, from 1 in order of first use; 0 is "no name" and reads as the empty text. */
export class NameTable {
  readonly #ids = new Map<string, NameId>([['', 0]]);
  readonly #texts: string[] = [''];
  readonly #limit: number;

  constructor(limit: number = MAX_NAMES) {
    this.#limit = limit;
  }

  /**
   * The number of a text; the same text always gets the same number.
   * @throws NameTableFullError beyond the limit, {@link MAX_NAMES} unless told otherwise.
   */
  id(text: string): NameId {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#texts.length;
    if (id > this.#limit) throw new NameTableFullError(this.#limit);
    this.#ids.set(text, id);
    this.#texts.push(text);
    return id;
  }

  /** The text of a number; a number that was never given reads as the empty text. */
  text(id: NameId): string {
    return this.#texts[id] ?? '';
  }

  /** The number of a text that was seen before, 0 otherwise; never adds a name. */
  find(text: string): NameId {
    return this.#ids.get(text) ?? 0;
  }

  /** Names given so far; the largest number is `size`. */
  get size(): number {
    return this.#texts.length - 1;
  }
}
