import { CopyState, type NameId } from '../../history/index.js';
import { PagedMarks } from './paged-marks.js';
import { longer, SlotTable } from './slot-table.js';

/** Marks of a stored copy, to be combined. */
export const CopyFlag = {
  /** A consumer's acknowledgement with a valid handle was confirmed. */
  acknowledged: 1,
  /** A consumer asked for it to be acknowledged. */
  ackAsked: 2,
  /** A consumer asked for its lease to end at once. */
  releaseAsked: 4,
  /** A recovery is under way and has not found it yet. */
  unconfirmed: 8,
  /** It was found by the recovery that is under way. */
  confirmed: 16,
  /** It was over and came back, or came back with less than was known, as the contract allows. */
  shortfallAllowed: 32,
  /** It was over and came back. */
  returned: 64,
  /** It was moved to a dead-letter queue. */
  moved: 128,
  /** The present lease's delivery reached its consumer. */
  delivered: 256,
  /** Its last lease ended without acknowledgement, and it was not handed out since. */
  waitsAgain: 512,
  /** A recovery forgot a lease that a consumer held. */
  leaseForgotten: 1024,
  /** Two leases of it ran at the same time: what follows from that is no breach of its own. */
  tangled: 2048,
  /** A redrive made it of one that lay in a dead-letter queue. */
  redriven: 4096,
  /** Its id had been given before the broker lost it: a receipt handle from then may meet it. */
  idRepeated: 8192,
  /** The handle of its present or last lease had been given before the broker lost that lease: a request from then may meet this one. */
  handleRepeated: 16_384,
  /** An exchange for dead letters made it of one that had died. */
  letter: 32_768,
} as const;

/** What is remembered of a copy that is over. */
export const CopyMark = { acknowledged: 1, settled: 2, gone: 3 } as const;
export type CopyMark = (typeof CopyMark)[keyof typeof CopyMark];

/** No receipt handle is this. */
export const NO_HANDLE = 0;

/** The stored copies, by the broker's message id: in a slot while stored, afterwards as a {@link CopyMark}. */
export class CopyFacts extends SlotTable {
  message = new Int32Array(0);
  /** The queue it is in. */
  queue = new Int32Array(0);
  /** The queue it was moved from; 0 for none. */
  source = new Int32Array(0);
  state = new Uint8Array(0);
  flags = new Uint16Array(0);
  /** Delivery count as the broker last said. */
  count = new Int32Array(0);
  /** The highest delivery count that reached a consumer. */
  deliveredCount = new Int32Array(0);
  /** Leases granted, and deliveries that arrived, since it came to its queue. */
  grantsHere = new Int32Array(0);
  deliveredHere = new Int32Array(0);
  /** Receipt handle and consumer of the present or last lease; {@link NO_HANDLE}: there was none, or it is not known. */
  handle = new Float64Array(0);
  /** The highest that any lease of it had: handles rise. */
  newestHandle = new Float64Array(0);
  /** The handle with which a consumer last asked for it to be acknowledged; {@link NO_HANDLE}: none did. */
  askedWith = new Float64Array(0);
  /** And when. */
  askedAt = new Float64Array(0);
  holder = new Int32Array(0);
  /** When it was stored. */
  storedAt = new Float64Array(0);
  grantedAt = new Float64Array(0);
  /** Length of the lease as last granted or extended. */
  leaseMicros = new Float64Array(0);
  /** When it may be received: since when it is ready, or when its lease or its delay ends. */
  availableAt = new Float64Array(0);
  /** Until when the consumer of the present or last lease may count on it. */
  promisedUntil = new Float64Array(0);
  /** Until when that consumer knows that it may: an extension that was not answered may be lost. */
  heardUntil = new Float64Array(0);
  /** When its last lease ended by its deadline; -1 when it did not. */
  expiredAt = new Float64Array(0);
  /** When it was stored, or dead-lettered. */
  acceptedAt = new Float64Array(0);
  /** When the delay is over with which it was stored, or set aside; 0 for none. And how long it is. */
  delayedUntil = new Float64Array(0);
  delayMicros = new Float64Array(0);
  /** The longest timeout that a consumer asked for while extending or giving back; -1 for none. */
  longestAsked = new Float64Array(0);
  /** The shortest timeout that a consumer asked for while extending or giving back. */
  shortestAsked = new Float64Array(0);
  /** What is left of those that are over. */
  readonly marks = new PagedMarks();

