import { type Broker, type Mutations, mutationsOf } from '../../engine/index.js';
import { Recorder, StopCause, type TimeSource } from '../../history/index.js';
import { Passages } from '../../measures/index.js';
import { ConsumerWorkload, Database, type FaultSpec, Handlings, type Machine, type OperatorLog, type OperatorSettings, OperatorWorkload, ProducerWorkload, Sink, TraceCounter, World } from '../../sim/index.js';
import { BROKER_RESTART_MICROS, type Scenario } from '../model.js';
import { declarationsOf } from './declarations.js';
import { personalityOf, startBroker } from './broker.js';
import type { RunOptions } from './options.js';
import { DEFAULT_MAX_EVENTS } from './options.js';

/** What a queue holds. */
export interface QueueDepth {
  readonly name: string;
  readonly ready: number;
  readonly leased: number;
  readonly delayed: number;
}

export interface LaboratoryExtras {
  /** Another recorder, for a measurement of what recording costs. */
  readonly createRecorder?: (time: TimeSource) => Recorder;
  /** False when nobody will ask how messages between machines came. Default true. */
  readonly hasPassages?: boolean;
}

/** A scenario put together: one machine for the broker, one for each producer and consumer, the faults scheduled. */
export class Laboratory {
  readonly world: World;
  readonly recorder: Recorder;
  /** How messages between machines came to what they led to; null where nobody asks. */
  readonly passages: Passages | null;
  readonly producers: readonly ProducerWorkload[];
  readonly consumers: readonly ConsumerWorkload[];
  /** Behind the handlers. */
  readonly store: Sink;
  readonly operators: readonly OperatorWorkload[];
  /** What they saw and did so far. */
  readonly operatorLog: OperatorLog = { alerts: [], actions: [] };
  /** Crashes between two steps of a program, so far. */
  readonly crashPoints: FaultSpec[] = [];
  readonly #scenario: Scenario;
  readonly #mutations: Mutations;
  #broker: Broker | null = null;

