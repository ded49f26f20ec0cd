import type { EventSink, NameId } from '../../history/index.js';
import type { ClockPort, RandomPort, TimerPort } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import type { Journal } from './journal.js';
import type { MessageStore } from './message-store.js';

/** What the queues of a node share. */
export interface QueueContext {
  readonly clock: ClockPort;
  readonly timers: TimerPort;
  readonly random: RandomPort;
  readonly sink: EventSink;
  /** The node's name. */
  readonly actor: NameId;
  readonly store: MessageStore;
  readonly ids: MessageIds;
  readonly serials: SerialReserve;
  readonly mutations: Mutations;
  readonly journal: Journal;
}

/** Whether some message was received so often that a checkpoint should note it soon; see `RESERVED_SERIALS`. */
export interface SerialReserve {
  isRunningLow: boolean;
}

/** Ids that one checkpoint sets aside. */
const RESERVATION = 1_048_576;

/**
 * Message ids of a node: 1, 2, 3 … over all its queues.
 *
 * An id must not be given again, not even when the message that had it was lost with a journal that was not synced: a stale
 * receipt handle would then name another message. So each checkpoint, which is always synced, says up to where ids may have been given,
 * and a recovery goes on behind that.
 */
export class MessageIds {
  #last = 0;
  #reserved = 0;

  next(): number {
    return ++this.#last;
  }

  /** Whether an id was ever given to a message. */
  wasIssued(id: number): boolean {
    return id <= this.#last;
  }

  /** Recovery saw this id. */
  saw(id: number): void {
    if (id > this.#last) this.#last = id;
  }

  /** The id given last; 0: none. */
  get last(): number {
    return this.#last;
  }

  /** Sets ids aside, for a checkpoint to write down; returns the last of them. */
  reserve(): number {
    this.#reserved = this.#last + RESERVATION;
    return this.#reserved;
  }

  /** Half of what was set aside is given out: time for the next checkpoint. */
  get isRunningLow(): boolean {
    return this.#last > this.#reserved - RESERVATION / 2;
  }
}
