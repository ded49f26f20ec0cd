import type { NameId } from '../history/index.js';
import type { DurationSink } from './latency-recorder.js';
import { grown, NO_SLOT, type SlotColumns, SlotTable } from './slot-table.js';

/** A receipt handle is the copy times this plus the delivery's number. */
const HANDLE_SERIALS = 1_048_576;

/** The handlings that have begun and not ended, by consumer and receipt handle. */
export class Handlings implements SlotColumns {
  readonly #table: SlotTable;
  readonly #handling: DurationSink;
  #started = new Float64Array(0);
  #consumer = new Int32Array(0);

  constructor(handling: DurationSink) {
    this.#handling = handling;
    this.#table = new SlotTable(this);
  }

  grow(capacity: number): void {
    this.#started = grown(this.#started, capacity);
    this.#consumer = grown(this.#consumer, capacity);
  }

  /** Handlings going on now. */
  get size(): number {
    return this.#table.size;
  }

  begin(consumer: NameId, handle: number, nowMicros: number): void {
    let slot = this.#find(consumer, handle);
    if (slot === NO_SLOT) slot = this.#table.add(copyOf(handle), keyOf(consumer, handle, copyOf(handle)));
    this.#started[slot] = nowMicros;
    this.#consumer[slot] = consumer;
  }

  /** Returns how long it took. `counts`: it ended by itself, so its time is a service time. */
  end(consumer: NameId, handle: number, counts: boolean, nowMicros: number): number {
    const slot = this.#find(consumer, handle);
    if (slot === NO_SLOT) return 0;
    const micros = nowMicros - this.#started[slot]!;
    if (counts) this.#handling.record(micros);
    this.#table.remove(slot);
    return micros;
  }

  /** Forgets the handlings of a consumer whose process is gone. */
  forget(consumer: NameId): void {
    this.#table.forEach((slot) => {
      if (this.#consumer[slot] === consumer) this.#table.remove(slot);
    });
  }

  #find(consumer: NameId, handle: number): number {
    const copy = copyOf(handle);
    return this.#table.find(copy, keyOf(consumer, handle, copy));
  }
}

function copyOf(handle: number): number {
  return Math.floor(handle / HANDLE_SERIALS) | 0;
}

/** The delivery's number and the consumer in one word; apart for up to 4096 names, which suffices for one handle. */
function keyOf(consumer: NameId, handle: number, copy: number): number {
  // Not with %, which takes longer than the rest together for numbers beyond 32 bits.
  return (handle - copy * HANDLE_SERIALS) | (consumer << 20);
}
