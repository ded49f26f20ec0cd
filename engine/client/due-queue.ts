import type { Host, TimerHandle } from '../host.js';

/** Something to do later. One entry per operation that waits, so few at a time. */
export interface DueEntry {
  run(): void;
}

/**
 * Runs entries when their time has come, in order of time and then of arrival, on one timer. A binary heap: what waits here
 * are retries after a backoff, which have no common delay.
 */
export class DueQueue {
  readonly #host: Pick<Host, 'clock'>;
  readonly #timer: TimerHandle;
  readonly #heap: { readonly dueMicros: number; readonly order: number; readonly entry: DueEntry }[] = [];
  #order = 0;

  constructor(host: Pick<Host, 'clock' | 'timers'>) {
    this.#host = host;
    this.#timer = host.timers.create(() => this.#fire());
  }

  get size(): number {
    return this.#heap.length;
  }

  /** Runs `entry` in `delayMicros` from now, never inside this call. */
  add(delayMicros: number, entry: DueEntry): void {
    const item = { dueMicros: this.#host.clock.monotonicMicros() + delayMicros, order: this.#order, entry };
    this.#order += 1;
    this.#heap.push(item);
    this.#rise(this.#heap.length - 1);
    if (this.#heap[0] === item) this.#timer.arm(delayMicros);
  }

  clear(): void {
    this.#heap.length = 0;
    this.#timer.disarm();
  }

  #fire(): void {
    const now = this.#host.clock.monotonicMicros();
    for (let first = this.#heap[0]; first !== undefined && first.dueMicros <= now; first = this.#heap[0]) {
      this.#removeFirst();
      first.entry.run();
    }
    const next = this.#heap[0];
    if (next !== undefined) this.#timer.arm(Math.max(0, next.dueMicros - now));
  }

  #isBefore(left: number, right: number): boolean {
    const a = this.#heap[left]!;
    const b = this.#heap[right]!;
    return a.dueMicros < b.dueMicros || (a.dueMicros === b.dueMicros && a.order < b.order);
  }

  #swap(left: number, right: number): void {
    const kept = this.#heap[left]!;
    this.#heap[left] = this.#heap[right]!;
    this.#heap[right] = kept;
  }

  #rise(start: number): void {
    for (let index = start; index > 0; ) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #removeFirst(): void {
    const last = this.#heap.pop()!;
    if (this.#heap.length === 0) return;
    this.#heap[0] = last;
    for (let index = 0; ; ) {
      let smallest = index;
      const left = 2 * index + 1;
      if (left < this.#heap.length && this.#isBefore(left, smallest)) smallest = left;
      if (left + 1 < this.#heap.length && this.#isBefore(left + 1, smallest)) smallest = left + 1;
      if (smallest === index) return;
      this.#swap(index, smallest);
      index = smallest;
    }
  }
}
