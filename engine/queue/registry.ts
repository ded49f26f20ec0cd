import { MessageIds, type SerialReserve } from './context.js';
import { MessageStore } from './message-store.js';
import type { MoveTaskState } from './move-task-state.js';
import { QueueState } from './queue-state.js';
import { policyOf, type QueuePolicies, type QueueSettings } from './settings.js';

/** Everything that a node's journal describes: its queues, their messages, the move tasks that run. */
export class QueueRegistry {
  readonly store = new MessageStore();
  readonly ids = new MessageIds();
  readonly serials: SerialReserve = { isRunningLow: false };
  /** Those that run. */
  readonly tasks: MoveTaskState[] = [];
  lastTask = 0;
  /** What the node wants to know after a restart beside its queues, by name. */
  readonly notes = new Map<string, string>();
  readonly #policies: QueuePolicies;
  readonly #defaults: QueueSettings;
  readonly #queues: QueueState[] = [];

  constructor(policies: QueuePolicies, defaults: QueueSettings) {
    this.#policies = policies;
    this.#defaults = defaults;
  }

  get queues(): readonly QueueState[] {
    return this.#queues;
  }

  create(name: string, settings: QueueSettings, wallMicros: number): QueueState {
    const state = this.#state(this.#queues.length + 1, name, settings);
    state.createdWall = wallMicros;
    state.modifiedWall = wallMicros;
    this.#queues.push(state);
    return state;
  }

  /** A record of creation or configuration. */
  define(number: number, name: string, settings: QueueSettings, wallMicros: number): void {
    const known = this.#queues[number - 1];
    if (known === undefined) {
      while (this.#queues.length < number - 1) this.#createLost();
      this.create(name, settings, wallMicros);
    } else if (known.settings.kind !== settings.kind) this.#replace(known, this.#state(number, name, settings));
    else {
      known.name = name;
      known.configure(settings, wallMicros, 0);
      known.modifiedWall = wallMicros;
    }
  }

  /** A record of deletion. The queue is empty. */
  markDeleted(number: number, deletedWall: number): void {
    const queue = this.at(number);
    queue.isDeleted = true;
    queue.deletedWall = deletedWall;
  }

  /** The queue of a record. When the record of its creation was lost to corruption, a queue takes its place that keeps the messages. */
  at(number: number): QueueState {
    while (this.#queues.length < number) this.#createLost();
    return this.#queues[number - 1] as QueueState;
  }

  #createLost(): void {
    this.create(`lost-${this.#queues.length + 1}`, this.#defaults, 0);
  }

  /** The record of a queue's creation was lost, and it turns out to be of another kind than its substitute. */
  #replace(substitute: QueueState, state: QueueState): void {
    const slots: number[] = [];
    substitute.forEach((slot) => slots.push(slot));
    for (const slot of slots) {
      const messageState = this.store.state[slot] as number;
      const sentWall = this.store.age.key[slot] as number;
      substitute.detach(slot);
      state.restore(slot, messageState, sentWall, 0);
    }
    this.#queues[state.number - 1] = state;
  }

  #state(number: number, name: string, settings: QueueSettings): QueueState {
    return new QueueState(number, name, settings, policyOf(this.#policies, settings.kind), this.store);
  }
}
