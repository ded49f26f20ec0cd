import { MAX_LOSS } from '../network/index.js';
import type { FaultDefinition } from './fault-definition.js';
import { directionParameter, linksOf, peersParameter } from './link-side.js';

export const packetLoss: FaultDefinition = {
  kind: 'packet-loss',
  family: 'network',
  targets: 'link',
  duration: 'lasting',
  doc: 'Transmissions between the targets and their peers are lost. Connections are reliable: what was lost arrives after a retransmission, and what follows waits for it.',
  parameters: {
    peers: peersParameter,
    direction: directionParameter,
    probability: { unit: 'probability', doc: 'Of each transmission.', default: 0.1, min: 0, max: MAX_LOSS },
  },
  begin(context) {
    const links = linksOf(context);
    const loss = { probability: context.number('probability'), random: context.random };
    for (const link of links) link.addLoss(loss);
    return () => {
      for (const link of links) link.removeLoss(loss);
    };
  },
};
