import { ENTRIES_PER_CHUNK } from './event-chunks.js';
import { EventSlots, IN_NEAR_BUFFER } from './event-slots.js';
import { NEAR_LIMIT, NearBuffer } from './near-buffer.js';
import { TimingWheel } from './timing-wheel.js';

/** A refill takes further buckets of one time until the near buffer holds this many, and others until it holds a few. */
const REFILL_TARGET = 32;
const FEW = 8;
/** A bucket of several times that holds more is spread over the wheel: to sort it would take longer. */
const SORT_LIMIT = 32;
/** What is due so much later than a new event stands in the way in the near buffer, unless there are few. */
const FAR_MICROS = 4096;

/**
 * The pending events, in the order (time, sequence of scheduling): the earliest in the near buffer, the others in the wheel.
 * Every event in the near buffer comes before every event in the wheel.
 */
export class EventQueue {
  readonly slots = new EventSlots();
  readonly near = new NearBuffer();
  private readonly wheel = new TimingWheel(this.slots);
  /** No event in the wheel is earlier than this, and a new event of this time or later belongs there. */
  private horizon = Infinity;
  /** Earliest time in the wheel; NaN while it is not known. */
  private wheelTime = NaN;

  get memoryBytes(): number {
    return this.slots.memoryBytes + this.wheel.lists.chunks.memoryBytes;
  }

  insert(slot: number, time: number): void {
    if (time >= this.horizon) {
      this.appendToWheel(slot, time);
    } else if (this.near.count < NEAR_LIMIT) {
      if (this.near.latestTime - time > FAR_MICROS && this.near.count > FEW) this.sendLatestAway();
      this.slots.setPlace(slot, IN_NEAR_BUFFER);
      this.near.insert(slot, time);
    } else {
      this.insertIntoFull(slot, time);
    }
  }

  remove(slot: number): void {
    const place = this.slots.place(slot);
    if (place === IN_NEAR_BUFFER) {
      this.near.remove(slot);
      return;
    }
    const time = this.wheel.lists.chunks.time(place);
    if (time === this.wheelTime) this.wheelTime = NaN;
    this.wheel.lists.remove(this.wheel.bucketOf(time), place);
  }

  /** Time of the first event, Infinity when there is none. Moves no event. */
  earliestTime(): number {
    if (!this.near.isEmpty) return this.near.earliestTime;
    if (Number.isNaN(this.wheelTime)) this.wheelTime = this.wheel.earliestTime();
    return this.wheelTime;
  }

  /**
   * Fills the empty near buffer with the first events of the wheel, which may lie beyond `limit`. Returns false when no event
   * is at or before `limit`. No event before `limit` may be inserted after that.
   */
  refill(limit: number): boolean {
    const wheel = this.wheel;
    this.wheelTime = NaN;
    let bucket = wheel.firstBucket();
    while (bucket >= 0 && wheel.startOf(bucket) <= limit) {
      if (this.isSmall(bucket)) {
        this.takeSmallBuckets(bucket);
        return true;
      }
      if (wheel.hasOneTime(bucket)) {
        this.takeTies(bucket);
        return true;
      }
      wheel.cascade(bucket);
      bucket = wheel.firstBucket();
    }
    if (bucket < 0) this.horizon = Infinity;
    return false;
  }

  private appendToWheel(slot: number, time: number): void {
    if (time < this.wheelTime) this.wheelTime = time;
    this.wheel.lists.append(this.wheel.bucketOf(time), slot, time);
  }

  /** Of the near buffer's events and the new one, the latest goes to the wheel. */
  private insertIntoFull(slot: number, time: number): void {
    const latestTime = this.near.latestTime;
    if (time >= latestTime) {
      this.horizon = time;
      this.appendToWheel(slot, time);
      return;
    }
    this.sendLatestAway();
    this.slots.setPlace(slot, IN_NEAR_BUFFER);
    this.near.insert(slot, time);
  }

  /** From the near buffer to the wheel. */
  private sendLatestAway(): void {
    const { latestTime } = this.near;
    this.horizon = latestTime;
    this.wheelTime = NaN;
    this.wheel.lists.prepend(this.wheel.bucketOf(latestTime), this.near.takeLatest(), latestTime);
  }

  private takeSmallBuckets(firstBucket: number): void {
    const { wheel, near } = this;
    let bucket = firstBucket;
    do {
      near.insertAll(wheel.lists.chunks, wheel.lists.detach(bucket));
      bucket = wheel.firstBucket();
    } while (bucket >= 0 && near.count < (wheel.hasOneTime(bucket) ? REFILL_TARGET : FEW) && this.isSmall(bucket));
    this.horizon = bucket < 0 ? Infinity : wheel.startOf(bucket);
    near.settle(this.slots);
  }

  /** Whether the near buffer takes the bucket as it is. */
  private isSmall(bucket: number): boolean {
    return this.wheel.holdsAtMost(bucket, this.wheel.hasOneTime(bucket) ? NEAR_LIMIT - this.near.count : SORT_LIMIT);
  }

  /** Takes as many events of one time as the near buffer holds; the others stay behind them in the wheel. */
  private takeTies(bucket: number): void {
    const { wheel, near } = this;
    const { lists } = wheel;
    this.horizon = wheel.startOf(bucket);
    for (let count = 0; count < NEAR_LIMIT; count++) {
      const chunk = lists.seal(bucket);
      const entry = chunk * ENTRIES_PER_CHUNK + lists.chunks.from(chunk);
      near.insert(lists.chunks.slot(entry), this.horizon);
      lists.remove(bucket, entry);
    }
    near.settle(this.slots);
  }
}
