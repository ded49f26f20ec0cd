import { Board, type BoardData, type BoardUndo, EventKind, placeOf, type RawRow } from '../../history/index.js';

/** Which events are shown and stepped through; what is empty lets everything through. */
export interface Filter {
  readonly message: number | null;
  readonly actor: number | null;
  readonly queue: number | null;
}

export const everything: Filter = { message: null, actor: null, queue: null };

/**
 * Plays a recording: stands after one of its events, or before the first, and goes to any other. Going back takes the changes back one by
 * one: a way costs by how far it is, and not by how much there is in the queues.
 */
export class Player {
  readonly rows: readonly RawRow[];
  readonly #board: Board;
  /** How to take back every change that was made, the last at the end. */
  readonly #journal: BoardUndo[] = [];
  /** By row, how many changes had been made before it. */
  readonly #marks: Int32Array;
  #position = 0;
  #filter: Filter = everything;
  /** Numbers of the rows that pass the filter; null for all. */
  #passing: Int32Array | null = null;

  /** @param start what stood where before the first row. */
  constructor(rows: readonly RawRow[], start: BoardData) {
    this.rows = rows;
    this.#marks = new Int32Array(rows.length);
    this.#board = Board.from(start, this.#journal);
  }

  /** Rows that have happened: the board stands after row `position - 1`. */
  get position(): number {
    return this.#position;
  }

  get board(): Board {
    return this.#board;
  }

  /** The row that happened last; null before the first. */
  get row(): RawRow | null {
    return this.rows[this.#position - 1] ?? null;
  }

  get filter(): Filter {
    return this.#filter;
  }

  set filter(filter: Filter) {
    this.#filter = filter;
    const { message, actor, queue } = filter;
    if (message === null && actor === null && queue === null) {
      this.#passing = null;
      return;
    }
    const passing: number[] = [];
    this.rows.forEach((row, index) => {
      const isOfActor = actor === null || row.actor === actor || row.peer === actor;
      const isOfQueue = queue === null || row.dest === queue || (row.kind === EventKind.move && row.peer === queue);
      if ((message === null || row.message === message) && isOfActor && isOfQueue) passing.push(index);
    });
    this.#passing = Int32Array.from(passing);
  }

  /** Rows that pass the filter. */
  get passingCount(): number {
    return this.#passing?.length ?? this.rows.length;
  }

  /** Goes to stand after so many rows. */
  seek(position: number): void {
    const target = Math.max(0, Math.min(this.rows.length, position));
    for (; this.#position < target; this.#position++) {
      this.#marks[this.#position] = this.#journal.length;
      this.#board.apply(this.rows[this.#position]!);
    }
    if (target === this.#position) return;
    const mark = this.#marks[target]!;
    while (this.#journal.length > mark) this.#journal.pop()!();
    this.#position = target;
  }

  /** Goes so many passing rows on, or with a number below 0 back. False at the end. */
  step(count: number): boolean {
    const before = this.#position;
    this.seek(this.#neighbour(count));
    return this.#position !== before;
  }

  #neighbour(count: number): number {
    const passing = this.#passing;
    if (passing === null) return this.#position + count;
    // The passing row that happened last, by its place among them.
    const last = placeOf(passing, this.#position) - 1;
    const isOnIt = last >= 0 && passing[last] === this.#position - 1;
    const next = count < 0 && !isOnIt ? last + count + 1 : last + count;
    if (next < 0) return 0;
    if (next < passing.length) return passing[next]! + 1;
    // On from beyond the last of them, it stays: it never goes back.
    return passing.length === 0 ? this.#position : Math.max(this.#position, passing[passing.length - 1]! + 1);
  }

  /** Rows around the one that happened last, that pass the filter: their numbers. */
  around(before: number, after: number): number[] {
    const passing = this.#passing;
    const at = passing === null ? this.#position : placeOf(passing, this.#position);
    const numbers: number[] = [];
    for (let place = Math.max(0, at - before); place < Math.min(this.passingCount, at + after); place++) numbers.push(passing === null ? place : passing[place]!);
    return numbers;
  }
}
