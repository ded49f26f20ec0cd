import type { NameId } from '../../history/index.js';
import { type Circumstance, GIVEN_AWAY, LOSSES } from '../contracts/circumstances.js';
import { effectsOf, Fate, fateOf, markOf, MAX_EFFECTS } from './message-fate.js';
import { PagedMarks } from './paged-marks.js';
import { longer, NO_SLOT, SlotTable } from './slot-table.js';

/** What the producer knows of its send; `unasked`: it asked for no confirm, and takes it for sent. */
export const Outcome = { pending: 0, ok: 1, failed: 2, unknown: 3, unasked: 4 } as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** No routing key is this. */
export const UNKNOWN_KEY = -1;

/** The size of a message that nobody knows, 2^40: more than any queue has room for. */
export const UNKNOWN_BYTES = 1_099_511_627_776;

/** Marks of a message in flight, to be combined. */
export const MessageFlag = {
  /** A delivery of it reached a consumer. */
  delivered: 1,
  /** A copy left its queue because a consumer acknowledged it. */
  settled: 2,
  /** A copy was dropped for a reason that its owner chose: retention, purge, deletion of the queue. */
  dropped: 4,
  /** A copy is in a dead-letter queue, or ended there. */
  deadLettered: 8,
  /** A copy was lost, and nothing excuses that. */
  lossUnexcused: 16,
  /** Its send is in the history. */
  sent: 32,
  /** A copy was settled though no consumer had asked for it to be acknowledged. */
  settledUnasked: 64,
  /** The broker had stored another send with the same deduplication id: there is no copy of this one to look for. */
  absorbed: 128,
  /** Copies that an exchange for dead letters makes of it are on their way. */
  dying: 256,
  /** Its program gave it to its client more than once. */
  sentAnew: 512,
} as const;

const EXCUSES: readonly (Circumstance | null)[] = [null, ...LOSSES, ...GIVEN_AWAY];

/**
 * The sends, by trace number: in a slot while the outcome is open, a copy is stored, or an acknowledged send has no copy left that
 * was taken out properly; afterwards as a {@link Fate}.
 */
export class MessageFacts extends SlotTable {
  /** The queue it was sent to. */
  queue = new Int32Array(0);
  producer = new Int32Array(0);
  /** The routing key with which it is published, as a name; {@link UNKNOWN_KEY}: nobody knows. */
  key = new Int32Array(0);
  /** Of the body as it was sent; NaN when unknown. */
  checksum = new Float64Array(0);
  /** Of the body; {@link UNKNOWN_BYTES}: nobody knows. */
  sizeBytes = new Float64Array(0);
  outcome = new Uint8Array(0);
  /** When the outcome became known. */
  outcomeAt = new Float64Array(0);
  flags = new Uint16Array(0);
  /** Copies that there may be: one per attempt. */
  attempts = new Int32Array(0);
  /** Copies that its attempts stored so far. */
  stored = new Int32Array(0);
  /** Copies that are stored now. */
  live = new Int32Array(0);
  /** Redrives under way: each may store one more copy, in another queue. */
  redrives = new Int32Array(0);
  effects = new Uint8Array(0);
  /** The copy that it last had its effect from, and its queue; 0 for none, or one that is not known. */
  effectCopy = new Float64Array(0);
  effectQueue = new Int32Array(0);
  /** When the last copy left. */
  goneAt = new Float64Array(0);
  /** What excuses that it is nowhere, by its place in {@link EXCUSES}; 0: nothing does. */
  excuse = new Uint8Array(0);
  /** Where a copy was lost without an excuse, and when. */
  lostFrom = new Int32Array(0);
  lostAt = new Float64Array(0);
  /** What is left of those that are over. */
  readonly marks = new PagedMarks();

  protected grow(capacity: number): void {
    this.queue = longer(this.queue, capacity);
    this.producer = longer(this.producer, capacity);
    this.key = longer(this.key, capacity);
    this.checksum = longer(this.checksum, capacity);
    this.sizeBytes = longer(this.sizeBytes, capacity);
    this.outcome = longer(this.outcome, capacity);
    this.outcomeAt = longer(this.outcomeAt, capacity);
    this.flags = longer(this.flags, capacity);
    this.attempts = longer(this.attempts, capacity);
    this.stored = longer(this.stored, capacity);
    this.live = longer(this.live, capacity);
    this.redrives = longer(this.redrives, capacity);
    this.effects = longer(this.effects, capacity);
    this.effectCopy = longer(this.effectCopy, capacity);
    this.effectQueue = longer(this.effectQueue, capacity);
    this.goneAt = longer(this.goneAt, capacity);
    this.excuse = longer(this.excuse, capacity);
    this.lostFrom = longer(this.lostFrom, capacity);
    this.lostAt = longer(this.lostAt, capacity);
  }

  open(message: number, queue: NameId, producer: NameId, checksum: number, sizeBytes: number): number {
    const slot = this.add(message);
    this.queue[slot] = queue;
    this.producer[slot] = producer;
    this.key[slot] = UNKNOWN_KEY;
    this.checksum[slot] = checksum;
    this.sizeBytes[slot] = sizeBytes;
    this.outcome[slot] = Outcome.pending;
    this.outcomeAt[slot] = 0;
    this.flags[slot] = 0;
    this.attempts[slot] = 1;
    this.stored[slot] = 0;
    this.live[slot] = 0;
    this.redrives[slot] = 0;
    this.effects[slot] = 0;
    this.effectCopy[slot] = 0;
    this.effectQueue[slot] = 0;
    this.goneAt[slot] = 0;
    this.excuse[slot] = 0;
    this.lostFrom[slot] = 0;
    this.lostAt[slot] = 0;
    return slot;
  }

