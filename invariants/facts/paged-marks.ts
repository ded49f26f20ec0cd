/** Ids in one page. */
export const PAGE_IDS = 4096;

/** Marks are 1 to 15; 0 is "no mark". */
export const MARKS = 16;

const PAGE_SHIFT = 12;
const PAGE_BYTES = PAGE_IDS / 2;

interface OpenPage {
  /** Four bits an id. */
  readonly bytes: Uint8Array;
  /** How many ids of the page have each mark. */
  readonly counts: Uint16Array;
}

/**
 * What is remembered of every id for good: four bits. Pages whose ids all have the same mark, as nearly all have when most
 * messages end well, are folded into that mark, so that ten million good ends take a few kilobytes.
 */
export class PagedMarks {
  /** Open pages by page number; a folded page has its mark in {@link #folded} instead. */
  readonly #open: (OpenPage | null | undefined)[] = [];
  #folded = new Uint8Array(256);
  #openPages = 0;

  /** Pages that are not folded. */
  get openPages(): number {
    return this.#openPages;
  }

  get(id: number): number {
    const page = id >>> PAGE_SHIFT;
    const open = this.#open[page];
    if (open === undefined) return 0;
    if (open === null) return this.#folded[page]!;
    const byte = open.bytes[(id & (PAGE_IDS - 1)) >>> 1]!;
    return (id & 1) === 0 ? byte & 15 : byte >>> 4;
  }

  set(id: number, mark: number): void {
    const page = id >>> PAGE_SHIFT;
    let open = this.#open[page];
    if (open === undefined || open === null) {
      if ((open === null ? this.#folded[page]! : 0) === mark) return;
      open = this.#openPage(page);
    }
    const at = (id & (PAGE_IDS - 1)) >>> 1;
    const byte = open.bytes[at]!;
    const shift = (id & 1) << 2;
    const old = (byte >>> shift) & 15;
    if (old === mark) return;
    open.bytes[at] = (byte & ~(15 << shift)) | (mark << shift);
    open.counts[old]!--;
    if (++open.counts[mark]! === PAGE_IDS) this.#fold(page, mark);
  }

  /** How many ids have the mark. */
  count(mark: number): number {
    let sum = 0;
    for (const [page, open] of this.#open.entries()) {
      if (open === null) sum += this.#folded[page] === mark ? PAGE_IDS : 0;
      else if (open !== undefined) sum += open.counts[mark]!;
    }
    return sum;
  }

  /** The smallest ids with the mark, so many at most. The mark is not 0. */
  first(mark: number, most: number): number[] {
    const found: number[] = [];
    for (const [page, open] of this.#open.entries()) {
      if (open === undefined || (open === null ? this.#folded[page] !== mark : open.counts[mark] === 0)) continue;
      for (let id = page * PAGE_IDS; id < (page + 1) * PAGE_IDS; id++) {
        if (found.length === most) return found;
        if (this.get(id) === mark) found.push(id);
      }
    }
    return found;
  }

  #openPage(page: number): OpenPage {
    const isFolded = this.#open[page] === null;
    const mark = isFolded ? this.#folded[page]! : 0;
    const open = { bytes: new Uint8Array(PAGE_BYTES).fill(mark | (mark << 4)), counts: new Uint16Array(MARKS) };
    open.counts[mark] = PAGE_IDS;
    while (this.#open.length < page) this.#open.push(undefined);
    this.#open[page] = open;
    this.#openPages++;
    return open;
  }

  #fold(page: number, mark: number): void {
    if (page >= this.#folded.length) {
      const longer = new Uint8Array(2 * Math.max(this.#folded.length, page + 1));
      longer.set(this.#folded);
      this.#folded = longer;
    }
    this.#folded[page] = mark;
    this.#open[page] = null;
    this.#openPages--;
  }
}
