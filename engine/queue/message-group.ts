import { NONE } from './links.js';

/** The columns through which groups string their messages together. */
export interface GroupColumns {
  readonly next: Int32Array;
  readonly prev: Int32Array;
  readonly sequence: Float64Array;
}

/** The messages of one group in one queue, in the order of their sequence numbers, as a list through the columns of {@link GroupColumns}. */
export class MessageGroup {
  readonly name: string;
  head = NONE;
  tail = NONE;
  /** Neighbours among the groups that are available. */
  next: MessageGroup | null = null;
  prev: MessageGroup | null = null;
  isAvailable = false;

  constructor(name: string) {
    this.name = name;
  }

  get isEmpty(): boolean {
    return this.head === NONE;
  }

  /** At its place by sequence number, which is nearly always the end. */
  add(slot: number, columns: GroupColumns): void {
    const { next, prev, sequence } = columns;
    let before = this.tail;
    while (before !== NONE && (sequence[before] as number) > (sequence[slot] as number)) before = prev[before] as number;
    const behind = before === NONE ? this.head : (next[before] as number);
    prev[slot] = before;
    next[slot] = behind;
    if (before === NONE) this.head = slot;
    else next[before] = slot;
    if (behind === NONE) this.tail = slot;
    else prev[behind] = slot;
  }

  remove(slot: number, columns: GroupColumns): void {
    const { next, prev } = columns;
    const before = prev[slot] as number;
    const behind = next[slot] as number;
    if (before === NONE) this.head = behind;
    else next[before] = behind;
    if (behind === NONE) this.tail = before;
    else prev[behind] = before;
  }
}

/** Groups in the order in which they were put. */
export class GroupList {
  first: MessageGroup | null = null;
  #last: MessageGroup | null = null;

  add(group: MessageGroup): void {
    group.isAvailable = true;
    group.next = null;
    group.prev = this.#last;
    if (this.#last === null) this.first = group;
    else this.#last.next = group;
    this.#last = group;
  }

  remove(group: MessageGroup): void {
    group.isAvailable = false;
    if (group.prev === null) this.first = group.next;
    else group.prev.next = group.next;
    if (group.next === null) this.#last = group.prev;
    else group.next.prev = group.prev;
  }
}
