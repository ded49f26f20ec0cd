import type { EventSink } from '../history/index.js';
import { WorldError } from './errors.js';
import { FaultSchedule, type FaultSpec } from './faults/index.js';
import { Kernel, type KernelOptions, RandomStreams } from './kernel/index.js';
import { Machine, type MachineSettings } from './machine/index.js';
import { type NetworkSettings, type PassageObserver, SimNetwork } from './network/index.js';

/** More machines than this are a mistake. */
export const MAX_MACHINES = 10_000;

export interface WorldOptions {
  /** Every random draw of the run follows from it. */
  readonly seed: string;
  readonly network: NetworkSettings;
  /** Makes the place where everything that happens is reported. It is given where true time is read. */
  readonly createSink: (time: { readonly now: number }) => EventSink;
  /** Follows the messages between machines, for measures. */
  readonly passages?: PassageObserver;
  /** Limits on events and on virtual time. */
  readonly limits?: KernelOptions;
}

/** The simulated world of one run: virtual time, randomness, machines, the network between them, and what goes wrong. */
export class World {
  readonly kernel: Kernel;
  readonly streams: RandomStreams;
  readonly sink: EventSink;
  readonly network: SimNetwork;
  readonly faults: FaultSchedule;
  readonly #machines = new Map<string, Machine>();
  #isStarted = false;

  constructor(options: WorldOptions) {
    this.kernel = new Kernel(options.limits ?? {});
    this.streams = new RandomStreams(options.seed);
    this.sink = options.createSink(this.kernel);
    const { passages } = options;
    this.network = new SimNetwork({
      kernel: this.kernel, streams: this.streams, settings: options.network, ...(passages === undefined ? {} : { passages }),
    });
    const { kernel, streams, network, sink } = this;
    this.faults = new FaultSchedule({ kernel, streams, network, sink, machines: this.#machines });
  }

  /** All machines by name, in the order in which they were added. */
  get machines(): ReadonlyMap<string, Machine> {
    return this.#machines;
  }

  /** Throws `WorldError` when the name is taken, the world has started, or it has `MAX_MACHINES`. */
  addMachine(settings: MachineSettings<Machine>): Machine {
    const { name } = settings;
    if (this.#isStarted) throw new WorldError('QL_SIM_STARTED', `${name} comes too late: the world has started.`, name);
    if (this.#machines.has(name)) throw new WorldError('QL_SIM_DUPLICATE_MACHINE', `There are two machines named ${name}.`, name);
    if (this.#machines.size >= MAX_MACHINES) throw new WorldError('QL_SIM_MACHINE_LIMIT', `A world takes ${MAX_MACHINES} machines.`, name);
    const machine = new Machine(this, settings);
    this.#machines.set(name, machine);
    return machine;
  }

  /** Throws `WorldError` when there is none of this name. */
  machine(name: string): Machine {
    const machine = this.#machines.get(name);
    if (machine === undefined) throw new WorldError('QL_SIM_UNKNOWN_MACHINE', `There is no machine named ${name}.`, name);
    return machine;
  }

  /** Starts the processes of all machines, in the order in which they were added. */
  start(): void {
    if (this.#isStarted) throw new WorldError('QL_SIM_STARTED', 'The world has started already.');
    this.#isStarted = true;
    for (const machine of this.#machines.values()) machine.start();
  }

  /** Lets everything happen up to this time, in microseconds since the start of the run. */
  runUntil(timeMicros: number): void {
    this.kernel.runUntil(timeMicros);
  }

  /** Ends all faults, strikes out those to come, and brings every machine back. What is damaged on disks stays so. */
  healAll(): void {
    this.healExcept(new Map());
  }

  /**
   * Ends all faults, strikes out those to come, and brings every machine back. What is damaged on disks stays so. The machines of `dead`
   * stay as they are, for good; one that is well is struck by the fault that stands beside its name.
   */
  healExcept(dead: ReadonlyMap<string, FaultSpec>): void {
    this.faults.healAll(new Set(dead.keys()));
    for (const machine of this.#machines.values()) {
      const death = dead.get(machine.name);
      if (death === undefined) machine.recover();
      else if (machine.state === 'running') this.faults.strike(death);
    }
  }
}
