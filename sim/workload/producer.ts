import { type Host, type Mutations, ProducerClient, type TimerHandle } from '../../engine/index.js';
import type { EventSink } from '../../history/index.js';
import { Draws } from '../draws.js';
import type { RandomStreams } from '../kernel/index.js';
import { makeBody } from './body.js';
import type { ProducerSettings } from './settings.js';
import type { TraceCounter } from './trace-counter.js';

/** Intended sends made up for in one instant at most; a longer backlog goes on in the next instant. */
const MAX_CATCH_UP = 10_000;

export interface ProducerContext {
  readonly sink: EventSink;
  readonly streams: RandomStreams;
  readonly traces: TraceCounter;
  /** Address of the broker. */
  readonly address: string;
  readonly mutations: Mutations;
  /** True time, read as a field. */
  readonly time: { readonly now: number };
}

/**
 * An open-loop source of messages: it intends to send at times drawn beforehand, whatever becomes of the sends. What it
 * could not send in time (its machine was paused, its buffer full) goes out late and counts from the intended time. While its process is dead it
 * intends nothing.
 */
export class ProducerWorkload {
  readonly settings: ProducerSettings;
  readonly #context: ProducerContext;
  readonly #intervals: Draws;
  readonly #sizes: Draws;
  #client: ProducerClient | null = null;
  #timer: TimerHandle | null = null;
  #nextMicros: number;
  #sent = 0;
  #isStopped = false;

  constructor(settings: ProducerSettings, context: ProducerContext) {
    this.settings = settings;
    this.#context = context;
    this.#intervals = new Draws(settings.interval, context.streams.stream(`${settings.name}/arrivals`));
    this.#sizes = new Draws(settings.sizeBytes, context.streams.stream(`${settings.name}/sizes`));
    this.#nextMicros = settings.startMicros;
  }

  /** Starts a new incarnation of the producer's process. */
  boot(host: Host): void {
    const { settings } = this;
    this.#client = new ProducerClient(
      {
        host, sink: this.#context.sink, name: settings.name, address: this.#context.address, retry: settings.retry,
        maxInFlight: settings.maxInFlight, batchSize: settings.batchSize,
        mutations: this.#context.mutations,
      },
      [settings.queue],
    );
    this.#timer = host.timers.create(() => this.#tick());
    this.#skipUntil(this.#context.time.now);
    this.#armNext();
  }

  /** What would have been intended while the process was dead never was. The times after that stay as they were drawn. */
  #skipUntil(now: number): void {
    while (this.#nextMicros < now) {
      const gap = this.#intervals.nextInteger();
      this.#nextMicros = gap === 0 ? now : this.#nextMicros + gap;
    }
  }

  /** The process is gone, and with it what it had not sent. */
  crash(): void {
    this.#client = null;
    this.#timer = null;
  }

  /** Intends nothing more; what is on its way goes on. */
  stop(): void {
    this.#isStopped = true;
    this.#timer?.disarm();
  }

  /** True when it will send nothing more and knows the outcome of everything it sent. */
  get isDone(): boolean {
    return this.#hasNoMore() && (this.#client === null || this.#client.outstanding === 0);
  }

  /** Messages sent or waiting to be sent whose outcome is not known. */
  get outstanding(): number {
    return this.#client?.outstanding ?? 0;
  }

  #hasNoMore(): boolean {
    return this.#isStopped || this.#sent >= this.settings.messages || this.#nextMicros >= this.settings.endMicros;
  }

  #armNext(): void {
    if (this.#hasNoMore()) return;
    this.#timer?.arm(Math.max(0, this.#nextMicros - this.#context.time.now));
  }

  #tick(): void {
    const { now } = this.#context.time;
    for (let count = 0; count < MAX_CATCH_UP && this.#nextMicros <= now && !this.#hasNoMore(); count += 1) {
      this.#send(this.#nextMicros);
      this.#nextMicros += this.#intervals.nextInteger();
    }
    this.#armNext();
  }

  #send(intendedMicros: number): void {
    const { queue, delayMicros } = this.settings;
    this.#sent += 1;
    const trace = this.#context.traces.next();
    const body = makeBody(trace, this.#sent, this.#sizes.nextInteger());
    this.#client?.send({ queue, body, trace, delayMicros, intendedMicros });
  }
}
