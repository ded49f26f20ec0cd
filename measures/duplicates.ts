import { EventKind, ExpireCause, MoveReason, type NameId } from '../history/index.js';
import type { DuplicateResult } from './result.js';

/**
 * Why a message reaches a consumer that has been delivered before: the copy had been delivered, and became ready again in one of several
 * ways; or it is another copy.
 */
export const Cause = {
  /** Another copy that an attempt to send it had stored, in the same queue, or in another one by an exchange. */
  retry: 1, routed: 2,
  /** Another copy that was made of one: by a redrive, or as a dead letter. */
  redriven: 3, deadLettered: 4,
  /** Its lease ran out; the channel that had it ended; it was given back. */
  expired: 5, channel: 6, released: 7,
  /** A recovery read it from the journal. */
  recovered: 8,
  /** It was handed out while a lease of it ran. */
  overlapping: 9,
  /** The copy was gone by then. */
  gone: 10,
  /** It came back after its removal: a storage server had not heard of that. */
  reappeared: 11,
  /** A delivery was not acknowledged in time, for which the broker closed the channel that had it, or cancelled its consumer. */
  channelTimedOut: 12, consumerTimedOut: 13,
} as const;
export type Cause = (typeof Cause)[keyof typeof Cause];

/** Why a copy is ready again that was leased. */
export type CauseOfReturn = typeof Cause.expired | typeof Cause.released | typeof Cause.channelTimedOut | typeof Cause.consumerTimedOut;

/** Of a `lease-release`, or a `lease-expire` with its {@link ExpireCause}. */
export function causeOfReturn(kind: EventKind, expireCause: number): CauseOfReturn {
  if (kind === EventKind.leaseRelease) return Cause.released;
  if (expireCause === ExpireCause.channelTimedOut) return Cause.channelTimedOut;
  return expireCause === ExpireCause.consumerTimedOut ? Cause.consumerTimedOut : Cause.expired;
}

/** No cause yet. */
export const NONE = 0;

const NAMES: readonly string[] = Object.keys(Cause).map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));

interface Expected {
  redrives: number;
  letters: number;
}

/** Deliveries of messages that had been delivered before, by their cause; and what tells the causes apart but for the copies themselves. */
export class Duplicates {
  readonly #counts = new Float64Array(NAMES.length + 1);
  /** Of messages, the copies that are about to be made of one of theirs. */
  readonly #expected = new Map<number, Expected>();
  readonly #reappeared = new Set<number>();
  readonly #brokers = new Map<NameId, NameId>();
  /** The queue that a copy came to last. */
  #lastQueue: NameId = 0;
  #lastBroker: NameId = 0;

  add(cause: Cause, copy: number): void {
    this.#counts[cause === Cause.gone && this.#reappeared.has(copy) ? Cause.reappeared : cause]!++;
  }

  /** A copy that had been removed is in its queue again. */
  reappeared(copy: number): void {
    this.#reappeared.add(copy);
  }

  /** A broker has a queue: consumers say the queue alone. */
  stores(broker: NameId, queue: NameId): void {
    if (queue === this.#lastQueue) return;
    this.#lastQueue = queue;
    this.#lastBroker = broker;
    this.#brokers.set(queue, broker);
  }

  brokerOf(queue: NameId): NameId {
    return queue === this.#lastQueue ? this.#lastBroker : (this.#brokers.get(queue) ?? 0);
  }

  /** A copy leaves for good, and others are made of it. */
  replaced(message: number, reason: MoveReason, letters: number): void {
    const expected = this.#expected.get(message) ?? { redrives: 0, letters: 0 };
    if (reason === MoveReason.redrive) expected.redrives++;
    else expected.letters += letters;
    if (expected.redrives + expected.letters > 0) this.#expected.set(message, expected);
  }

  /** Where a copy comes from that is being stored. */
  originOf(message: number): Cause {
    if (this.#expected.size === 0) return Cause.retry;
    const expected = this.#expected.get(message);
    if (expected === undefined) return Cause.retry;
    const isRedriven = expected.redrives > 0;
    if (isRedriven) expected.redrives--;
    else expected.letters--;
    if (expected.redrives + expected.letters === 0) this.#expected.delete(message);
    return isRedriven ? Cause.redriven : Cause.deadLettered;
  }

  /** Causes that there were, the most frequent first. */
  result(): DuplicateResult[] {
    return NAMES.map((cause, index) => ({ cause, count: this.#counts[index + 1]! })).filter(({ count }) => count > 0).sort((left, right) => right.count - left.count);
  }
}
