import { MessageIds, type SerialReserve } from './context.js';
import { MessageStore } from './message-store.js';
import { QueueState } from './queue-state.js';
import type { QueuePolicy, QueueSettings } from './settings.js';

/** A message move task (redrive) as the journal keeps it. */
export interface MoveTaskState {
  readonly id: number;
  /** Number of the dead-letter queue. */
  readonly source: number;
  /** Number of the queue to move to; 0: where each message came from. */
  readonly destination: number;
  readonly ratePerSecond: number;
  /** Messages that were ready when it started; it moves no more than these. */
  readonly toMove: number;
  moved: number;
}

/** Everything that a node's journal describes: its queues, their messages, the move tasks that run. */
export class QueueRegistry {
  readonly store = new MessageStore();
  readonly ids = new MessageIds();
  readonly serials: SerialReserve = { isRunningLow: false };
  /** Those that run. */
  readonly tasks: MoveTaskState[] = [];
  lastTask = 0;
  readonly #policy: QueuePolicy;
  readonly #defaults: QueueSettings;
  readonly #queues: QueueState[] = [];

  constructor(policy: QueuePolicy, defaults: QueueSettings) {
    this.#policy = policy;
    this.#defaults = defaults;
  }

  get queues(): readonly QueueState[] {
    return this.#queues;
  }

  create(name: string, settings: QueueSettings): QueueState {
    const state = new QueueState(this.#queues.length + 1, name, settings, this.#policy, this.store);
    this.#queues.push(state);
    return state;
  }

  /** A record of creation or configuration. */
  define(number: number, name: string, settings: QueueSettings): void {
    const known = this.#queues[number - 1];
    if (known === undefined) {
      while (this.#queues.length < number - 1) this.#createLost();
      this.create(name, settings);
      return;
    }
    known.name = name;
    known.settings = settings;
  }

  /** The queue of a record. When the record of its creation was lost to corruption, a queue takes its place that keeps the messages. */
  at(number: number): QueueState {
    while (this.#queues.length < number) this.#createLost();
    return this.#queues[number - 1] as QueueState;
  }

  #createLost(): void {
    this.create(`lost-${this.#queues.length + 1}`, this.#defaults);
  }
}
