import type { FaultDefinition } from './fault-definition.js';
import { peersParameter } from './link-side.js';

export const networkPartitionOneWay: FaultDefinition = {
  kind: 'network-partition-one-way',
  family: 'network',
  targets: 'link',
  duration: 'lasting',
  doc: 'Nothing that the targets send gets through to their peers; what the peers send arrives, but is not acknowledged.',
  parameters: { peers: peersParameter },
  begin({ network, targets, peers }) {
    const links = network.linksBetween(targets, peers);
    for (const link of links) link.block();
    return () => {
      for (const link of links) link.unblock();
    };
  },
};
