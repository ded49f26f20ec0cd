/** Of copies in a line, each with its place: places rise in the order in which copies came to any line. */
type Line = Map<number, number>;

/**
 * What stands ready in a quorum queue, in the order in which it has to be handed out: first what came back to a line of its own, then, of each level by itself, what
 * came, or came back to the tail, in this order. Copies of which it is not known where they stand are in none of them.
 */
export class ReadyLines {
  /** What has a line of its own, in the order of coming back. */
  readonly #returned: Line = new Map();
  readonly #levels = new Map<number, Line>();
  readonly #lineOf = new Map<number, Line>();
  #places = 0;

  get size(): number {
    return this.#lineOf.size;
  }

  /** To the tail of its level. */
  arrives(copy: number, level: number): void {
    let line = this.#levels.get(level);
    if (line === undefined) this.#levels.set(level, line = new Map());
    this.#stand(copy, line);
  }

  /** To the line of its own. */
  returns(copy: number): void {
    this.#stand(copy, this.#returned);
  }

  /** False when nothing was known of it. */
  leaves(copy: number): boolean {
    this.#lineOf.get(copy)?.delete(copy);
    return this.#lineOf.delete(copy);
  }

  clear(): void {
    this.#returned.clear();
    this.#levels.clear();
    this.#lineOf.clear();
  }

  has(copy: number): boolean {
    return this.#lineOf.has(copy);
  }

  hasReturned(copy: number): boolean {
    return this.#returned.has(copy);
  }

  isIn(copy: number, level: number): boolean {
    return this.#levels.get(level)?.has(copy) === true;
  }

  /** The first of those that have a line of their own; null: there is none. */
  get firstReturned(): number | null {
    return firstOf(this.#returned);
  }

  /** The first of a level; null: there is none. */
  firstIn(level: number): number | null {
    const line = this.#levels.get(level);
    return line === undefined ? null : firstOf(line);
  }

  /** The first of the line in which this copy stands. */
  firstBefore(copy: number): number | null {
    const line = this.#lineOf.get(copy);
    return line === undefined ? null : firstOf(line);
  }

  /** Whether one came to its line before the other. */
  isBefore(copy: number, other: number): boolean {
    return this.#lineOf.get(copy)!.get(copy)! < this.#lineOf.get(other)!.get(other)!;
  }

  #stand(copy: number, line: Line): void {
    this.leaves(copy);
    line.set(copy, ++this.#places);
    this.#lineOf.set(copy, line);
  }
}

function firstOf(line: Line): number | null {
  for (const copy of line.keys()) return copy;
  return null;
}
