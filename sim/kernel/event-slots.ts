import { KernelError } from './errors.js';

/** Names a scheduled event. Opaque; 0 is never a valid id, and no id is ever given out twice. */
export type EventId = number;

export type Handler = (argument: unknown) => void;

/** Place of an event that waits in the near buffer. Places from 0 are entries of the wheel's chunks. */
export const IN_NEAR_BUFFER = -1;
/** The place of a free slot is this minus the slot that is free after it (0: none). */
const FREE = -2;

const SLOT_BITS = 26;
const SLOT_COUNT = 1 << SLOT_BITS;
const SLOT_MASK = SLOT_COUNT - 1;
/** An id is generation and slot, and must stay below 2^53. */
const LAST_GENERATION = (1 << (53 - SLOT_BITS)) - 1;
const INITIAL_SLOTS = 256;
/** Two words, and two references. */
const BYTES_PER_SLOT = 24;

/**
 * What is known of each pending event beside its time: where it waits, and what to call. A slot is free at once when its
 * event fires or is cancelled, and the slot freed last is taken first, so memory follows the largest number of events
 * that were pending together and not the number that were ever scheduled.
 */
export class EventSlots {
  /** Number of pending events. */
  live = 0;
  /** Place of slot `i` at `2 i`, its generation at `2 i + 1`. Slot 0 is never taken. */
  private words = new Int32Array(0);
  /** Handler of slot `i` at `2 i`, its argument at `2 i + 1`. */
  private readonly payload: unknown[] = [];
  private firstFree = 0;
  private readonly lastGeneration: number;

  /** A slot that had `lastGeneration` events is retired. */
  constructor(lastGeneration = LAST_GENERATION) {
    this.lastGeneration = lastGeneration;
    this.resize(INITIAL_SLOTS);
  }

  /** Slots, used or free. */
  get capacity(): number {
    return this.words.length >> 1;
  }

  get memoryBytes(): number {
    return this.capacity * BYTES_PER_SLOT;
  }

  /** Takes a free slot. The caller gives the event a place and tells the slot. */
  take(handler: Handler, argument: unknown): number {
    if (this.firstFree === 0) this.grow();
    const slot = this.firstFree;
    this.firstFree = FREE - (this.words[slot << 1] as number);
    this.payload[slot << 1] = handler;
    this.payload[(slot << 1) + 1] = argument;
    this.live++;
    return slot;
  }

  /** Gives the slot back. The caller has taken the event from its place. */
  free(slot: number): void {
    this.payload[slot << 1] = undefined;
    this.payload[(slot << 1) + 1] = undefined;
    this.live--;
    const generation = this.words[(slot << 1) + 1] as number;
    this.words[(slot << 1) + 1] = generation + 1;
    this.words[slot << 1] = FREE - this.firstFree;
    if (generation < this.lastGeneration) this.firstFree = slot;
  }

  place(slot: number): number {
    return this.words[slot << 1] as number;
  }

  setPlace(slot: number, place: number): void {
    this.words[slot << 1] = place;
  }

  /**
   * Sets the place of an event that is about to fire. Reading its handler here, for a batch of events in a row, lets the
   * processor fetch their lines together; the check is its excuse.
   */
  setNear(slot: number): void {
    this.words[slot << 1] = IN_NEAR_BUFFER;
    if (this.payload[slot << 1] === undefined) throw new Error(`slot ${slot} waits in the wheel and has no event`);
  }

  idOf(slot: number): EventId {
    return (this.words[(slot << 1) + 1] as number) * SLOT_COUNT + slot;
  }

  /** The slot of a pending event, or 0 when it fired, was cancelled or never was. */
  find(id: EventId): number {
    const slot = id & SLOT_MASK;
    if (slot >= this.capacity || (this.words[slot << 1] as number) <= FREE) return 0;
    return this.idOf(slot) === id ? slot : 0;
  }

  handlerOf(slot: number): Handler {
    return this.payload[slot << 1] as Handler;
  }

  argumentOf(slot: number): unknown {
    return this.payload[(slot << 1) + 1];
  }

  private grow(): void {
    if (this.capacity === SLOT_COUNT) {
      const message = `${this.live} events are pending and no more fit; cancel the timers that are no longer needed`;
      throw new KernelError('QL_SIM_PENDING_LIMIT', message, { pending: this.live });
    }
    this.resize(this.capacity * 2);
  }

  private resize(capacity: number): void {
    const words = new Int32Array(capacity * 2);
    words.set(this.words);
    for (let slot = capacity - 1; slot >= Math.max(this.capacity, 1); slot--) {
      words[slot << 1] = FREE - this.firstFree;
      words[(slot << 1) + 1] = 1;
      this.firstFree = slot;
    }
    while (this.payload.length < capacity * 2) this.payload.push(undefined);
    this.words = words;
  }
}
