import type { RandomPort } from '../../engine/index.js';
import type { Machine } from '../machine/index.js';
import type { SimNetwork } from '../network/index.js';
import type { FaultValue } from './fault-spec.js';

/**
 * How a parameter is written: `duration` in microseconds, `probability` from 0 to 1, `factor` a plain number, `count` a whole
 * number, `ppm` parts per million, `text` as it is, `choice` one of `choices`, `machines` names of machines.
 */
export type FaultUnit = 'duration' | 'probability' | 'factor' | 'count' | 'ppm' | 'text' | 'choice' | 'machines';

export interface FaultParameter {
  readonly unit: FaultUnit;
  readonly doc: string;
  /** Absent: the parameter must be given. `machines` default to all machines that are not targets. */
  readonly default?: FaultValue;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
}

/** What a fault finds when it begins. Parameters are checked and complete. */
export interface FaultContext {
  readonly network: SimNetwork;
  /** The machine that is struck; of a link fault, the only or first one of its first side. */
  readonly machine: Machine;
  /** Names of the machines on the first side of a link fault, and on the second. */
  readonly targets: readonly string[];
  readonly peers: readonly string[];
  /** The fault's own stream; made when first asked for. */
  readonly random: RandomPort;
  number(parameter: string): number;
  text(parameter: string): string;
}

/** Which part of the world a fault strikes; for catalogues and for mixing faults. */
export type FaultFamily = 'process' | 'power' | 'clock' | 'disk' | 'network' | 'service';

/** Ends what a fault began. */
export type Heal = () => void;

/**
 * One kind of fault as data, from which the scenario format is generated. `lasting` faults take `for` and are healed;
 * `instant` ones are over at once and what they did stays.
 */
export interface FaultKind {
  /** Its name in scenarios, schedules and the history. */
  readonly kind: string;
  readonly family: FaultFamily;
  /** What `target` names: machines, struck one by one, or the first side of links. */
  readonly targets: 'machine' | 'link';
  /** What `target` means, where it is more than that. */
  readonly targetDoc?: string;
  readonly duration: 'lasting' | 'instant';
  readonly doc: string;
  readonly parameters: Readonly<Record<string, FaultParameter>>;
  /** The parameter that says how far or how fast it moves the machine's clock: the history tells it. */
  readonly clockShift?: string;
}

/** A kind of fault, with what it does. */
export interface FaultDefinition extends FaultKind {
  /** Strikes. Of a lasting fault the result ends it. */
  begin(context: FaultContext): Heal | null;
}
