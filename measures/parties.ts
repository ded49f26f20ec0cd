import { HandleResult, type NameId } from '../history/index.js';
import type { ConsumerResult, QueueResult } from './result.js';
import { StepCounter } from './step-counter.js';
import type { StepGrid } from './step-grid.js';

/** Consumers that get a series of their own; with more there is none. */
const MAX_SERIES = 8;
/** Queues and consumers that are counted by name. */
const MAX_PARTIES = 1_000;

type Counts<T> = { -readonly [Field in keyof T as T[Field] extends number ? Field : never]: T[Field] };
export type ConsumerCounts = Counts<ConsumerResult>;
export type QueueCounts = Counts<Required<Omit<QueueResult, 'backlogMean' | 'backlogMax'>>>;

/** What each consumer did and what became of the messages of each queue, by name. */
export class Parties {
  readonly #grid: StepGrid;
  readonly #hasSeries: boolean;
  readonly #consumers = new Map<NameId, ConsumerCounts>();
  readonly #queues = new Map<NameId, QueueCounts>();
  readonly #handled = new Map<NameId, StepCounter>();
  /** Takes what belongs to those beyond the limit. */
  readonly #restOfConsumers = noWork();
  readonly #restOfQueues = noMessages();
  // Events of one party come several in a row: that of the last one is at hand.
  #lastConsumer: NameId = -1;
  #work = this.#restOfConsumers;
  #steps: StepCounter | null = null;
  #lastQueue: NameId = -1;
  #messages = this.#restOfQueues;

  constructor(grid: StepGrid, hasSeries: boolean) {
    this.#grid = grid;
    this.#hasSeries = hasSeries;
  }

  consumer(name: NameId): ConsumerCounts {
    if (name !== this.#lastConsumer) {
      this.#lastConsumer = name;
      this.#work = this.#consumers.get(name) ?? this.#newConsumer(name);
      this.#steps = this.#handled.get(name) ?? null;
    }
    return this.#work;
  }

  #newConsumer(name: NameId): ConsumerCounts {
    if (this.#consumers.size === MAX_PARTIES) return this.#restOfConsumers;
    const counts = noWork();
    this.#consumers.set(name, counts);
    if (this.#hasSeries && this.#consumers.size <= MAX_SERIES) this.#handled.set(name, new StepCounter(this.#grid));
    return counts;
  }

  queue(name: NameId): QueueCounts {
    if (name !== this.#lastQueue) {
      this.#lastQueue = name;
      this.#messages = this.#queues.get(name) ?? this.#newQueue(name);
    }
    return this.#messages;
  }

  #newQueue(name: NameId): QueueCounts {
    if (this.#queues.size === MAX_PARTIES) return this.#restOfQueues;
    const counts = noMessages();
    this.#queues.set(name, counts);
    return counts;
  }

  /** A handling of the consumer that took so long ended in the current step. */
  handlingEnds(name: NameId, result: HandleResult, micros: number): void {
    const work = this.consumer(name);
    work.busyMicros += micros;
    if (result === HandleResult.ok) {
      work.handled++;
      this.#steps?.count();
    } else if (result === HandleResult.failed) work.failed++;
    else work.abandoned++;
  }

  consumers(nameOf: (id: NameId) => string): ConsumerResult[] {
    return [...this.#consumers].map(([id, counts]) => ({ name: nameOf(id), ...counts }));
  }

  queues(): ReadonlyMap<NameId, QueueCounts> {
    return this.#queues;
  }

  /** `handled:worker-1` and so on, with two to eight consumers. */
  series(steps: number, nameOf: (id: NameId) => string): Record<string, number[]> {
    if (this.#consumers.size < 2 || this.#consumers.size > MAX_SERIES) return {};
    return Object.fromEntries([...this.#handled].map(([id, counter]) => [`handled:${nameOf(id)}`, counter.rates(steps)]));
  }
}

const noWork = (): ConsumerCounts => ({ delivered: 0, handled: 0, failed: 0, abandoned: 0, busyMicros: 0 });
const noMessages = (): QueueCounts => ({ accepted: 0, movedIn: 0, leased: 0, redelivered: 0, expired: 0, acknowledged: 0, deadLettered: 0, dropped: 0 });
