import type { TimerHandle, TimerPort } from '../../host.js';
import type { Mutations } from '../../mutants/index.js';
import type { PushQueue } from '../../queue/index.js';
import type { PushedQueue } from './pushed-queue.js';

/** Queues that nobody used for the time that they set for it are gone, and what is in them is not dead-lettered. (RabbitMQ: x-expires.) */
export class QueueExpiry {
  readonly #queues: () => Iterable<PushedQueue>;
  readonly #now: () => number;
  readonly #timer: TimerHandle;
  readonly #mutations: Mutations;

  constructor(timers: TimerPort, queues: () => Iterable<PushedQueue>, now: () => number, mutations: Mutations, onExpired: (queues: readonly PushedQueue[]) => void) {
    this.#queues = queues;
    this.#mutations = mutations;
    this.#now = now;
    this.#timer = timers.create(() => {
      onExpired([...queues()].filter((queue) => this.#isExpired(queue)));
      this.watch();
    });
  }

  /** A queue, or what it sets for itself, is new. */
  watch(): void {
    const now = this.#now();
    let next = Infinity;
    for (const queue of this.#queues()) {
      const micros = this.#timeOf(queue.push);
      // Of one with consumers the time has not begun.
      if (micros < Infinity) next = Math.min(next, queue.consumers.size > 0 ? now + micros : this.#dueAt(queue, micros));
    }
    if (next < Infinity) this.#timer.arm(Math.max(0, Math.ceil(next - now)));
  }

  stop(): void {
    this.#timer.disarm();
  }

  #timeOf({ settings: { expiresMicros } }: PushQueue): number {
    return expiresMicros === null ? Infinity : expiresMicros * (this.#mutations.expiresAtSecondLook ? 2 : 1);
  }

  #isExpired(queue: PushedQueue): boolean {
    const micros = this.#timeOf(queue.push);
    return micros < Infinity && queue.consumers.size === 0 && this.#now() >= this.#dueAt(queue, micros);
  }

  /** Where a queue looks every so often, it finds out with the first look after its time was over. (RabbitMQ: rabbit_fifo, tick.) */
  #dueAt({ push, usedAt, since }: PushedQueue, expiresMicros: number): number {
    const { expiryTickMicros: tick } = push.policy;
    const overAt = (this.#mutations.expiresSinceDeclared ? since : usedAt) + expiresMicros;
    return tick === null ? overAt : since + (Math.floor((overAt - since) / tick) + 1) * tick;
  }
}
