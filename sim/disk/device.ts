import type { Kernel } from '../kernel/index.js';
import { DiskOperation, type OperationServer } from './disk-operation.js';

/**
 * The one device of a disk: operations are served one after the other in the order in which they come. While it is stalled
 * nothing completes; what was under way completes when it ends, and what came meanwhile is served then. When it becomes slower or
 * faster, so does the rest of what is under way.
 */
export class Device implements OperationServer {
  readonly #kernel: Kernel;
  readonly #onServed: (operation: DiskOperation) => void;
  /** When the last operation accepted so far will be served. */
  #freeAtMicros = 0;
  #busyMicros = 0;
  #stalls = 0;
  /** While stalled: served too early, and not begun. Both in order. */
  #overdue: DiskOperation[] = [];
  #waiting: DiskOperation[] = [];
  #free: DiskOperation | null = null;
  /** What is under way, in the order in which it is served. */
  #first: DiskOperation | null = null;
  #last: DiskOperation | null = null;

  constructor(kernel: Kernel, onServed: (operation: DiskOperation) => void) {
    this.#kernel = kernel;
    this.#onServed = onServed;
  }

  /** A blank record; give it back to `release` when nothing needs it any more. */
  acquire(): DiskOperation {
    const operation = this.#free;
    if (operation === null) return new DiskOperation(this);
    this.#free = operation.next;
    operation.next = null;
    return operation;
  }

  release(operation: DiskOperation): void {
    operation.clear();
    operation.next = this.#free;
    this.#free = operation;
  }

  /** For measures: how long it has been serving so far. What is still to be served is left out. */
  get busyMicros(): number {
    return this.#busyMicros - Math.max(0, this.#freeAtMicros - this.#kernel.now);
  }

  submit(operation: DiskOperation, serviceMicros: number): void {
    operation.serviceMicros = serviceMicros;
    if (this.#stalls > 0) this.#waiting.push(operation);
    else this.#begin(operation);
  }

  stall(): void {
    this.#stalls++;
  }

  endStall(): void {
    if (--this.#stalls > 0) return;
    const overdue = this.#overdue;
    const waiting = this.#waiting;
    this.#overdue = [];
    this.#waiting = [];
    // What is under way and not overdue keeps its time, what waited follows it, and both are in the queue before a callback
    // can add to it.
    for (const operation of waiting) this.#begin(operation);
    for (const operation of overdue) this.#onServed(operation);
  }

  /** Whatever has not been served yet takes so many times longer from now on. */
  rescale(ratio: number): void {
    const now = this.#kernel.now;
    let from = now;
    for (let operation = this.#first; operation !== null; operation = operation.next) {
      const left = Math.min(operation.serviceMicros, operation.endMicros - now);
      operation.serviceMicros = Math.round(left * ratio);
      from += operation.serviceMicros;
      operation.endMicros = from;
      this.#kernel.cancel(operation.event);
      operation.event = this.#kernel.schedule(from, serve, operation);
    }
    for (const operation of this.#waiting) operation.serviceMicros = Math.round(operation.serviceMicros * ratio);
    if (this.#first === null) return;
    this.#busyMicros += from - this.#freeAtMicros;
    this.#freeAtMicros = from;
  }

  /** Everything under way is forgotten. */
  losePower(): void {
    this.#busyMicros = this.busyMicros;
    this.#overdue = [];
    this.#waiting = [];
    this.#freeAtMicros = this.#kernel.now;
    for (let operation = this.#first; operation !== null;) {
      const { next } = operation;
      this.#kernel.cancel(operation.event);
      this.release(operation);
      operation = next;
    }
    this.#first = this.#last = null;
  }

  /** For the kernel: the time of this operation has come. */
  serve(operation: DiskOperation): void {
    this.#first = operation.next;
    operation.next = null;
    if (this.#first === null) this.#last = null;
    if (this.#stalls > 0) this.#overdue.push(operation);
    else this.#onServed(operation);
  }

  #begin(operation: DiskOperation): void {
    const now = this.#kernel.now;
    const start = this.#freeAtMicros > now ? this.#freeAtMicros : now;
    this.#freeAtMicros = start + operation.serviceMicros;
    this.#busyMicros += operation.serviceMicros;
    operation.endMicros = this.#freeAtMicros;
    operation.event = this.#kernel.schedule(operation.endMicros, serve, operation);
    if (this.#last === null) this.#first = operation;
    else this.#last.next = operation;
    this.#last = operation;
  }
}

function serve(operation: DiskOperation): void {
  operation.server.serve(operation);
}
