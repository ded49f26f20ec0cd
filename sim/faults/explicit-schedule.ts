import { FAULT_SHAPES, FAULTS } from './catalogue.js';
import { FaultScheduleError } from './errors.js';
import type { FaultDefinition } from './fault-definition.js';
import type { FaultSpec, FaultValue } from './fault-spec.js';
import type { FaultShape } from './fault-shape.js';
import { namesOf } from './names-of.js';
import { networkPartition } from './network-partition.js';
import { validateFault } from './validate-fault.js';

/** More faults than this in one run are a mistake in `every`. */
export const MAX_EXPLICIT_FAULTS = 10_000;

export interface ExpansionOptions {
  readonly machineNames: readonly string[];
  /** Repetitions begin before this time. */
  readonly untilMicros: number;
}

/**
 * A schedule with every repetition, every target of a machine fault, every cut of a shape and every default written out, in the
 * order of time. It is its own expansion. Throws `FaultScheduleError` when an entry cannot be carried out or there are too many.
 */
export function expandSchedule(specs: readonly FaultSpec[], options: ExpansionOptions): FaultSpec[] {
  const explicit: FaultSpec[] = [];
  specs.forEach((spec, index) => {
    const problems = validateFault(spec, options.machineNames);
    if (problems.length > 0) throw new FaultScheduleError('QL_FAULT_INVALID', index, problems);
    for (const at of beginnings(spec, options.untilMicros)) {
      const shape = FAULT_SHAPES.get(spec.fault);
      if (shape === undefined) explicit.push(...written(spec, at, FAULTS.get(spec.fault)!, options.machineNames));
      else explicit.push(...cuts(spec, at, shape, options.machineNames));
      if (explicit.length > MAX_EXPLICIT_FAULTS) {
        const message = `makes more than ${MAX_EXPLICIT_FAULTS} faults`;
        throw new FaultScheduleError('QL_FAULT_TOO_MANY', index, [{ key: 'every', message, expected: [] }]);
      }
    }
  });
  // The sort is stable: faults of one time strike in the order in which they are written.
  return explicit.sort((one, other) => one.at - other.at);
}

function* beginnings(spec: FaultSpec, untilMicros: number): Generator<number> {
  yield spec.at;
  if (spec.every === undefined) return;
  const until = Math.min(spec.until ?? Infinity, untilMicros);
  const times = spec.times ?? Infinity;
  for (let count = 1, at = spec.at + spec.every; count < times && at < until; count++, at += spec.every) yield at;
}

function written(spec: FaultSpec, at: number, definition: FaultDefinition, machineNames: readonly string[]): FaultSpec[] {
  const targets = namesOf(spec.target);
  const parameters: Record<string, FaultValue> = {};
  for (const [name, { unit, default: fallback }] of Object.entries(definition.parameters)) {
    if (unit === 'machines') {
      const others = machineNames.filter((machine) => !targets.includes(machine));
      parameters[name] = namesOf((spec[name] as string | readonly string[] | undefined) ?? others);
    } else {
      parameters[name] = (spec[name] ?? fallback)!;
    }
  }
  const duration = spec.for === undefined ? {} : { for: spec.for };
  const one = (target: string | readonly string[]): FaultSpec => ({ at, fault: spec.fault, target, ...duration, ...parameters });
  if (definition.targets === 'machine') return targets.map(one);
  return [one(targets.length === 1 ? targets[0]! : targets)];
}

/** The partitions that a shape stands for. */
function cuts(spec: FaultSpec, at: number, shape: FaultShape, machineNames: readonly string[]): FaultSpec[] {
  const duration = spec.for === undefined ? {} : { for: spec.for };
  return shape.cuts(spec, machineNames).map(({ side, others }) => ({
    at, fault: networkPartition.kind, target: side.length === 1 ? side[0]! : side, ...duration, peers: others,
  }));
}