  constructor(scenario: Scenario, options: RunOptions, { createRecorder = (time) => new Recorder({ time, keep: options.trace ?? 'off' }), hasPassages = true }: LaboratoryExtras = {}) {
    this.#scenario = scenario;
    this.passages = hasPassages ? new Passages(() => this.recorder.eventCount) : null;
    this.#mutations = mutationsOf(options.mutants ?? []);
    this.world = new World({
      seed: options.seed ?? scenario.seed,
      network: scenario.network,
      createSink: createRecorder,
      ...(this.passages === null ? {} : { passages: this.passages }),
      limits: { maxEvents: options.maxEvents ?? DEFAULT_MAX_EVENTS },
    });
    this.recorder = this.world.sink as Recorder;
    for (const observer of [...(options.observers ?? []), ...(options.everyTime === undefined ? [] : [options.everyTime])]) {
      this.recorder.subscribe(typeof observer === 'function' ? observer(this.recorder.names) : observer);
    }
    this.#addBroker();
    const traces = new TraceCounter();
    const handlings = new Handlings(options.workloadLog ?? null);
    const database = new Database();
    this.producers = scenario.producers.map((spec) => this.#addProducer(spec, traces, handlings, database));
    this.store = new Sink(this.recorder);
    this.consumers = scenario.consumers.map((spec) => this.#addConsumer(spec, this.store, handlings, database));
    this.operators = (scenario.operators ?? []).map((settings) => this.#addOperator(settings));
    this.world.faults.schedule(scenario.faults, scenario.durationMicros);
  }

  /** The running broker; null while its process is down or recovering. */
  get broker(): Broker | null {
    return this.#broker;
  }

  /** What each queue holds, by the broker's own counters; empty while it is down. */
  depths(): QueueDepth[] {
    const broker = this.#broker;
    if (broker === null) return [];
    return this.#scenario.queues.map(({ name }) => ({ name, ...broker.queueDepth(name) }));
  }

  #addBroker(): void {
    const scenario = this.#scenario;
    const { name, cores, cpuCost, disk } = scenario.broker;
    const { baseMicros, perKiBMicros } = personalityOf(scenario).costs;
    const scaled = Object.fromEntries(Object.entries(baseMicros).map(([operation, micros]) => [operation, micros * cpuCost]));
    const machine: Machine = this.world.addMachine({
      name,
      cores,
      costs: cpuCost === 0 ? null : { baseMicros: scaled, perKiBMicros: perKiBMicros * cpuCost },
      disk,
      boot: (host) => {
        const broker = startBroker({
          scenario, host, sink: this.recorder, mutations: this.#mutations,
          onReady: () => {
            this.#broker = broker;
          },
          onFatal: () => this.#restartLater(machine),
        });
      },
    });
    machine.onCrash(() => {
      this.#broker = null;
    });
  }

  #restartLater(machine: Machine): void {
    machine.kill(StopCause.storage);
    const { kernel } = this.world;
    kernel.schedule(kernel.now + BROKER_RESTART_MICROS, (stopped: Machine) => stopped.start(), machine);
  }

  #addProducer(spec: Scenario['producers'][number], traces: TraceCounter, handlings: Handlings, database: Database): ProducerWorkload {
    const { world, recorder } = this;
    const producer = new ProducerWorkload(
      { endMicros: this.#scenario.durationMicros, ...spec },
      {
        sink: recorder, streams: world.streams, traces, handlings, address: this.#scenario.broker.name, mutations: this.#mutations,
        maxBatchBytes: personalityOf(this.#scenario).broker.queueLimits.maxBatchBytes,
        time: world.kernel, database, crash: (machine, after, forMicros) => this.#crash(machine, after, forMicros),
      },
    );
    const machine = world.addMachine({ name: spec.name, boot: (host) => producer.boot(host), ...CLIENT_MACHINE });
    machine.onCrash(() => producer.crash());
    return producer;
  }

  /** At a crash point, when the code that came to it has returned. */
  #crash(target: string, after: string, forMicros: number): void {
    const { kernel, faults } = this.world;
    const crash = { at: kernel.now, fault: 'crash', target, for: forMicros };
    this.crashPoints.push({ ...crash, after });
    kernel.schedule(kernel.now, () => faults.strike(crash), undefined);
  }

  #addOperator(settings: OperatorSettings): OperatorWorkload {
    const operator = new OperatorWorkload(settings, { log: this.operatorLog, sink: this.recorder, address: this.#scenario.broker.name, speaksInChannels: this.#scenario.personality === 'rabbitmq', time: this.world.kernel });
    const machine = this.world.addMachine({ name: settings.name, boot: (host) => operator.boot(host), ...CLIENT_MACHINE });
    machine.onCrash(() => operator.crash());
    return operator;
  }

  #addConsumer(spec: Scenario['consumers'][number], store: Sink, handlings: Handlings, database: Database): ConsumerWorkload {
    const { world, recorder } = this;
    const { subscription } = spec;
    const settings = subscription === undefined ? spec : { ...spec, subscription: { declares: declarationsOf(this.#scenario, spec), ...subscription } };
    const consumer = new ConsumerWorkload(settings, {
      sink: recorder, store, handlings, streams: world.streams, address: this.#scenario.broker.name, mutations: this.#mutations,
      time: world.kernel, database, crash: (machine, after, forMicros) => this.#crash(machine, after, forMicros),
    });
    const machine = world.addMachine({
      name: spec.name,
      boot: (host, own) => consumer.boot(host, (micros) => own.serviceMicros(micros)),
      ...CLIENT_MACHINE,
    });
    machine.onCrash(() => consumer.crash());
    return consumer;
  }
}

const INSTANT = { kind: 'constant', value: 0 } as const;

/** Clients keep nothing on disk and are fast enough for what they do. */
const CLIENT_MACHINE = {
  cores: 1,
  costs: null,
  disk: {
    writeLatency: INSTANT, syncLatency: INSTANT, readLatency: INSTANT, bandwidthBytesPerSecond: Infinity, capacityBytes: Infinity,
  },
} as const;