  protected grow(capacity: number): void {
    this.message = longer(this.message, capacity);
    this.queue = longer(this.queue, capacity);
    this.source = longer(this.source, capacity);
    this.state = longer(this.state, capacity);
    this.flags = longer(this.flags, capacity);
    this.count = longer(this.count, capacity);
    this.deliveredCount = longer(this.deliveredCount, capacity);
    this.grantsHere = longer(this.grantsHere, capacity);
    this.deliveredHere = longer(this.deliveredHere, capacity);
    this.handle = longer(this.handle, capacity);
    this.newestHandle = longer(this.newestHandle, capacity);
    this.askedWith = longer(this.askedWith, capacity);
    this.askedAt = longer(this.askedAt, capacity);
    this.holder = longer(this.holder, capacity);
    this.storedAt = longer(this.storedAt, capacity);
    this.grantedAt = longer(this.grantedAt, capacity);
    this.leaseMicros = longer(this.leaseMicros, capacity);
    this.availableAt = longer(this.availableAt, capacity);
    this.promisedUntil = longer(this.promisedUntil, capacity);
    this.heardUntil = longer(this.heardUntil, capacity);
    this.expiredAt = longer(this.expiredAt, capacity);
    this.shortestAsked = longer(this.shortestAsked, capacity);
    this.acceptedAt = longer(this.acceptedAt, capacity);
    this.delayedUntil = longer(this.delayedUntil, capacity);
    this.delayMicros = longer(this.delayMicros, capacity);
    this.longestAsked = longer(this.longestAsked, capacity);
  }

  /** A copy that is stored in `queue`, or comes back, at the given time; it is ready. */
  open(copy: number, message: number, queue: NameId, nowMicros: number): number {
    const slot = this.add(copy);
    this.message[slot] = message;
    this.queue[slot] = queue;
    this.source[slot] = 0;
    this.state[slot] = CopyState.ready;
    this.flags[slot] = this.#flagsOf(this.marks.get(copy));
    this.count[slot] = 0;
    this.deliveredCount[slot] = 0;
    this.grantsHere[slot] = 0;
    this.deliveredHere[slot] = 0;
    this.handle[slot] = NO_HANDLE;
    this.newestHandle[slot] = NO_HANDLE;
    this.askedWith[slot] = NO_HANDLE;
    this.askedAt[slot] = 0;
    this.holder[slot] = 0;
    this.storedAt[slot] = nowMicros;
    this.grantedAt[slot] = 0;
    this.leaseMicros[slot] = 0;
    this.availableAt[slot] = nowMicros;
    this.promisedUntil[slot] = 0;
    this.heardUntil[slot] = 0;
    this.expiredAt[slot] = -1;
    this.shortestAsked[slot] = Infinity;
    this.acceptedAt[slot] = nowMicros;
    this.delayedUntil[slot] = 0;
    this.delayMicros[slot] = 0;
    this.longestAsked[slot] = -1;
    return slot;
  }

  #flagsOf(mark: number): number {
    if (mark === 0) return 0;
    if (mark === CopyMark.acknowledged) return CopyFlag.returned | CopyFlag.ackAsked | CopyFlag.acknowledged;
    return mark === CopyMark.settled ? CopyFlag.returned | CopyFlag.ackAsked : CopyFlag.returned;
  }

  close(slot: number, mark: CopyMark): void {
    this.marks.set(this.idOf(slot), mark);
    this.remove(slot);
  }

  has(slot: number, flag: number): boolean {
    return (this.flags[slot]! & flag) !== 0;
  }

  set(slot: number, flag: number): void {
    this.flags[slot] = this.flags[slot]! | flag;
  }

  clear(slot: number, flag: number): void {
    this.flags[slot] = this.flags[slot]! & ~flag;
  }

  /** True while someone has the right to settle it: a lease runs by the broker's own word and by true time. */
  isHeld(slot: number, nowMicros: number): boolean {
    return this.state[slot] === CopyState.leased && nowMicros < this.availableAt[slot]!;
  }
}
