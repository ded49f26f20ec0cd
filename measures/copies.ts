import { CopyState, type NameId, NO_DEADLINE_MICROS } from '../history/index.js';
import { DueHeap } from './due-heap.js';
import { Cause, type CauseOfReturn, NONE } from './duplicates.js';
import { type GroupShares, NO_GROUP } from './group-shares.js';
import type { DurationSink } from './latency-recorder.js';
import type { QueueGauges } from './queue-gauges.js';
import type { Repeats } from './repeats.js';
import { grown, NO_SLOT, type SlotColumns, SlotTable } from './slot-table.js';

const NEVER = -1;

/**
 * The stored copies, each in its state, as the engine's own events tell:
 *
 * | state   | accept, restore | lease-grant, lease-extend | lease-expire, lease-release | set-aside | delay over | move to dead letters | settle, drop, redrive |
 * | ------- | --------------- | ------------------------- | --------------------------- | --------- | ---------- | -------------------- | --------------------- |
 * | absent  | as it says      |                           |                             |           |            |                      |                       |
 * | ready   | as it says      | leased                    |                             | delayed   |            | ready there          | absent                |
 * | delayed | as it says      | leased                    |                             |           | ready      | ready there          | absent                |
 * | leased  | as it says      |                           | ready                       |           |            | ready there          | absent                |
 *
 * An empty field changes nothing. A redrive stores a new copy, which has its own accept. An extension makes a ready copy leased
 * when it comes with the handle of a lease that has ended (SQS standard queues take it).
 */
export class Copies implements SlotColumns {
  readonly #table: SlotTable;
  readonly #gauges: QueueGauges;
  /** Copies whose delay is not over, by its end; entries may be stale. */
  readonly #due = new DueHeap();
  #message = new Int32Array(0);
  #queueName = new Int32Array(0);
  #queue = new Uint8Array(0);
  #state = new Uint8Array(0);
  /** 1 once it was leased since it came to its queue. */
  #wasLeased = new Uint8Array(0);
  /** 1 from the beginning of a recovery until the copy is found in the journal. */
  #unconfirmed = new Uint8Array(0);
  /** Where it came from; why it is ready again, until it is leased; why it was last leased; whether it reached a consumer. */
  #origin = new Uint8Array(0);
  #back = new Uint8Array(0);
  #why = new Uint8Array(0);
  #reached = new Uint8Array(0);
  /** 1 while its lease ends with its channel; 1 when its consumer gives it back. */
  #endless = new Uint8Array(0);
  #nacked = new Uint8Array(0);
  /** The number of its message group; 0 for none. */
  #group = new Int32Array(0);
  /** When it became ready, or will become ready. */
  #since = new Float64Array(0);
  /** When it was last leased here; below 0 for never. */
  #leasedAt = new Float64Array(0);

  readonly #queueWait: DurationSink;
  readonly #redeliveryDelay: DurationSink;

  readonly #deliveries: Repeats;
  readonly #groups: GroupShares;

  constructor(gauges: QueueGauges, waits: { readonly queueWait: DurationSink; readonly redeliveryDelay: DurationSink }, deliveries: Repeats, groups: GroupShares) {
    this.#gauges = gauges;
    this.#groups = groups;
    this.#deliveries = deliveries;
    this.#queueWait = waits.queueWait;
    this.#redeliveryDelay = waits.redeliveryDelay;
    this.#table = new SlotTable(this);
  }

  grow(capacity: number): void {
    this.#message = grown(this.#message, capacity);
    this.#queueName = grown(this.#queueName, capacity);
    this.#queue = grown(this.#queue, capacity);
    this.#state = grown(this.#state, capacity);
    this.#wasLeased = grown(this.#wasLeased, capacity);
    this.#unconfirmed = grown(this.#unconfirmed, capacity);
    this.#origin = grown(this.#origin, capacity);
    this.#back = grown(this.#back, capacity);
    this.#why = grown(this.#why, capacity);
    this.#reached = grown(this.#reached, capacity);
    this.#endless = grown(this.#endless, capacity);
    this.#nacked = grown(this.#nacked, capacity);
    this.#group = grown(this.#group, capacity);
    this.#since = grown(this.#since, capacity);
    this.#leasedAt = grown(this.#leasedAt, capacity);
  }

  /** Copies stored now. */
  get size(): number {
    return this.#table.size;
  }

  /** When {@link releaseDue} has something to do next. */
  get nextDueMicros(): number {
    return this.#due.nextMicros;
  }

