import { parseScenario, Source, type Scenario } from '../../scenarios/index.js';

const PLAIN = 'name: plain\nqueues: { queue: {} }\nproducers: { producer: { queue: queue, sends: [] } }\nconsumers: { consumer: { queue: queue } }\n';

let plain: Scenario | null = null;

/** A scenario in which everything is as the format has it by default: a queue, a producer and a consumer. */
export function plainScenario(): Scenario {
  const readTrace = (): never => {
    throw new Error('The plain scenario names no trace.');
  };
  plain ??= parseScenario(new Source('plain', PLAIN), { sha256: '', overrides: [], readTrace });
  return plain;
}
