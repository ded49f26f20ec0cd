import type { FaultDefinition } from './fault-definition.js';
import { peersParameter } from './link-side.js';

export const halfOpen: FaultDefinition = {
  kind: 'half-open',
  family: 'network',
  targets: 'link',
  duration: 'instant',
  doc: 'The targets lose their connections to the peers and see a reset; the peers are not told and hold them for open until they send (RFC 9293, half-open connections).',
  parameters: { peers: peersParameter },
  begin({ network, targets, peers }) {
    for (const target of targets) for (const end of network.endsBetween(target, peers)) end.forget();
    return null;
  },
};
