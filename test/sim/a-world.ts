import type { DiskError, DiskFile, Host } from '../../engine/index.js';
import { type EventKind, Recorder } from '../../history/index.js';
import type { HostedNode } from '../conformance/host-suite.js';
import { type DiskSettings, type Machine, type MachineSettings, type NetworkSettings, World } from '../../sim/index.js';

export const constant = (value: number): { readonly kind: 'constant'; readonly value: number } => ({ kind: 'constant', value });

/** Every operation takes a time that is easy to add up. */
export const quickDisk: DiskSettings = {
  writeLatency: constant(10),
  syncLatency: constant(100),
  readLatency: constant(20),
  bandwidthBytesPerSecond: Infinity,
  capacityBytes: Infinity,
};

export const quickNetwork: NetworkSettings = { latency: constant(1000), bandwidthBytesPerSecond: Infinity, loss: 0 };

export interface ReportedEvent {
  readonly time: number;
  readonly kind: EventKind;
  readonly actor: string;
  readonly peer: string;
  readonly a: number;
  readonly b: number;
}

/** A world whose machines do nothing by themselves, and what it reports. */
export class TestWorld {
  readonly world: World;
  readonly #hosts = new Map<string, Host>();
  readonly #recorder: Recorder;

  constructor(names: readonly string[], options: TestWorldOptions = {}) {
    let recorder: Recorder | null = null;
    this.world = new World({
      seed: options.seed ?? '7',
      network: { ...quickNetwork, ...options.network },
      createSink: (time) => (recorder = new Recorder({ time, keep: 'all' })),
    });
    this.#recorder = recorder!;
    for (const name of names) this.#add(name, options);
  }

  /** Starts every machine. */
  started(): this {
    this.world.start();
    return this;
  }

  machine(name: string): Machine {
    return this.world.machine(name);
  }

  /** The host of the machine's last incarnation. */
  host(name: string): Host {
    return this.#hosts.get(name)!;
  }

  get now(): number {
    return this.world.kernel.now;
  }

  /** Lets so much time pass. */
  pass(micros: number): void {
    this.world.runUntil(this.world.kernel.now + micros);
  }

  get events(): ReportedEvent[] {
    const { names } = this.#recorder;
    const text = (id: number): string => (id === 0 ? '' : names.text(id));
    return [...this.#recorder.history().rows()].map(({ timeMicros: time, kind, actor, peer, a, b }) => ({
      time, kind, actor: text(actor), peer: text(peer), a, b,
    }));
  }

  get fingerprint(): string {
    return this.#recorder.fingerprint();
  }

  /** The result of a disk operation, letting as much time pass as it takes. Throws its error. */
  result<T = void>(start: (callback: (error: DiskError | null, value: T) => void) => void): T {
    const outcomes: { error: DiskError | null; value: T }[] = [];
    start((error, value) => outcomes.push({ error, value }));
    while (outcomes.length === 0) if (!this.world.kernel.step()) throw new Error('the operation never completed');
    if (outcomes[0]!.error !== null) throw outcomes[0]!.error;
    return outcomes[0]!.value;
  }

  /** The code of the error that a disk operation must end with. */
  errorCode(start: (callback: (error: DiskError | null) => void) => void): string {
    try {
      this.result(start);
    } catch (error) {
      return (error as DiskError).code;
    }
    throw new Error('the operation succeeded');
  }

  file(machine: string, path: string): DiskFile {
    return this.result<DiskFile | null>((done) => this.host(machine).disk.open(path, { create: true }, done))!;
  }

  content(file: DiskFile): Uint8Array {
    return this.result<Uint8Array>((done) => file.read(0, file.sizeBytes, done));
  }

  #add(name: string, options: TestWorldOptions): void {
    const settings: MachineSettings<Machine> = {
      name,
      cores: 1,
      costs: null,
      disk: quickDisk,
      ...options.machine?.(name),
      boot: (host, machine) => {
        this.#hosts.set(name, host);
        options.boot?.(host, machine);
      },
    };
    this.world.addMachine(settings);
  }
}

/** A machine as the conformance suite's parties take it. */
export function nodeOf(test: TestWorld, name: string): HostedNode {
  return {
    address: name,
    get host() {
      return test.host(name);
    },
    end: () => test.machine(name).kill(),
    restart: () => test.machine(name).start(),
  };
}

export interface TestWorldOptions {
  readonly seed?: string;
  readonly network?: Partial<NetworkSettings>;
  /** Settings of a machine that differ from the usual. */
  readonly machine?: (name: string) => Partial<MachineSettings<Machine>>;
  readonly boot?: (host: Host, machine: Machine) => void;
}
