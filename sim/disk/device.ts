import type { Kernel } from '../kernel/index.js';
import { DiskOperation, type OperationServer } from './disk-operation.js';

/**
 * The one device of a disk: operations are served one after the other in the order in which they come. While it is stalled
 * nothing completes; what was under way completes when it ends, and what came meanwhile is served then.
 */
export class Device implements OperationServer {
  readonly #kernel: Kernel;
  readonly #onServed: (operation: DiskOperation) => void;
  /** When the last operation accepted so far will be served. */
  #freeAtMicros = 0;
  #busyMicros = 0;
  /** Counts losses of power; what was under way before the last one never completes. */
  #epoch = 0;
  #stalls = 0;
  /** While stalled: served too early, and not begun. Both in order. */
  #overdue: DiskOperation[] = [];
  #waiting: DiskOperation[] = [];
  #free: DiskOperation | null = null;

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
    operation.epoch = this.#epoch;
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

  /** Everything under way is forgotten. */
  losePower(): void {
    this.#busyMicros = this.busyMicros;
    this.#epoch++;
    this.#overdue = [];
    this.#waiting = [];
    this.#freeAtMicros = this.#kernel.now;
  }

  /** For the kernel: the time of this operation has come. */
  serve(operation: DiskOperation): void {
    if (operation.epoch !== this.#epoch) this.release(operation);
    else if (this.#stalls > 0) this.#overdue.push(operation);
    else this.#onServed(operation);
  }

  #begin(operation: DiskOperation): void {
    const now = this.#kernel.now;
    const start = this.#freeAtMicros > now ? this.#freeAtMicros : now;
    this.#freeAtMicros = start + operation.serviceMicros;
    this.#busyMicros += operation.serviceMicros;
    this.#kernel.schedule(this.#freeAtMicros, serve, operation);
  }
}

function serve(operation: DiskOperation): void {
  operation.server.serve(operation);
}