  /**
   * A slot for a message of which a copy appears: its own, or one made of what is remembered of it. `isEffectFirst`: what had no effect there was never
   * acknowledged.
   */
  slotFor(message: number, queue: NameId, isEffectFirst = false): number {
    const known = this.find(message);
    if (known !== NO_SLOT) return known;
    const slot = this.open(message, queue, 0, NaN, UNKNOWN_BYTES);
    const mark = this.marks.get(message);
    if (mark === 0) return slot;
    const fate = fateOf(mark);
    this.effects[slot] = effectsOf(mark);
    this.outcome[slot] = fate === Fate.failed ? Outcome.failed : fate === Fate.promised || fate === Fate.completed ? Outcome.ok : Outcome.unknown;
    const wasTakenOut = fate !== Fate.failed && !(fate === Fate.other && this.effects[slot] === 0 && isEffectFirst);
    this.flags[slot] = MessageFlag.sent | (wasTakenOut ? MessageFlag.settled | MessageFlag.delivered : 0);
    // Copies beyond these are legal: how many attempts there were is forgotten.
    this.attempts[slot] = 0x7fffffff;
    this.stored[slot] = fate === Fate.several ? 2 : 1;
    this.marks.set(message, 0);
    return slot;
  }

  /** True when a send of the message began. */
  wasSent(message: number, slot: number): boolean {
    return slot !== NO_SLOT ? (this.flags[slot]! & MessageFlag.sent) !== 0 : this.marks.get(message) !== 0;
  }

  hasFailed(message: number, slot: number): boolean {
    if (slot !== NO_SLOT) return this.outcome[slot] === Outcome.failed;
    const mark = this.marks.get(message);
    return mark !== 0 && fateOf(mark) === Fate.failed;
  }

  effectsSoFar(message: number, slot: number): number {
    if (slot !== NO_SLOT) return this.effects[slot]!;
    const mark = this.marks.get(message);
    return mark === 0 ? 0 : effectsOf(mark);
  }

  addEffect(message: number, slot: number, copy: number, queue: NameId): void {
    if (slot !== NO_SLOT) {
      this.effectCopy[slot] = copy;
      this.effectQueue[slot] = queue;
      this.effects[slot] = Math.min(this.effects[slot]! + 1, MAX_EFFECTS);
      return;
    }
    const mark = this.marks.get(message);
    if (mark !== 0) this.marks.set(message, markOf(fateOf(mark), Math.min(effectsOf(mark) + 1, MAX_EFFECTS)));
  }

  /** A copy of it is lost, or it was not stored, and this excuses that. */
  noteLoss(slot: number, excuse: Circumstance): void {
    this.excuse[slot] = EXCUSES.indexOf(excuse);
  }

  /** A copy is lost that should be in this queue, and nothing excuses that, whatever else is lost of the message or taken out properly. */
  noteUnexcused(slot: number, queue: NameId, nowMicros: number): void {
    this.flags[slot] = this.flags[slot]! | MessageFlag.lossUnexcused;
    this.lostFrom[slot] = queue;
    this.lostAt[slot] = nowMicros;
  }

  /** It is stored, once more perhaps: that its settings would have given it away excuses nothing any more. */
  forgetGivenAway(slot: number): void {
    if (this.excuse[slot]! > LOSSES.length) this.excuse[slot] = 0;
  }

  /** What excuses that it is nowhere; null: nothing does. */
  excuseOf(slot: number): Circumstance | null {
    return (this.flags[slot]! & MessageFlag.lossUnexcused) !== 0 ? null : (EXCUSES[this.excuse[slot]!] ?? null);
  }

  /** Its producer was told that it is stored, or does not ask. */
  isPromised(slot: number): boolean {
    return this.outcome[slot] === Outcome.ok || this.outcome[slot] === Outcome.unasked;
  }

  /** True when a send that its producer relies on has no copy left and none was taken out properly, or a copy was lost without an excuse. */
  isMissing(slot: number): boolean {
    if (!this.isPromised(slot)) return false;
    if ((this.flags[slot]! & MessageFlag.lossUnexcused) !== 0) return true;
    return this.live[slot] === 0 && (this.flags[slot]! & (MessageFlag.settled | MessageFlag.dropped | MessageFlag.absorbed)) === 0;
  }

  /** Forgets all but the fate of a message that is over; `isPromised`: its queue promises its effect exactly once. */
  closeIfOver(slot: number, isPromised: boolean): void {
    if (this.outcome[slot] === Outcome.pending || this.live[slot]! > 0 || this.redrives[slot]! > 0 || this.isMissing(slot)) return;
    const message = this.idOf(slot);
    this.marks.set(message, markOf(this.#fate(slot, isPromised), this.effects[slot]!));
    this.remove(slot);
  }

  #fate(slot: number, isPromised: boolean): Fate {
    const outcome = this.outcome[slot];
    if (outcome === Outcome.failed) return Fate.failed;
    const flags = this.flags[slot]!;
    const isCompleted = outcome === Outcome.ok && (flags & (MessageFlag.settled | MessageFlag.dropped | MessageFlag.deadLettered)) === MessageFlag.settled;
    if (isPromised) return isCompleted ? Fate.promised : Fate.other;
    if (this.stored[slot]! > 1) return Fate.several;
    return isCompleted ? Fate.completed : Fate.other;
  }
}