  /**
   * A copy is stored, or found by a recovery, in a state that lasts until `untilMicros` (now for a ready one). True when it is
   * new here. One that was ready all along goes on waiting.
   */
  put(
    broker: NameId, copy: number, message: number, queueName: NameId, state: CopyState, untilMicros: number, wasLeased: boolean, nowMicros: number,
  ): boolean {
    let slot = this.#table.find(copy, broker);
    const isNew = slot === NO_SLOT;
    const waits = slot !== NO_SLOT && state === CopyState.ready && this.#state[slot] === CopyState.ready;
    if (slot === NO_SLOT) slot = this.#table.add(copy, broker);
    else this.#count(slot, -1, nowMicros);
    if (isNew) {
      this.#leasedAt[slot] = NEVER;
      this.#group[slot] = NO_GROUP;
      this.#origin[slot] = Cause.retry;
      this.#back[slot] = NONE;
      this.#why[slot] = NONE;
      this.#reached[slot] = 0;
      this.#endless[slot] = 0;
      this.#nacked[slot] = 0;
    }
    this.#message[slot] = message;
    this.#queueName[slot] = queueName;
    this.#queue[slot] = this.#gauges.queueOf(queueName);
    this.#state[slot] = state;
    this.#wasLeased[slot] = wasLeased ? 1 : 0;
    this.#unconfirmed[slot] = 0;
    if (!waits) this.#since[slot] = untilMicros;
    this.#count(slot, 1, nowMicros);
    if (state === CopyState.delayed) this.#due.push(untilMicros, slot);
    return isNew;
  }

