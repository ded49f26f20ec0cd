import type { EventSink, NameId } from '../../history/index.js';
import type { ClockPort, TimerPort } from '../host.js';
import type { Mutations } from '../mutants.js';
import type { Journal } from './journal.js';
import type { MessageStore } from './message-store.js';
import type { QueuePolicy } from './settings.js';

/** What the queues of a node share. */
export interface QueueContext {
  readonly clock: ClockPort;
  readonly timers: TimerPort;
  readonly sink: EventSink;
  /** The node's name. */
  readonly actor: NameId;
  readonly store: MessageStore;
  readonly ids: MessageIds;
  readonly policy: QueuePolicy;
  readonly mutations: Mutations;
  readonly journal: Journal;
}

/** Message ids of a node: 1, 2, 3 … over all its queues. */
export class MessageIds {
  #last = 0;

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
}
