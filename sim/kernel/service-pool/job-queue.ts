import type { Handler } from '../event-slots.js';

const INITIAL_CAPACITY = 16;

/** Jobs that wait, first in, first out, in a ring that doubles when it is full. */
export class JobQueue {
  /** Number of waiting jobs. */
  length = 0;
  private serviceMicros = new Float64Array(INITIAL_CAPACITY);
  /** Handler of the job at ring index `i` at `2 i`, its argument at `2 i + 1`. */
  private payload: unknown[] = new Array(INITIAL_CAPACITY * 2).fill(undefined);
  private head = 0;

  push(serviceMicros: number, handler: Handler, argument: unknown): void {
    if (this.length === this.serviceMicros.length) this.grow();
    const index = (this.head + this.length) & (this.serviceMicros.length - 1);
    this.serviceMicros[index] = serviceMicros;
    this.payload[index << 1] = handler;
    this.payload[(index << 1) + 1] = argument;
    this.length++;
  }

  /** Service time, handler and argument of the first job; meaningless when none waits. */
  get firstServiceMicros(): number {
    return this.serviceMicros[this.head] as number;
  }

  get firstHandler(): Handler {
    return this.payload[this.head << 1] as Handler;
  }

  get firstArgument(): unknown {
    return this.payload[(this.head << 1) + 1];
  }

  dropFirst(): void {
    this.payload[this.head << 1] = undefined;
    this.payload[(this.head << 1) + 1] = undefined;
    this.head = (this.head + 1) & (this.serviceMicros.length - 1);
    this.length--;
  }

  private grow(): void {
    const capacity = this.serviceMicros.length;
    const serviceMicros = new Float64Array(capacity * 2);
    const payload: unknown[] = [];
    for (let i = 0; i < capacity; i++) {
      const index = (this.head + i) & (capacity - 1);
      serviceMicros[i] = this.serviceMicros[index] as number;
      payload.push(this.payload[index << 1], this.payload[(index << 1) + 1]);
    }
    while (payload.length < capacity * 4) payload.push(undefined);
    this.serviceMicros = serviceMicros;
    this.payload = payload;
    this.head = 0;
  }
}
