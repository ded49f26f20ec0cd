import { KernelError } from './errors.js';
import { EventQueue } from './event-queue.js';
import type { EventId, Handler } from './event-slots.js';

export interface KernelOptions {
  /** The run ends with QL_SIM_EVENT_LIMIT instead of firing one event more. Default 2^53 - 1. */
  readonly maxEvents?: number;
  /** The run ends with QL_SIM_STANDSTILL instead of firing one event more at the same time. Default 20 million. */
  readonly maxEventsAtOnce?: number;
  /** The run ends with QL_SIM_TIME_LIMIT instead of firing an event later than this. Default 2^53 - 1, 285 years. */
  readonly maxTimeMicros?: number;
}

/** Nothing that moves on has so much to do at once: what does is a circle in which no time passes. */
const DEFAULT_MAX_EVENTS_AT_ONCE = 20_000_000;

/**
 * Virtual time and the one queue of events that moves it. Events fire in the order of their times, and events of one time
 * in the order in which they were scheduled, also when they are scheduled for `now` while events of `now` are firing.
 *
 * ```ts
 * const kernel = new Kernel();
 * const log: string[] = [];
 * kernel.schedule(2_000, (word) => log.push(`${word} at ${kernel.now}`), 'later');
 * kernel.schedule(1_000, (word) => log.push(`${word} at ${kernel.now}`), 'sooner');
 * kernel.run(); // log: ['sooner at 1000', 'later at 2000']
 * ```
 */
export class Kernel {
  /** Virtual time in integer microseconds. Never goes back. */
  readonly now: number = 0;
  /** Number of events that have fired. */
  readonly executed: number = 0;
  private readonly queue = new EventQueue();
  private readonly maxEvents: number;
  private readonly maxEventsAtOnce: number;
  /** How many events had fired when time came to `now`. */
  private executedBefore = 0;
  private readonly maxTimeMicros: number;
  private running = false;
  private stopping = false;

  /** @throws KernelError QL_SIM_BAD_TIME when `maxTimeMicros` is not a time. */
  constructor(options: KernelOptions = {}) {
    this.maxEvents = options.maxEvents ?? Number.MAX_SAFE_INTEGER;
    this.maxEventsAtOnce = options.maxEventsAtOnce ?? DEFAULT_MAX_EVENTS_AT_ONCE;
    this.maxTimeMicros = options.maxTimeMicros ?? Number.MAX_SAFE_INTEGER;
    requireTime(this.maxTimeMicros);
  }

  /** Number of events that wait. */
  get pending(): number {
    return this.queue.slots.live;
  }

  /** Bytes held for waiting events: it follows the most that were ever pending together, not what was cancelled. */
  get memoryBytes(): number {
    return this.queue.memoryBytes;
  }

  /**
   * Calls `handler(argument)` at `atMicros`, which may be `now`. Allocates nothing: share the handler among events and let
   * the argument tell them apart.
   *
   * @throws KernelError QL_SIM_PAST_EVENT before `now`; QL_SIM_BAD_TIME unless an integer up to 2^53 - 1;
   * QL_SIM_PENDING_LIMIT beyond 2^26 pending events.
   */
  schedule<T>(atMicros: number, handler: (argument: T) => void, argument: T): EventId {
    if (!(atMicros >= this.now && atMicros <= Number.MAX_SAFE_INTEGER) || Math.floor(atMicros) !== atMicros) {
      this.refuse(atMicros);
    }
    const { slots } = this.queue;
    const slot = slots.take(handler as Handler, argument);
    this.queue.insert(slot, atMicros);
    return slots.idOf(slot);
  }

  /** Takes an event back. Returns false when it has fired or was cancelled before, or never was. */
  cancel(id: EventId): boolean {
    const slot = this.queue.slots.find(id);
    if (slot === 0) return false;
    this.queue.remove(slot);
    this.queue.slots.free(slot);
    return true;
  }

  /** Time of the next event, Infinity when none waits. */
  nextTime(): number {
    return this.queue.earliestTime();
  }

