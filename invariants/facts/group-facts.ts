import type { NameId } from '../../history/index.js';
import { longer, NO_SLOT } from './slot-table.js';

/** The copies of one message group in one queue, in the order of their sequence numbers. */
export interface GroupFact {
  readonly queue: NameId;
  readonly group: NameId;
  head: number;
  tail: number;
  /** Since when its first copy is the first. */
  headSince: number;
}

const QUEUES = 0x8000_0000;

/**
 * Which stored copy is in which message group, and at which place there. Columns by the slots of the copies, which grow no further than the
 * slots that need them, and nothing at all in a run without groups.
 */
export class GroupFacts {
  sequence = new Float64Array(0);
  next = new Int32Array(0);
  prev = new Int32Array(0);
  readonly #group: (GroupFact | null)[] = [];
  readonly #groups = new Map<number, GroupFact>();

  /** The group of a copy; null for none. */
  of(slot: number): GroupFact | null {
    return this.#group[slot] ?? null;
  }

  /** The copy takes its place, or another one than it had. */
  join(slot: number, queue: NameId, group: NameId, sequence: number, nowMicros: number): void {
    this.leave(slot, nowMicros);
    this.#reach(slot);
    const fact = this.#factFor(queue, group);
    this.#group[slot] = fact;
    this.sequence[slot] = sequence;
    let before = fact.tail;
    while (before !== NO_SLOT && this.sequence[before]! > sequence) before = this.prev[before]!;
    const behind = before === NO_SLOT ? fact.head : this.next[before]!;
    this.prev[slot] = before;
    this.next[slot] = behind;
    if (behind === NO_SLOT) fact.tail = slot;
    else this.prev[behind] = slot;
    if (before !== NO_SLOT) this.next[before] = slot;
    else {
      fact.head = slot;
      fact.headSince = nowMicros;
    }
  }

  /** The copy left its queue. */
  leave(slot: number, nowMicros: number): void {
    const fact = this.#group[slot] ?? null;
    if (fact === null) return;
    this.#group[slot] = null;
    const before = this.prev[slot]!;
    const behind = this.next[slot]!;
    if (behind === NO_SLOT) fact.tail = before;
    else this.prev[behind] = before;
    if (before !== NO_SLOT) this.next[before] = behind;
    else {
      fact.head = behind;
      fact.headSince = nowMicros;
    }
    if (fact.head === NO_SLOT) this.#groups.delete(fact.queue * QUEUES + fact.group);
  }

  /** Every group of a queue that has copies. */
  forEachIn(queue: NameId, visit: (fact: GroupFact) => void): void {
    for (const fact of this.#groups.values()) if (fact.queue === queue) visit(fact);
  }

  #factFor(queue: NameId, group: NameId): GroupFact {
    const key = queue * QUEUES + group;
    let fact = this.#groups.get(key);
    if (fact === undefined) {
      fact = { queue, group, head: NO_SLOT, tail: NO_SLOT, headSince: 0 };
      this.#groups.set(key, fact);
    }
    return fact;
  }

  #reach(slot: number): void {
    while (this.#group.length <= slot) this.#group.push(null);
    if (slot < this.sequence.length) return;
    const capacity = Math.max(64, 2 * this.sequence.length, slot + 1);
    this.sequence = longer(this.sequence, capacity);
    this.next = longer(this.next, capacity);
    this.prev = longer(this.prev, capacity);
  }
}
