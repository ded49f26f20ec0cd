import type { ActiveFactors } from '../active-factors.js';
import { type Kernel, ServicePool } from '../kernel/index.js';
import type { CostProfile } from './cost-profile.js';

const BYTES_PER_KIB = 1024;

export interface CpuOptions {
  readonly kernel: Kernel;
  readonly cores: number;
  readonly costs: CostProfile;
  /** Multiplies service times; asked when a message comes. */
  readonly slowness: ActiveFactors;
}

/** The cores of a machine as one incarnation uses them: work waits for a core, takes its service time, and then its code runs. */
export class Cpu {
  readonly #pool: ServicePool;
  readonly #costs: CostProfile;
  readonly #slowness: ActiveFactors;

  constructor(options: CpuOptions) {
    this.#pool = new ServicePool(options.kernel, options.cores);
    this.#costs = options.costs;
    this.#slowness = options.slowness;
  }

  submit<T>(operation: string, sizeBytes: number, handler: (argument: T) => void, argument: T): void {
    const { baseMicros, perKiBMicros } = this.#costs;
    const cost = (baseMicros[operation] ?? 0) + (perKiBMicros * sizeBytes) / BYTES_PER_KIB;
    this.#pool.submit(Math.round(cost * this.#slowness.product), handler, argument);
  }

  /** Work in service stays where it is, and no other begins. */
  pause(): void {
    this.#pool.pause();
  }

  resume(): void {
    this.#pool.resume();
  }

  /** Forgets all work. */
  end(): void {
    this.#pool.clear();
  }
}
