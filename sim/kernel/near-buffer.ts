import { ENTRIES_PER_CHUNK, type EventChunks } from './event-chunks.js';
import type { EventSlots } from './event-slots.js';

const RING = 256;
const RING_MASK = RING - 1;
/** Most events that the buffer holds: beyond this, inserting costs more than the wheel does. */
export const NEAR_LIMIT = 128;

/**
 * The few earliest events, sorted, in a ring: the latest at `start`, the earliest just before `end`. Among equal times the one
 * that came first is nearer to `end`.
 */
export class NearBuffer {
  private readonly times = new Float64Array(RING);
  private readonly slots = new Int32Array(RING);
  private start = 0;
  private end = 0;

  get count(): number {
    return (this.end - this.start) & RING_MASK;
  }

  get isEmpty(): boolean {
    return this.end === this.start;
  }

  /** Undefined when empty, like `latestTime`. */
  get earliestTime(): number {
    return this.times[(this.end - 1) & RING_MASK] as number;
  }

  get latestTime(): number {
    return this.times[this.start] as number;
  }

  /** Inserts behind all events of its time, from the end that is nearer: most are either due soon or later than all others. The buffer is not full. */
  insert(slot: number, time: number): void {
    const { start, end } = this;
    const middle = (start + (((end - start) & RING_MASK) >> 1)) & RING_MASK;
    if (start === end || time >= (this.times[middle] as number)) this.insertLate(slot, time);
    else this.insertEarly(slot, time);
  }

  /** Inserts the events of a bucket in their order, each behind all of its time, and frees the chunks. They fit. */
  insertAll(chunks: EventChunks, firstChunk: number): void {
    let chunk = firstChunk;
    while (chunk !== 0) {
      this.insertChunk(chunks, chunk);
      const next = chunks.next(chunk);
      chunks.free(chunk);
      chunk = next;
    }
  }

  /** Marks all events as waiting here. */
  settle(eventSlots: EventSlots): void {
    const slots = this.slots;
    const end = this.end;
    for (let index = this.start; index !== end; index = (index + 1) & RING_MASK) eventSlots.setNear(slots[index] as number);
  }

  takeEarliest(): number {
    this.end = (this.end - 1) & RING_MASK;
    return this.slots[this.end] as number;
  }

  takeLatest(): number {
    const slot = this.slots[this.start] as number;
    this.start = (this.start + 1) & RING_MASK;
    return slot;
  }

  remove(slot: number): void {
    const times = this.times;
    const slots = this.slots;
    let index = this.start;
    while (slots[index] !== slot) index = (index + 1) & RING_MASK;
    const last = (this.end - 1) & RING_MASK;
    while (index !== last) {
      const earlier = (index + 1) & RING_MASK;
      times[index] = times[earlier] as number;
      slots[index] = slots[earlier] as number;
      index = earlier;
    }
    this.end = last;
  }

  /** Those that are later make room. */
  private insertLate(slot: number, time: number): void {
    const times = this.times;
    const slots = this.slots;
    const end = this.end;
    let later = this.start;
    let index = (later - 1) & RING_MASK;
    this.start = index;
    while (later !== end && (times[later] as number) > time) {
      times[index] = times[later] as number;
      slots[index] = slots[later] as number;
      index = later;
      later = (later + 1) & RING_MASK;
    }
    times[index] = time;
    slots[index] = slot;
  }

  /** Those that are not later make room; one is. */
  private insertEarly(slot: number, time: number): void {
    const times = this.times;
    const slots = this.slots;
    let index = this.end;
    this.end = (index + 1) & RING_MASK;
    let earlier = (index - 1) & RING_MASK;
    while ((times[earlier] as number) <= time) {
      times[index] = times[earlier] as number;
      slots[index] = slots[earlier] as number;
      index = earlier;
      earlier = (earlier - 1) & RING_MASK;
    }
    times[index] = time;
    slots[index] = slot;
  }

  private insertChunk(chunks: EventChunks, chunk: number): void {
    const times = this.times;
    const slots = this.slots;
    const ringEnd = this.end;
    let start = this.start;
    const end = chunk * ENTRIES_PER_CHUNK + chunks.to(chunk);
    for (let entry = chunk * ENTRIES_PER_CHUNK + chunks.from(chunk); entry < end; entry++) {
      const time = chunks.time(entry);
      let later = start;
      start = (start - 1) & RING_MASK;
      let index = start;
      while (later !== ringEnd && (times[later] as number) > time) {
        times[index] = times[later] as number;
        slots[index] = slots[later] as number;
        index = later;
        later = (later + 1) & RING_MASK;
      }
      times[index] = time;
      slots[index] = chunks.slot(entry);
    }
    this.start = start;
  }
}
