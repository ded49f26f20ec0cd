import type { RandomPort } from '../../engine/index.js';
import { EventKind, type EventSink, type NameId } from '../../history/index.js';
import type { EventId, Kernel, RandomStreams } from '../kernel/index.js';
import type { Machine } from '../machine/index.js';
import type { SimNetwork } from '../network/index.js';
import { FAULTS } from './catalogue.js';
import { expandSchedule } from './explicit-schedule.js';
import type { FaultContext, FaultDefinition, Heal } from './fault-definition.js';
import type { FaultSpec } from './fault-spec.js';
import { namesOf } from './names-of.js';

/** The world as faults see it. */
export interface FaultScene {
  readonly kernel: Kernel;
  readonly streams: RandomStreams;
  readonly network: SimNetwork;
  readonly sink: EventSink;
  readonly machines: ReadonlyMap<string, Machine>;
}

const NOBODY: ReadonlySet<string> = new Set();

/** One entry of the explicit schedule while the run goes on. */
interface PlannedFault {
  readonly index: number;
  readonly spec: FaultSpec;
  readonly definition: FaultDefinition;
  readonly targets: readonly string[];
  readonly peers: readonly string[];
  readonly streamName: string;
  /** False for what strikes when the others have ended: it belongs to how a run ends, not to its schedule. */
  readonly isScheduled: boolean;
  phase: 'planned' | 'active' | 'over';
  /** What the kernel will do next about it; 0 for nothing. */
  event: EventId;
  heal: Heal | null;
}

/**
 * Carries out a schedule. Each fault draws from a stream named after its kind, target and time, so that leaving out one
 * changes no draw of another, and one that never begins draws nothing.
 */
export class FaultSchedule {
  readonly #scene: FaultScene;
  readonly #faults: PlannedFault[] = [];
  readonly #streamNames = new Map<string, number>();

  constructor(scene: FaultScene) {
    this.#scene = scene;
  }

  /** Plans faults. Repetitions without an end of their own begin before `untilMicros`. Throws `FaultScheduleError`. */
  schedule(specs: readonly FaultSpec[], untilMicros = Infinity): void {
    const machineNames = [...this.#scene.machines.keys()];
    for (const spec of expandSchedule(specs, { machineNames, untilMicros })) this.#plan(spec);
  }

  /** The explicit schedule as far as it was carried out: given to another run, it does the same. */
  carriedOut(): FaultSpec[] {
    return this.#faults.filter((fault) => fault.isScheduled && fault.phase !== 'planned').map((fault) => fault.spec);
  }

  /** Faults that have begun and not ended. */
  get activeCount(): number {
    return this.#faults.filter((fault) => fault.phase === 'active').length;
  }

  /** Faults that are still to begin. */
  get plannedCount(): number {
    return this.#faults.filter((fault) => fault.phase === 'planned' && fault.event !== 0).length;
  }

  /**
   * Ends every fault, in the order in which they began, and strikes out those to come. What ails a machine of `dead` goes on for good;
   * links are healed all the same.
   */
  healAll(dead: ReadonlySet<string> = NOBODY): void {
    const { kernel } = this.#scene;
    for (const fault of this.#faults) {
      if (fault.event !== 0) kernel.cancel(fault.event);
      fault.event = 0;
      const isForGood = fault.definition.targets === 'machine' && dead.has(fault.targets[0]!);
      if (fault.phase === 'active' && !isForGood) this.#end(fault);
    }
  }

  /** Strikes now, and is healed when it says so; it belongs to no schedule. Throws `FaultScheduleError`. */
  strike(spec: FaultSpec): void {
    const machineNames = [...this.#scene.machines.keys()];
    for (const explicit of expandSchedule([spec], { machineNames, untilMicros: Infinity })) this.#begin(this.#add(explicit, false));
  }

  #plan(spec: FaultSpec): void {
    const fault = this.#add(spec, true);
    fault.event = this.#scene.kernel.schedule(spec.at, () => this.#begin(fault), undefined);
  }

  #add(spec: FaultSpec, isScheduled: boolean): PlannedFault {
    const targets = namesOf(spec.target);
    const fault: PlannedFault = {
      index: this.#faults.length,
      spec,
      definition: FAULTS.get(spec.fault)!,
      targets,
      peers: namesOf((spec['peers'] as string | readonly string[] | undefined) ?? []),
      streamName: this.#streamName(`fault/${spec.fault}/${targets.join('+')}/${spec.at}`),
      isScheduled,
      phase: 'planned',
      event: 0,
      heal: null,
    };
    this.#faults.push(fault);
    return fault;
  }

  #begin(fault: PlannedFault): void {
    const { spec, definition } = fault;
    fault.event = 0;
    fault.phase = 'active';
    this.#report(EventKind.faultBegin, fault);
    fault.heal = definition.begin(this.#contextOf(fault));
    if (definition.duration === 'instant') this.#end(fault);
    else if (spec.for !== undefined) {
      const { kernel } = this.#scene;
      fault.event = kernel.schedule(kernel.now + spec.for, () => this.#end(fault), undefined);
    }
  }

  #end(fault: PlannedFault): void {
    fault.event = 0;
    fault.phase = 'over';
    this.#report(EventKind.faultEnd, fault);
    fault.heal?.();
    fault.heal = null;
  }

  #report(kind: typeof EventKind.faultBegin | typeof EventKind.faultEnd, fault: PlannedFault): void {
    const { sink } = this.#scene;
    const peers: NameId = fault.peers.length === 0 ? 0 : sink.name(fault.peers.join('+'));
    const { kind: name, clockShift } = fault.definition;
    const shift = clockShift === undefined ? 0 : (fault.spec[clockShift] as number);
    sink.emit(kind, sink.name(fault.targets.join('+')), peers, 0, 0, 0, fault.index, sink.name(name), shift);
  }

  #contextOf({ spec, targets, peers, streamName }: PlannedFault): FaultContext {
    const { network, streams, machines } = this.#scene;
    let stream: RandomPort | null = null;
    return {
      network,
      machine: machines.get(targets[0]!)!,
      targets,
      peers,
      get random() {
        stream ??= streams.stream(streamName);
        return stream;
      },
      number: (parameter) => spec[parameter] as number,
      text: (parameter) => spec[parameter] as string,
    };
  }

  #streamName(name: string): string {
    const count = (this.#streamNames.get(name) ?? 0) + 1;
    this.#streamNames.set(name, count);
    return count === 1 ? name : `${name}/${count}`;
  }
}
