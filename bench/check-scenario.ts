import type { ConsumerSpec, Scenario } from '../scenarios/index.js';
import { lifeScenario } from './life-scenario.js';

const SECOND = 1_000_000;
const MESSAGES = 1_000;

/** A small scenario as a check has many: a thousand messages in ten seconds, and three faults. */
export function smallScenario(): Scenario {
  const life = lifeScenario(MESSAGES);
  const [producer] = life.producers;
  const [consumer] = life.consumers;
  const worker = (name: string): ConsumerSpec => ({ ...consumer!, name, handler: { ...consumer!.handler, time: { kind: 'exponential', mean: 20_000 } } });
  return {
    ...life,
    name: 'small', file: 'bench/check-scenario.ts', durationMicros: 11 * SECOND,
    queues: life.queues.map((queue) => ({ ...queue, visibilityTimeoutMicros: 2 * SECOND })),
    producers: [{ ...producer!, name: 'producer', interval: { kind: 'exponential', mean: 10_000 }, messages: MESSAGES, sizeBytes: { kind: 'constant', value: 200 } }],
    consumers: ['worker-1', 'worker-2'].map(worker),
    faults: [
      { at: 3 * SECOND, fault: 'crash', target: 'worker-1', for: SECOND },
      { at: 5 * SECOND, fault: 'crash', target: 'broker', for: SECOND / 2 },
      { at: 7 * SECOND, fault: 'network-partition', target: ['worker-2', 'broker'], for: SECOND },
    ],
    expect: {
      promises: [{ invariant: 'acked-send-not-lost', verdict: 'holds', line: 1, column: 1 }, { invariant: 'lease-exclusive', verdict: 'holds', line: 1, column: 1 }],
      thresholds: [{ expression: 'p99(endToEnd) < 1min', aggregate: 'p99', measure: 'endToEnd', operator: '<', limit: 60 * SECOND, line: 1, column: 1 }],
    },
  };
}