  /**
   * Fires the next event. Returns false when none waits.
   *
   * @throws KernelError QL_SIM_EVENT_LIMIT, QL_SIM_STANDSTILL, QL_SIM_TIME_LIMIT or QL_SIM_NESTED_RUN, and whatever the handler throws.
   */
  step(): boolean {
    if (this.pending === 0) return false;
    if (this.fireWhile(this.maxTimeMicros, true)) this.refuseBeyondTimeLimit();
    return true;
  }

  /**
   * Fires every event up to and including `timeMicros`, then sets `now` to it. After `stop()` time stays at the last event.
   *
   * @throws KernelError as `step`, and QL_SIM_PAST_EVENT or QL_SIM_BAD_TIME for such a time.
   */
  runUntil(timeMicros: number): void {
    if (!(timeMicros >= this.now)) this.refuse(timeMicros);
    requireTime(timeMicros);
    if (!this.fireWhile(Math.min(timeMicros, this.maxTimeMicros), false)) return;
    if (timeMicros > this.maxTimeMicros) this.refuseBeyondTimeLimit();
    this.setNow(timeMicros);
  }

  /** Fires events until none waits or `stop()` is called. Throws as `step`. */
  run(): void {
    if (this.fireWhile(this.maxTimeMicros, false) && this.pending > 0) this.refuseBeyondTimeLimit();
  }

  /** Ends `run` or `runUntil` after the event that is firing. */
  stop(): void {
    this.stopping = true;
  }

  /** Fires one or all events up to `limit`. Returns true when none is left up to there, false when it was stopped. */
  private fireWhile(limit: number, once: boolean): boolean {
    if (this.running) {
      throw new KernelError('QL_SIM_NESTED_RUN', `an event handler at ${this.now} µs tried to run the kernel`, { now: this.now });
    }
    this.running = true;
    this.stopping = once;
    try {
      return this.fireEvents(limit);
    } finally {
      this.running = false;
    }
  }

  private fireEvents(limit: number): boolean {
    const queue = this.queue;
    const near = queue.near;
    const slots = queue.slots;
    do {
      if (this.executed >= this.maxEvents && this.pending > 0) this.refuseEvent();
      if (near.isEmpty && !queue.refill(limit)) return true;
      const time = near.earliestTime;
      if (time > limit) return true;
      if (time !== this.now) this.executedBefore = this.executed;
      else if (this.executed - this.executedBefore >= this.maxEventsAtOnce) this.refuseStandstill();
      const slot = near.takeEarliest();
      const handler = slots.handlerOf(slot);
      const argument = slots.argumentOf(slot);
      slots.free(slot);
      this.setNow(time);
      (this as { executed: number }).executed++;
      handler(argument);
    } while (!this.stopping);
    return false;
  }

  private setNow(time: number): void {
    (this as { now: number }).now = time;
  }

  private refuse(timeMicros: number): never {
    requireTime(timeMicros);
    const message = `${timeMicros} µs lies before now, ${this.now} µs`;
    throw new KernelError('QL_SIM_PAST_EVENT', message, { timeMicros, now: this.now });
  }

  private refuseEvent(): never {
    const message = `${this.executed} events have fired, which is the limit, and ${this.pending} wait at ${this.now} µs`;
    throw new KernelError('QL_SIM_EVENT_LIMIT', message, { maxEvents: this.maxEvents, now: this.now });
  }

  private refuseStandstill(): never {
    const message = `time stands still: ${this.maxEventsAtOnce} events have fired at ${this.now} µs, which is the limit, and ${this.pending} wait`;
    throw new KernelError('QL_SIM_STANDSTILL', message, { maxEventsAtOnce: this.maxEventsAtOnce, now: this.now });
  }

  /** Time has come to its limit: that is what it shows. */
  private refuseBeyondTimeLimit(): never {
    this.setNow(this.maxTimeMicros);
    const message = `virtual time has reached its limit of ${this.maxTimeMicros} µs; ${this.pending} events wait beyond it`;
    throw new KernelError('QL_SIM_TIME_LIMIT', message, { maxTimeMicros: this.maxTimeMicros, pending: this.pending });
  }
}

function requireTime(timeMicros: number): void {
  if (Number.isSafeInteger(timeMicros) && timeMicros >= 0) return;
  const message = `${timeMicros} is not a time: an integer number of microseconds from 0 to 2^53 - 1`;
  throw new KernelError('QL_SIM_BAD_TIME', message, { timeMicros });
}
