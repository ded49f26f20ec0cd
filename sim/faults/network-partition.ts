import type { FaultDefinition } from './fault-definition.js';
import { peersParameter } from './link-side.js';

export const networkPartition: FaultDefinition = {
  kind: 'network-partition',
  family: 'network',
  targets: 'link',
  duration: 'lasting',
  doc: 'Nothing gets through between the targets and their peers, in either direction. What is sent is held back and arrives after the end, unless its connection gives up before.',
  parameters: { peers: peersParameter },
  begin({ network, targets, peers }) {
    const links = [...network.linksBetween(targets, peers), ...network.linksBetween(peers, targets)];
    for (const link of links) link.block();
    return () => {
      for (const link of links) link.unblock();
    };
  },
};
