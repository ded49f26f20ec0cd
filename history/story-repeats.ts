import type { RawRow } from './event-row.js';
import { LetterFate } from './channel-codes.js';
import { CopyState, EventKind, ExpireCause, MoveReason, type NameId, NO_DEADLINE_MICROS } from './events.js';
import type { StoryLease, StoryReturn } from './story-lease.js';

/** Where a copy came from: an attempt to send the message, a redrive, or the dead-lettering of another copy. */
export interface StoryOrigin {
  readonly how: 'sent' | 'redriven' | 'dead-lettered';
  readonly atMicros: number;
  readonly queue: NameId;
}

/** What a message that comes more than once comes from: where each of its copies was made, and how each became ready again. */
export class StoryRepeats {
  readonly #leases: ReadonlyMap<number, StoryLease>;
  /** Also of those that are gone. */
  readonly origins = new Map<number, StoryOrigin>();
  readonly #returns = new Map<number, StoryReturn>();
  /** Copies that redrives and dead-lettering are about to store. */
  #redrives = 0;
  #letters = 0;
  /** How often it was tried to send it so far, and whether its program gave it to its client more than once. */
  attempts = 0;
  wasSentAnew = false;
  /** The leases by which it reached consumers, and by which it had its effect, the last at the end. */
  readonly #deliveries: StoryLease[] = [];
  readonly #effects: StoryLease[] = [];

  constructor(leases: ReadonlyMap<number, StoryLease>) {
    this.#leases = leases;
  }

  /** The delivery that the last one repeats: the one before it of the same copy, or else of any. */
  get deliveredBefore(): StoryLease | null {
    return repeated(this.#deliveries);
  }

  /** The delivery whose effect the last one repeats. */
  get effectBefore(): StoryLease | null {
    return repeated(this.#effects);
  }

  /** Why a copy that is being leased was ready again; null when it never was. */
  takeReturn(copy: number): StoryReturn | null {
    const since = this.#returns.get(copy) ?? null;
    this.#returns.delete(copy);
    return since;
  }

  apply(row: RawRow): void {
    const lease = this.#leases.get(row.a) ?? null;
    switch (row.kind) {
      case EventKind.sendAttempt:
        this.attempts = Math.max(this.attempts, row.a);
        if (row.b === 1) this.wasSentAnew = true;
        break;
      case EventKind.accept:
        this.origins.set(row.copy, { how: this.#originOfNext(), atMicros: row.timeMicros, queue: row.dest });
        break;
      case EventKind.move:
        if (row.b === MoveReason.redrive) this.#redrives++;
        else if (row.b !== MoveReason.limit) this.#letters += row.c;
        break;
      case EventKind.deadLetter:
        if (row.c === LetterFate.stored) this.#letters++;
        break;
      case EventKind.deliver:
        if (lease !== null) this.#deliveries.push(lease);
        break;
      case EventKind.effect:
        if (row.b !== 0 && lease !== null) this.#effects.push(lease);
        break;
      default:
        this.#returned(row, lease);
    }
  }

  #returned(row: RawRow, lease: StoryLease | null): void {
    const how = howReturned(row, lease);
    if (how !== null) this.#returns.set(row.copy, { how, atMicros: row.timeMicros, lease });
  }

  #originOfNext(): StoryOrigin['how'] {
    if (this.#redrives > 0) {
      this.#redrives--;
      return 'redriven';
    }
    if (this.#letters === 0) return 'sent';
    this.#letters--;
    return 'dead-lettered';
  }
}

function repeated(leases: readonly StoryLease[]): StoryLease | null {
  const last = leases.at(-1);
  const before = leases.slice(0, -1);
  return before.findLast(({ copy }) => copy === last?.copy) ?? before.at(-1) ?? null;
}

function howReturned(row: RawRow, lease: StoryLease | null): StoryReturn['how'] | null {
  switch (row.kind) {
    case EventKind.leaseExpire:
      if (row.b === ExpireCause.channelTimedOut) return 'channel-timed-out';
      if (row.b === ExpireCause.consumerTimedOut) return 'consumer-timed-out';
      return lease !== null && lease.untilMicros >= NO_DEADLINE_MICROS ? 'channel' : 'expired';
    case EventKind.leaseRelease:
      return 'released';
    case EventKind.restore:
      return row.b === CopyState.ready ? 'recovered' : null;
    case EventKind.reappear:
      return 'reappeared';
    default:
      return null;
  }
}
