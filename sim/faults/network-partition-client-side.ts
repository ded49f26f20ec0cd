import { problem } from './fault-problem.js';
import type { FaultShape } from './fault-shape.js';
import type { FaultSpec } from './fault-spec.js';
import { namesOf } from './names-of.js';

const DEFAULT_SHARE = 0.5;

/** Those that are cut off, out of all clients: the first in their order, and never none. */
function cutOff(spec: FaultSpec, machineNames: readonly string[]): readonly string[] {
  const servers = namesOf(spec.target);
  const clients = namesOf((spec['clients'] as string | readonly string[] | undefined) ?? machineNames.filter((name) => !servers.includes(name)));
  const share = (spec['share'] as number | undefined) ?? DEFAULT_SHARE;
  return clients.slice(0, Math.max(1, Math.round(share * clients.length)));
}

export const networkPartitionClientSide: FaultShape = {
  kind: 'network-partition-client-side',
  family: 'network',
  targets: 'link',
  targetDoc: 'The machine, or the list of machines, that the clients lose: brokers, as a rule.',
  duration: 'lasting',
  doc: 'A share of the clients does not reach the targets; the other clients do, and the targets reach each other. Stands for a network partition of these clients and the targets.',
  parameters: {
    clients: { unit: 'machines', doc: 'The clients of which some are cut off; all machines that are no targets when left out.' },
    share: { unit: 'probability', doc: 'How many of them, the first in the order of the scenario; at least one.', default: DEFAULT_SHARE, min: 0, max: 1 },
  },
  check(spec, machineNames) {
    const servers = namesOf(spec.target);
    const clients = cutOff(spec, machineNames);
    if (clients.length === 0) return [problem('target', 'leaves no machine for the other side')];
    return clients.filter((name) => servers.includes(name)).map((name) => problem('clients', `'${name}' is on both sides`));
  },
  cuts(spec, machineNames) {
    return [{ side: cutOff(spec, machineNames), others: namesOf(spec.target) }];
  },
};
