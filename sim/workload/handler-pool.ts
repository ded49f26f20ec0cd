import type { Delivery, Host, Mutations, TimerHandle } from '../../engine/index.js';
import { EventKind, type EventSink, HandleResult, type NameId } from '../../history/index.js';
import { Draws } from '../draws.js';
import type { RandomStream, RandomStreams } from '../kernel/index.js';
import { ordinalOf } from './body.js';
import type { ConsumerStep, CrashPoints } from './crash-points.js';
import type { Database } from './database.js';
import { Effects } from './effects.js';
import type { Handlings } from './handlings.js';
import type { ConsumerSettings } from './settings.js';
import type { Sink } from './sink.js';

export interface HandlerContext {
  readonly sink: EventSink;
  readonly store: Sink;
  readonly handlings: Handlings;
  readonly streams: RandomStreams;
  readonly database: Database;
  readonly mutations: Mutations;
  readonly crashPoints: CrashPoints<ConsumerStep>;
  /** True time, read as a field. */
  readonly time: { readonly now: number };
}

/** One place at which a message can be in work. */
interface Worker {
  timer: TimerHandle | null;
  delivery: Delivery | null;
  /** It is done but for what the store takes: see {@link Effects}. */
  isNoting: boolean;
  /** Which handling of its message this is; see {@link Handlings}. */
  number: number;
}

/**
 * The user's code: takes its service time, fails now and then, and otherwise has its effect at the sink; what is settled about a message
 * beforehand goes before what the handler draws. Each message in work has
 * a worker of its own; how many there are at once is the client's `concurrency`.
 */
export class HandlerPool {
  // Fields of its own, read for every message: a context made by spreading another has a shape of its own, so that reading it is slow.
  readonly #sink: EventSink;
  readonly #handlings: Handlings;
  readonly #crashPoints: CrashPoints<ConsumerStep>;
  readonly #time: { readonly now: number };
  readonly #failure: number;
  readonly #poisonEvery: number;
  readonly #acknowledgesFirst: boolean;
  readonly #actor: NameId;
  readonly #dest: NameId;
  readonly #times: Draws;
  readonly #failureStream: RandomStream;
  readonly #effects: Effects;
  #workers: Worker[] = [];
  #idle: Worker[] = [];
  #host: Host | null = null;
  /** Time that messages have been in work, up to when it was last added up, and how many are now. */
  #busyMicros = 0;
  #countedMicros = 0;
  #inWork = 0;
  #stretch: (micros: number) => number = (micros) => micros;

  constructor(settings: ConsumerSettings, context: HandlerContext) {
    this.#sink = context.sink;
    this.#handlings = context.handlings;
    this.#crashPoints = context.crashPoints;
    this.#time = context.time;
    this.#failure = settings.handler.failure;
    this.#poisonEvery = settings.handler.poisonEvery;
    this.#acknowledgesFirst = settings.handler.kind === 'ack-first';
    this.#actor = context.sink.name(settings.name);
    this.#dest = context.sink.name(settings.queue);
    const { store, database, crashPoints, mutations } = context;
    this.#effects = new Effects({ settings: settings.handler, actor: this.#actor, dest: this.#dest, queue: settings.queue, store, database, crashPoints, mutations });
    this.#times = new Draws(settings.handler.time, context.streams.stream(`${settings.name}/handler-time`));
    this.#failureStream = context.streams.stream(`${settings.name}/handler-failure`);
  }

  boot(host: Host, stretch: (micros: number) => number): void {
    this.#host = host;
    this.#stretch = stretch;
    this.#crashPoints.boot();
    this.#workers = [];
    this.#idle = [];
  }

  /** For measures: how long messages have been in work so far, added up over them. */
  get busyMicros(): number {
    this.#count(0);
    return this.#busyMicros;
  }

  /** So many more messages are in work from now on. */
  #count(change: number): void {
    const { now } = this.#time;
    this.#busyMicros += this.#inWork * (now - this.#countedMicros);
    this.#countedMicros = now;
    this.#inWork += change;
  }

  start(delivery: Delivery): void {
    if (this.#acknowledgesFirst && this.#crashPoints.reached('acknowledged')) return;
    this.#emit(EventKind.handleStart, delivery, delivery.deliveryCount);
    const handlings = this.#handlings;
    const number = handlings.begin(delivery.trace);
    const takesMicros = handlings.takesMicros(delivery.trace, number) ?? this.#times.nextInteger();
    handlings.log?.onHandling({ message: delivery.trace, number, takesMicros });
    const micros = this.#stretch(takesMicros);
    const isDying = this.#crashPoints.reached('handling-begun');
    if (micros === 0 && !isDying && this.#effects.noteMicros === 0) {
      this.#finish(delivery, this.#fails(delivery, number));
      return;
    }
    const worker = this.#idle.pop() ?? this.#hire();
    worker.delivery = delivery;
    worker.number = number;
    this.#count(1);
    worker.timer!.arm(micros);
  }

  /** The process died: what was in work ends without effect. */
  abandonAll(): void {
    for (const worker of this.#workers) {
      if (worker.delivery === null) continue;
      this.#count(-1);
      this.#emit(EventKind.handleEnd, worker.delivery, HandleResult.abandoned);
    }
    this.#workers = [];
    this.#idle = [];
  }

  #hire(): Worker {
    const worker: Worker = { timer: null, delivery: null, isNoting: false, number: 0 };
    worker.timer = this.#host!.timers.create(() => this.#end(worker));
    this.#workers.push(worker);
    return worker;
  }

  /** Its time is over: what it did fails, or the store has its part to do yet, or it is done. */
  #end(worker: Worker): void {
    const delivery = worker.delivery!;
    const { noteMicros } = this.#effects;
    const fails = !worker.isNoting && this.#fails(delivery, worker.number);
    if (!fails && !worker.isNoting && noteMicros > 0) {
      worker.isNoting = true;
      worker.timer!.arm(noteMicros);
      return;
    }
    worker.delivery = null;
    worker.isNoting = false;
    this.#count(-1);
    this.#idle.push(worker);
    this.#finish(delivery, fails);
  }

  #finish(delivery: Delivery, fails: boolean): void {
    if (fails) {
      this.#emit(EventKind.handleEnd, delivery, HandleResult.failed);
      delivery.fail();
      return;
    }
    if (!this.#effects.have(delivery)) {
      this.#emit(EventKind.handleEnd, delivery, HandleResult.abandoned);
      return;
    }
    this.#emit(EventKind.handleEnd, delivery, HandleResult.ok);
    delivery.succeed();
    if (!this.#acknowledgesFirst) this.#crashPoints.reached('acknowledged');
  }

  #fails({ trace, body }: Delivery, number: number): boolean {
    const handlings = this.#handlings;
    const failure = this.#failure;
    const poisonEvery = this.#poisonEvery;
    const settled = handlings.fails(trace, number);
    const isPoison = settled === null && poisonEvery > 0 && ordinalOf(body) % poisonEvery === 0;
    const fails = settled ?? (isPoison || (failure > 0 && this.#failureStream.chance(failure)));
    if (fails) handlings.log?.onFailure({ message: trace, number, isPoison });
    return fails;
  }

  #emit(kind: EventKind, delivery: Delivery, detail: number): void {
    this.#sink.emit(kind, this.#actor, 0, this.#dest, delivery.trace, delivery.messageId, delivery.handle, detail, 0);
  }
}
