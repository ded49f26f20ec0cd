import { problem } from './fault-problem.js';
import type { FaultShape } from './fault-shape.js';
import { namesOf } from './names-of.js';

/** With fewer, everyone is everyone's neighbour. */
const SMALLEST_RING = 4;

export const networkPartitionRing: FaultShape = {
  kind: 'network-partition-ring',
  family: 'network',
  targets: 'link',
  targetDoc: `The machines of the ring in their order, at least ${SMALLEST_RING}.`,
  duration: 'lasting',
  doc: 'Each target reaches its two neighbours in the ring and no other target: every machine sees a majority and no two see the same. Machines that are no targets reach all. Stands for the network partitions between targets that are no neighbours.',
  parameters: {},
  check(spec) {
    const { length } = namesOf(spec.target);
    return length >= SMALLEST_RING ? [] : [problem('target', `names ${length} machines, but a ring takes at least ${SMALLEST_RING}`)];
  },
  cuts(spec) {
    const ring = namesOf(spec.target);
    return ring.flatMap((name, index) => {
      const later = ring.filter((_other, place) => place > index + 1 && !(index === 0 && place === ring.length - 1));
      return later.length === 0 ? [] : [{ side: [name], others: later }];
    });
  },
};
