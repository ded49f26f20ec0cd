import type { FaultDefinition } from './fault-definition.js';
import { peersParameter } from './link-side.js';

export const connectionReset: FaultDefinition = {
  kind: 'connection-reset',
  family: 'network',
  targets: 'link',
  duration: 'instant',
  doc: 'Kills the connections between the targets and their peers; both sides see a reset. New connections can be made at once.',
  parameters: { peers: peersParameter },
  begin({ network, targets, peers }) {
    for (const target of targets) for (const end of network.endsBetween(target, peers)) end.breakBoth();
    return null;
  },
};
