import type { Link } from '../network/index.js';
import type { FaultContext, FaultParameter } from './fault-definition.js';

export const peersParameter: FaultParameter = {
  unit: 'machines',
  doc: 'The machines on the other side; all that are not targets when left out.',
};

export const directionParameter: FaultParameter = {
  unit: 'choice',
  doc: 'What the targets send (out), what they receive (in), or both.',
  choices: ['both', 'out', 'in'],
  default: 'both',
};

/** The links that a fault with a direction strikes. */
export function linksOf({ network, targets, peers, text }: FaultContext): Link[] {
  const direction = text('direction');
  const out = direction === 'in' ? [] : network.linksBetween(targets, peers);
  const into = direction === 'out' ? [] : network.linksBetween(peers, targets);
  return [...out, ...into];
}
