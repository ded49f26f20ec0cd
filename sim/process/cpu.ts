import { type Kernel, ServicePool } from '../kernel/index.js';
import type { CostProfile } from './cost-profile.js';

const BYTES_PER_KIB = 1024;

/** The cores of a machine: a message waits for one, takes its service time, and then its code runs. */
export class Cpu {
  /** For measures: what the cores have done so far. */
  readonly pool: ServicePool;
  readonly servers: number;
  readonly #costs: CostProfile;

  constructor(kernel: Kernel, cores: number, costs: CostProfile) {
    this.pool = new ServicePool(kernel, cores);
    this.servers = cores;
    this.#costs = costs;
  }

  /** Returns the service time, as long as the machine stays as fast as it is. */
  submit<T>(operation: string, sizeBytes: number, handler: (argument: T) => void, argument: T): number {
    const { baseMicros, perKiBMicros } = this.#costs;
    const cost = (baseMicros[operation] ?? 0) + (perKiBMicros * sizeBytes) / BYTES_PER_KIB;
    const service = Math.round(cost);
    this.pool.submit(service, handler, argument);
    return Math.round(service * this.pool.slowdown);
  }

  /** All work stays where it is. */
  pause(): void {
    this.pool.pause();
  }

  resume(): void {
    this.pool.resume();
  }

  /** Forgets all work: the process that wanted it has ended. */
  dropAll(): void {
    this.pool.dropAll();
    this.pool.resume();
  }
}
