import { EventKind, HandleResult, MoveReason, Recorder, type StopCause } from '../../history/index.js';
import { type LatencyName, Measures, type MeasuresResult, Passages } from '../../measures/index.js';

const HANDLE_SERIALS = 1_048_576;

/** A run played by hand: one producer, one broker, a queue and its dead-letter queue, consumers; times in microseconds. */
export class Stage {
  readonly #time = { now: 0 };
  readonly recorder = new Recorder({ time: this.#time, keep: 'off' });
  readonly passages = new Passages(() => this.recorder.eventCount);
  readonly measures = new Measures({ names: this.recorder.names, passages: this.passages });
  readonly producer = this.recorder.name('producer-1');
  readonly broker = this.recorder.name('broker');
  readonly consumer = this.recorder.name('consumer-1');
  readonly other = this.recorder.name('consumer-2');
  readonly jobs = this.recorder.name('jobs');
  readonly dead = this.recorder.name('jobs-dlq');

  constructor() {
    this.recorder.subscribe(this.measures);
  }

  at(micros: number): this {
    this.#time.now = micros;
    return this;
  }

  emit(kind: EventKind, actor: number, message: number, copy: number, a = 0, b = 0, c = 0, peer = 0, dest = this.jobs): this {
    this.recorder.emit(kind, actor, peer, dest, message, copy, a, b, c);
    return this;
  }

  /** What comes next has come between machines in so much time. */
  passage(networkMicros: number, waitMicros = 0, serviceMicros = 0): this {
    this.passages.passed(this.#time.now, networkMicros, waitMicros, serviceMicros);
    return this;
  }

  send(message: number, intendedMicros = this.#time.now): this {
    return this.emit(EventKind.sendInvoke, this.producer, message, 0, intendedMicros).emit(EventKind.sendAttempt, this.producer, message, 0, 1);
  }

  sendOk(message: number): this {
    return this.emit(EventKind.sendOk, this.producer, message, 0, 1);
  }

  accept(message: number, copy = message, delayMicros = 0): this {
    return this.emit(EventKind.accept, this.broker, message, copy, delayMicros);
  }

  grant(message: number, serial = 1, copy = message, dest = this.jobs): this {
    return this.emit(EventKind.leaseGrant, this.broker, message, copy, handle(copy, serial), serial, 30_000_000, this.consumer, dest);
  }

  expire(message: number, serial = 1, copy = message): this {
    return this.emit(EventKind.leaseExpire, this.broker, message, copy, handle(copy, serial));
  }

  deliver(message: number, serial = 1, consumer = this.consumer): this {
    return this.emit(EventKind.deliver, consumer, message, message, handle(message, serial), serial);
  }

  start(message: number, serial = 1, consumer = this.consumer): this {
    return this.emit(EventKind.handleStart, consumer, message, message, handle(message, serial), serial);
  }

  end(message: number, result: HandleResult = HandleResult.ok, serial = 1, consumer = this.consumer): this {
    return this.emit(EventKind.handleEnd, consumer, message, message, handle(message, serial), result);
  }

  effect(message: number, applied = 1): this {
    return this.emit(EventKind.effect, this.consumer, message, message, 0, applied);
  }

  settle(message: number, copy = message): this {
    return this.emit(EventKind.settle, this.broker, message, copy, handle(copy, 1));
  }

  deadLetter(message: number, copy = message): this {
    return this.emit(EventKind.move, this.broker, message, copy, 3, MoveReason.limit, 0, this.dead);
  }

  recoverBegin(): this {
    return this.emit(EventKind.recoverBegin, this.broker, 0, 0, 0, 0, 0, 0, 0);
  }

  restore(message: number, deliveryCount: number, state: number, remainingMicros = 0): this {
    return this.emit(EventKind.restore, this.broker, message, message, deliveryCount, state, remainingMicros);
  }

  recoverEnd(): this {
    return this.emit(EventKind.recoverEnd, this.broker, 0, 0, 1, 0, 0, 0, 0);
  }

  stop(node: number, cause: StopCause): this {
    return this.emit(EventKind.nodeStop, node, 0, 0, cause, 0, 0, 0, 0);
  }

  result(): MeasuresResult {
    this.recorder.flush();
    return this.measures.result();
  }

  /** Count and mean of a latency: with one or two samples that is all there is to know. */
  latency(name: LatencyName): { count: number; mean: number } {
    const { count, meanMicros } = this.result().latencies[name]!;
    return { count, mean: meanMicros };
  }

  /** What a gauge is at the moment, read as the last value of its series in a step of its own. */
  level(name: string): number {
    this.recorder.flush();
    const step = this.measures.series().stepMicros;
    const now = (Math.floor(this.#time.now / step) + 1) * step;
    this.at(now).emit(EventKind.drainBegin, 0, 0, 0);
    this.recorder.flush();
    return this.measures.series().values[name]!.at(-1)!;
  }
}

function handle(copy: number, serial: number): number {
  return copy * HANDLE_SERIALS + serial;
}
