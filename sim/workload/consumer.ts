import { ConsumerClient, type Delivery, type Host, type MessageHandler, type Mutations, Subscriber } from '../../engine/index.js';
import type { EventSink } from '../../history/index.js';
import type { RandomStreams } from '../kernel/index.js';
import { CrashPoints } from './crash-points.js';
import type { Database } from './database.js';
import { HandlerPool } from './handler-pool.js';
import type { Handlings } from './handlings.js';
import type { ConsumerSettings, SubscriptionSettings } from './settings.js';
import type { Sink } from './sink.js';

export interface ConsumerContext {
  readonly sink: EventSink;
  readonly store: Sink;
  readonly handlings: Handlings;
  readonly streams: RandomStreams;
  readonly address: string;
  readonly mutations: Mutations;
  /** Of the programs that send and receive. */
  readonly database: Database;
  /** Has the machine of this name killed in this instant, after this step, and started again later. */
  readonly crash: (machine: string, after: string, forMicros: number) => void;
  /** True time, read as a field. */
  readonly time: { readonly now: number };
}

/** What a consumer needs of its client. */
interface ReceivingClient {
  stop(): void;
  readonly outstanding: number;
}

/** One consumer process: the client library, and the user's handler on top. */
export class ConsumerWorkload implements MessageHandler {
  readonly settings: ConsumerSettings;
  readonly #context: ConsumerContext;
  readonly #handlers: HandlerPool;
  #client: ReceivingClient | null = null;

  constructor(settings: ConsumerSettings, context: ConsumerContext) {
    this.settings = settings;
    this.#context = context;
    const crashPoints = new CrashPoints(settings.crashes ?? [], ({ after, forMicros }) => context.crash(settings.name, after, forMicros));
    this.#handlers = new HandlerPool(settings, { crashPoints, ...context });
  }

  /**
   * Starts a new incarnation of the consumer's process.
   * @param stretch how long work of so many microseconds takes on this machine at present.
   */
  boot(host: Host, stretch: (micros: number) => number): void {
    this.#handlers.boot(host, stretch);
    const wait = this.settings.startMicros - this.#context.time.now;
    if (wait > 0) host.timers.create(() => this.#connect(host)).arm(wait);
    else this.#connect(host);
  }

  /** The process is gone; what it had in work is abandoned. */
  crash(): void {
    this.#client = null;
    this.#handlers.abandonAll();
  }

  handle(delivery: Delivery): void {
    this.#handlers.start(delivery);
  }

  /** Deliveries it holds. */
  get outstanding(): number {
    return this.#client?.outstanding ?? 0;
  }

  /** For measures: how long messages have been in work so far, added up over them. */
  get busyMicros(): number {
    return this.#handlers.busyMicros;
  }

  #connect(host: Host): void {
    const { settings } = this;
    this.#client = settings.subscription === undefined ? this.#poll(host) : this.#subscribe(host, settings.subscription);
    this.#stopLater(host);
  }

  #subscribe(host: Host, { acknowledgeEvery, whenFailed, ...subscription }: SubscriptionSettings): Subscriber {
    const { settings } = this;
    return new Subscriber({
      host, sink: this.#context.sink, name: settings.name, address: this.#context.address, retry: settings.retry, queue: settings.queue,
      ...subscription, concurrency: settings.concurrency, batchSize: acknowledgeEvery, acknowledgesFirst: settings.handler.kind === 'ack-first', onFailure: whenFailed, handler: this, mutations: this.#context.mutations,
    });
  }

  #poll(host: Host): ConsumerClient {
    const { settings } = this;
    return new ConsumerClient({
      host, sink: this.#context.sink, name: settings.name, address: this.#context.address, retry: settings.retry,
      queue: settings.queue, concurrency: settings.concurrency, batchSize: settings.batchSize,
      waitTimeMicros: settings.waitTimeMicros, visibilityTimeoutMicros: settings.visibilityTimeoutMicros,
      acknowledge: settings.handler.kind === 'ack-first' ? 'first' : 'after',
      extendEveryMicros: settings.extendEveryMicros, onFailure: settings.onFailure, handler: this,
      acknowledgeBatchSize: settings.acknowledgeBatchSize ?? 1, acknowledgeLingerMicros: settings.acknowledgeLingerMicros ?? 0,
      usesAttemptIds: settings.usesAttemptIds ?? false, bufferSize: settings.bufferSize ?? null,
      keepsGroupOrder: settings.keepsGroupOrder ?? false,
      mutations: this.#context.mutations,
    });
  }

  /** Its end in good order, if it has one. What is started again after that ends at once. */
  #stopLater(host: Host): void {
    const { stopMicros = null } = this.settings;
    if (stopMicros === null) return;
    const client = this.#client;
    host.timers.create(() => client?.stop()).arm(Math.max(0, stopMicros - this.#context.time.now));
  }
}
