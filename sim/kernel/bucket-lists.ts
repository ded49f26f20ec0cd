import { CHUNK_BITS, ENTRIES_PER_CHUNK, ENTRY_MASK, EventChunks } from './event-chunks.js';
import type { EventSlots } from './event-slots.js';
import { BUCKETS, Occupancy } from './occupancy.js';

/** The buckets' contents: per bucket a list of events in order of arrival, kept in chunks without gaps. */
export class BucketLists {
  readonly chunks = new EventChunks();
  readonly occupancy = new Occupancy();
  private readonly slots: EventSlots;
  /**
   * First chunk of bucket `i` at `2 i`, its last entry at `2 i + 1`; 0 for an empty bucket. The last chunk's own `to` is stale until
   * `seal`, so that appending does not touch its header.
   */
  private readonly ends = new Int32Array(BUCKETS * 2);

  constructor(slots: EventSlots) {
    this.slots = slots;
  }

  append(bucket: number, slot: number, time: number): void {
    let entry = (this.ends[(bucket << 1) + 1] as number) + 1;
    if ((entry & ENTRY_MASK) <= 1) entry = this.addLastChunk(bucket, entry - 1);
    this.ends[(bucket << 1) + 1] = entry;
    this.chunks.set(entry, time, slot);
    this.slots.setPlace(slot, entry);
  }

  prepend(bucket: number, slot: number, time: number): void {
    let chunk = this.ends[bucket << 1] as number;
    if (chunk === 0 || this.chunks.from(chunk) === 1) chunk = this.addFirstChunk(bucket, chunk);
    const index = this.chunks.from(chunk) - 1;
    this.chunks.setFrom(chunk, index);
    const entry = chunk * ENTRIES_PER_CHUNK + index;
    this.chunks.set(entry, time, slot);
    this.slots.setPlace(slot, entry);
  }

  /** Removes one event; at most three others of its chunk move. */
  remove(bucket: number, entry: number): void {
    const chunks = this.chunks;
    const chunk = entry >> CHUNK_BITS;
    const lastEntry = this.ends[(bucket << 1) + 1] as number;
    const inLastChunk = lastEntry >> CHUNK_BITS === chunk;
    const first = chunk * ENTRIES_PER_CHUNK + chunks.from(chunk);
    const last = inLastChunk ? lastEntry : chunk * ENTRIES_PER_CHUNK + chunks.to(chunk) - 1;
    if (first === last) {
      this.dropChunk(bucket, chunk);
    } else if (entry - first < last - entry) {
      for (let to = entry; to > first; to--) this.move(to - 1, to);
      chunks.setFrom(chunk, (first & ENTRY_MASK) + 1);
    } else {
      for (let to = entry; to < last; to++) this.move(to + 1, to);
      if (inLastChunk) this.ends[(bucket << 1) + 1] = last - 1;
      else chunks.setTo(chunk, last & ENTRY_MASK);
    }
  }

  /** Makes the headers of the bucket's chunks true, and returns the first chunk. */
  seal(bucket: number): number {
    const lastEntry = this.ends[(bucket << 1) + 1] as number;
    this.chunks.setTo(lastEntry >> CHUNK_BITS, (lastEntry & ENTRY_MASK) + 1);
    return this.ends[bucket << 1] as number;
  }

  /** Empties the bucket and hands its chunks to the caller, who frees them. */
  detach(bucket: number): number {
    const chunk = this.seal(bucket);
    this.ends[bucket << 1] = 0;
    this.ends[(bucket << 1) + 1] = 0;
    this.occupancy.unmark(bucket);
    return chunk;
  }

  private addLastChunk(bucket: number, lastEntry: number): number {
    const chunk = this.chunks.take(1);
    if (lastEntry === 0) {
      this.ends[bucket << 1] = chunk;
      this.occupancy.mark(bucket);
    } else {
      this.chunks.link(this.sealLast(lastEntry), chunk);
    }
    return chunk * ENTRIES_PER_CHUNK + 1;
  }

  private sealLast(lastEntry: number): number {
    const chunk = lastEntry >> CHUNK_BITS;
    this.chunks.setTo(chunk, ENTRIES_PER_CHUNK);
    return chunk;
  }

  private addFirstChunk(bucket: number, first: number): number {
    const chunk = this.chunks.take(ENTRIES_PER_CHUNK);
    this.ends[bucket << 1] = chunk;
    if (first === 0) {
      this.ends[(bucket << 1) + 1] = chunk * ENTRIES_PER_CHUNK + ENTRIES_PER_CHUNK - 1;
      this.occupancy.mark(bucket);
    } else {
      this.chunks.link(chunk, first);
    }
    return chunk;
  }

  private dropChunk(bucket: number, chunk: number): void {
    const chunks = this.chunks;
    const previous = chunks.previous(chunk);
    const next = chunks.next(chunk);
    if (previous === 0) this.ends[bucket << 1] = next;
    if (next === 0) this.ends[(bucket << 1) + 1] = previous === 0 ? 0 : previous * ENTRIES_PER_CHUNK + chunks.to(previous) - 1;
    if (previous === 0 && next === 0) this.occupancy.unmark(bucket);
    chunks.link(previous, next);
    chunks.free(chunk);
  }

  private move(from: number, to: number): void {
    const slot = this.chunks.slot(from);
    this.chunks.set(to, this.chunks.time(from), slot);
    this.slots.setPlace(slot, to);
  }
}