  /** A copy is leased: how long it waited counts as its first wait in this queue or as a redelivery's. */
  lease(broker: NameId, copy: number, deliveryCount: number, micros: number, nowMicros: number): void {
    const slot = this.#table.find(copy, broker);
    if (slot !== NO_SLOT) {
      this.#why[slot] = this.#back[slot] !== NONE ? this.#back[slot]! : this.#leasedAt[slot] === NEVER ? this.#origin[slot]! : Cause.overlapping;
      this.#back[slot] = NONE;
      this.#endless[slot] = micros >= NO_DEADLINE_MICROS ? 1 : 0;
      this.#nacked[slot] = 0;
    }
    this.#deliveries.add(deliveryCount, slot === NO_SLOT || this.#leasedAt[slot] === NEVER ? NEVER : nowMicros - this.#leasedAt[slot]!);
    if (slot === NO_SLOT) return;
    this.#leasedAt[slot] = nowMicros;
    if (this.#state[slot] === CopyState.leased) return;
    const waited = nowMicros - this.#since[slot]!;
    (this.#wasLeased[slot] === 0 ? this.#queueWait : this.#redeliveryDelay).record(waited);
    if (this.#wasLeased[slot] === 0) this.#groups.received(this.#group[slot]!, waited);
    this.#wasLeased[slot] = 1;
    this.#become(slot, CopyState.leased, nowMicros);
  }

  /** A copy takes its place in a message group; one that a recovery finds again has it already. */
  place(broker: NameId, copy: number, queueName: NameId, group: NameId, nowMicros: number): void {
    const slot = this.#table.find(copy, broker);
    if (slot === NO_SLOT || this.#group[slot] !== NO_GROUP) return;
    this.#group[slot] = this.#groups.placed(queueName, group);
    if (this.#state[slot] === CopyState.leased) this.#groups.leased(this.#group[slot]!, 1, nowMicros);
  }

  /** A copy is gone because it was acknowledged. True when it was there. */
  settle(broker: NameId, copy: number, nowMicros: number): boolean {
    const slot = this.#table.find(copy, broker);
    if (slot === NO_SLOT) return false;
    this.#groups.acknowledged(this.#group[slot]!);
    this.#drop(slot, nowMicros);
    return true;
  }

  /** A lease now ends at another time; of a copy that is ready, it begins anew. */
  extend(broker: NameId, copy: number, nowMicros: number): void {
    const slot = this.#table.find(copy, broker);
    if (slot !== NO_SLOT && this.#state[slot] !== CopyState.leased) this.#become(slot, CopyState.leased, nowMicros);
  }

  /** A lease ended without acknowledgement: the copy can be received again. */
  release(broker: NameId, copy: number, cause: CauseOfReturn, nowMicros: number): void {
    const slot = this.#table.find(copy, broker);
    if (slot === NO_SLOT || this.#state[slot] !== CopyState.leased) return;
    this.#back[slot] = this.#nacked[slot] === 1 ? Cause.released : cause === Cause.expired && this.#endless[slot] === 1 ? Cause.channel : cause;
    this.#since[slot] = nowMicros;
    this.#become(slot, CopyState.ready, nowMicros);
  }

  /** A ready copy waits until then. */
  setAside(broker: NameId, copy: number, untilMicros: number, nowMicros: number): void {
    const slot = this.#table.find(copy, broker);
    if (slot === NO_SLOT) return;
    this.#since[slot] = untilMicros;
    this.#become(slot, CopyState.delayed, nowMicros);
    if (untilMicros - nowMicros < NO_DEADLINE_MICROS) this.#due.push(untilMicros, slot);
  }

  /** A recovery found a copy in the journal, ready or not. */
  restored(broker: NameId, copy: number, isNew: boolean): void {
    const slot = this.#table.find(copy, broker);
    if (isNew) this.#origin[slot] = Cause.recovered;
    if (this.#state[slot] === CopyState.ready && this.#leasedAt[slot] !== NEVER) this.#back[slot] = Cause.recovered;
  }

  /** A copy was made of another one. */
  madeBy(broker: NameId, copy: number, origin: Cause): void {
    this.#origin[this.#table.find(copy, broker)] = origin;
  }

  /** Its consumer gives a copy back, now or after a while. */
  nacked(broker: NameId, copy: number): void {
    const slot = this.#table.find(copy, broker);
    if (slot !== NO_SLOT) this.#nacked[slot] = 1;
  }

  /** A delivery reaches a consumer: what brought it, if the message was delivered before. */
  delivered(broker: NameId, copy: number): Cause {
    const slot = this.#table.find(copy, broker);
    if (slot === NO_SLOT) return Cause.gone;
    const cause = this.#reached[slot] === 1 ? this.#why[slot]! : this.#origin[slot]!;
    this.#reached[slot] = 1;
    return cause as Cause;
  }

  /** A copy moves to another queue of its broker and is ready there. */
  move(broker: NameId, copy: number, toQueueName: NameId, nowMicros: number): void {
    const slot = this.#table.find(copy, broker);
    if (slot === NO_SLOT) return;
    this.#count(slot, -1, nowMicros);
    this.#queueName[slot] = toQueueName;
    this.#queue[slot] = this.#gauges.queueOf(toQueueName);
    this.#state[slot] = CopyState.ready;
    this.#wasLeased[slot] = 0;
    this.#group[slot] = NO_GROUP;
    this.#back[slot] = Cause.deadLettered;
    this.#since[slot] = nowMicros;
    this.#count(slot, 1, nowMicros);
  }

  /** A copy is gone. True when it was there. */
  remove(broker: NameId, copy: number, nowMicros: number): boolean {
    const slot = this.#table.find(copy, broker);
    if (slot === NO_SLOT) return false;
    this.#drop(slot, nowMicros);
    return true;
  }

  /** Makes the delayed copies whose delay ends at {@link nextDueMicros} ready. */
  releaseDue(): void {
    const due = this.#due.nextMicros;
    while (this.#due.nextMicros === due) {
      const slot = this.#due.pop();
      if (this.#state[slot] === CopyState.delayed && this.#since[slot] === due) this.#become(slot, CopyState.ready, due);
    }
  }

  /** A broker starts to read the journal of one queue, or of all (0): what it will not find is lost. */
  beginRecovery(broker: NameId, queueName: NameId): void {
    this.#forEachOf(broker, queueName, (slot) => {
      this.#unconfirmed[slot] = 1;
    });
  }

  /** The journal is read: drops the copies that were not found, and calls `lost` with the message of each. */
  endRecovery(broker: NameId, queueName: NameId, nowMicros: number, lost: (message: number) => void): void {
    this.#forEachOf(broker, queueName, (slot) => {
      if (this.#unconfirmed[slot] === 0) return;
      lost(this.#message[slot]!);
      this.#drop(slot, nowMicros);
    });
  }

  #forEachOf(broker: NameId, queueName: NameId, visit: (slot: number) => void): void {
    this.#table.forEach((slot, _copy, itsBroker) => {
      if (itsBroker === broker && (queueName === 0 || queueName === this.#queueName[slot])) visit(slot);
    });
  }

  #become(slot: number, state: CopyState, nowMicros: number): void {
    this.#count(slot, -1, nowMicros);
    this.#state[slot] = state;
    this.#count(slot, 1, nowMicros);
  }

  /** One copy more or less in the state and queue that it is in. */
  #count(slot: number, by: 1 | -1, nowMicros: number): void {
    const state = this.#state[slot] as CopyState;
    this.#gauges.change(this.#queue[slot]!, state, by, nowMicros);
    if (state === CopyState.leased) this.#groups.leased(this.#group[slot]!, by, nowMicros);
  }

  #drop(slot: number, nowMicros: number): void {
    this.#count(slot, -1, nowMicros);
    // A stale entry of the heap must not take the slot for delayed.
    this.#state[slot] = CopyState.ready;
    this.#table.remove(slot);
  }
}
