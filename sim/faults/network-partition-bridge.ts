import { problem } from './fault-problem.js';
import type { FaultShape } from './fault-shape.js';
import type { FaultSpec } from './fault-spec.js';
import { namesOf } from './names-of.js';

/** The two sides: as given; what is left out is half of the rest, or all of it when the other side is given. */
function sidesOf(spec: FaultSpec, machineNames: readonly string[]): { readonly left: readonly string[]; readonly right: readonly string[] } {
  const bridge = namesOf(spec.target);
  const given = (key: string): readonly string[] | null => (spec[key] === undefined ? null : namesOf(spec[key] as string | readonly string[]));
  const others = machineNames.filter((name) => !bridge.includes(name));
  const without = (side: readonly string[]): string[] => others.filter((name) => !side.includes(name));
  const givenRight = given('right');
  const left = given('left') ?? (givenRight === null ? others.slice(0, Math.ceil(others.length / 2)) : without(givenRight));
  return { left, right: givenRight ?? without(left) };
}

export const networkPartitionBridge: FaultShape = {
  kind: 'network-partition-bridge',
  family: 'network',
  targets: 'link',
  targetDoc: 'The machine, or the list of machines, that both sides still reach.',
  duration: 'lasting',
  doc: 'The network falls into two sides that do not reach each other; the targets are the bridge between them and reach both. Stands for a network partition of the two sides.',
  parameters: {
    left: { unit: 'machines', doc: 'One side; half of the machines that are no targets when left out, in the order of the scenario.' },
    right: { unit: 'machines', doc: 'The other side; the rest when left out.' },
  },
  check(spec, machineNames) {
    const bridge = namesOf(spec.target);
    const { left, right } = sidesOf(spec, machineNames);
    if (left.length === 0 || right.length === 0) return [problem('target', 'leaves no machine for one of the sides')];
    const twice = [...left.filter((name) => right.includes(name)), ...[...left, ...right].filter((name) => bridge.includes(name))];
    return twice.map((name) => problem(left.includes(name) ? 'left' : 'right', `'${name}' is in two places of the bridge`));
  },
  cuts(spec, machineNames) {
    const { left, right } = sidesOf(spec, machineNames);
    return [{ side: left, others: right }];
  },
};
