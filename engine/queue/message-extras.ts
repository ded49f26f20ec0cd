import { grownFloat64, grownInt32 } from './links.js';
import type { MessageGroup } from './message-group.js';
import type { MessageAttributes } from './message-properties.js';

const FIRST_CAPACITY = 1024;

/**
 * What only some messages have: a group, a deduplication id, a sequence number, attributes. Columns beside those of the message store,
 * by the same slots, that grow no further than the slots that need them, so that plain messages cost nothing.
 */
export class MessageExtras {
  /** The group as the queue that holds the message knows it. */
  readonly member: (MessageGroup | null)[] = [];
  readonly group: (string | null)[] = [];
  readonly deduplicationId: (string | null)[] = [];
  readonly attributes: (MessageAttributes | null)[] = [];
  /** Rises with every send, and with every move to another queue. */
  sequence = new Float64Array(0);
  /** Neighbours in the message's group. */
  next = new Int32Array(0);
  prev = new Int32Array(0);
  /** Neighbours in the whole queue, by sequence. */
  later = new Int32Array(0);
  earlier = new Int32Array(0);

  has(slot: number): boolean {
    return slot < this.group.length && (this.group[slot] !== null || this.attributes[slot] !== null);
  }

  groupOf(slot: number): string | null {
    return this.group[slot] ?? null;
  }

  set(slot: number, group: string | null, deduplicationId: string | null, attributes: MessageAttributes | null, sequence: number): void {
    this.#reach(slot);
    this.group[slot] = group;
    this.deduplicationId[slot] = deduplicationId;
    this.attributes[slot] = attributes;
    this.sequence[slot] = sequence;
  }

  /** A message with properties goes to another queue; `deduplicationId` null: it keeps its own. */
  moved(slot: number, sequence: number, deduplicationId: string | null): void {
    if (slot >= this.group.length) return;
    this.sequence[slot] = sequence;
    if (deduplicationId !== null) this.deduplicationId[slot] = deduplicationId;
  }

  /** The slot is used again, by a plain message. */
  clear(slot: number): void {
    if (slot >= this.group.length) return;
    this.group[slot] = null;
    this.deduplicationId[slot] = null;
    this.attributes[slot] = null;
    this.member[slot] = null;
  }

  #reach(slot: number): void {
    while (this.group.length <= slot) {
      this.group.push(null);
      this.deduplicationId.push(null);
      this.attributes.push(null);
      this.member.push(null);
    }
    if (slot < this.sequence.length) return;
    const capacity = Math.max(FIRST_CAPACITY, 2 * this.sequence.length, slot + 1);
    this.sequence = grownFloat64(this.sequence, capacity);
    this.next = grownInt32(this.next, capacity);
    this.prev = grownInt32(this.prev, capacity);
    this.later = grownInt32(this.later, capacity);
    this.earlier = grownInt32(this.earlier, capacity);
  }
}

