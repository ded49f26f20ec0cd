import type { FaultDefinition } from './fault-definition.js';
import { directionParameter, linksOf, peersParameter } from './link-side.js';

export const slowLink: FaultDefinition = {
  kind: 'slow-link',
  family: 'network',
  targets: 'link',
  duration: 'lasting',
  doc: 'Packets between the targets and their peers take longer.',
  parameters: {
    peers: peersParameter,
    direction: directionParameter,
    factor: { unit: 'factor', doc: 'Multiplies the latency.', default: 1, min: 0.001, max: 1_000_000 },
    delay: { unit: 'duration', doc: 'Added to the latency.', default: 0, min: 0 },
    narrowing: { unit: 'factor', doc: 'Divides the bandwidth.', default: 1, min: 0.001, max: 1_000_000 },
  },
  begin(context) {
    const factor = context.number('factor');
    const delay = context.number('delay');
    const narrowing = context.number('narrowing');
    const heals = linksOf(context).map((link) => {
      const slow = link.slowness.add(factor);
      const narrow = link.narrowness.add(narrowing);
      link.extraMicros += delay;
      return () => {
        link.slowness.remove(slow);
        link.narrowness.remove(narrow);
        link.extraMicros -= delay;
      };
    });
    return () => {
      for (const heal of heals) heal();
    };
  },
};
