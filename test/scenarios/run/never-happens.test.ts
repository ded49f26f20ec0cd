import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../invariants/index.js';
import { contractOf, type Scenario } from '../../../scenarios/index.js';
import { classic } from '../../mutants/scenarios/channels.js';
import { aConsumer, aProducer, aQueue, aScenario, SECOND } from '../a-scenario.js';

const given = (over: Partial<Scenario> = {}): Scenario => ({
  ...aScenario({ queues: [aQueue('orders')], producers: [aProducer({ messages: 20 })], consumers: [aConsumer('consumer-1', { extendEveryMicros: null, onFailure: { kind: 'leave' } })] }),
  ...over,
});
const never = (scenario: Scenario): readonly Happening[] => contractOf(scenario).neverHappens ?? [];

describe('what never happens in a run', () => {
  it('is what neither settings nor time leave room for', () => {
    expect(never(given())).toEqual(['delay', 'extension', 'end-of-retention', 'full-flight', 'consumer-timeout', 'group']);
  });

  it.each([
    ['delay', { queues: [aQueue('orders', { delayMicros: SECOND })] }],
    ['delay', { producers: [aProducer({ messages: 20, delayMicros: SECOND })] }],
    ['consumer-timeout', { personality: 'rabbitmq', exchanges: [], queues: [classic({ consumerTimeoutMicros: 60 * SECOND })] }],
    ['extension', { consumers: [aConsumer('consumer-1', { extendEveryMicros: SECOND })] }],
    ['extension', { consumers: [aConsumer('consumer-1', { onFailure: { kind: 'backoff', baseMicros: SECOND, factor: 2, capMicros: 9 * SECOND } })] }],
    ['end-of-retention', { queues: [aQueue('orders', { retentionMicros: 5 * SECOND })] }],
    ['end-of-retention', { faults: [{ at: SECOND, fault: 'clock-jump', target: 'broker', by: SECOND }] }],
    ['group', { producers: [aProducer({ messages: 20, groups: { name: 'g', count: 2, choice: 'round-robin' } })] }],
    ['full-flight', { queues: [aQueue('orders', { maxInFlight: 10 })] }],
    ['full-flight', { producers: [aProducer({ messages: Infinity, interval: { kind: 'exponential', mean: SECOND } })] }],
  ] satisfies [Happening, Partial<Scenario>][])('leaves out %s where it may: %j', (happening, over) => {
    expect(never(given(over))).not.toContain(happening);
  });
});

it('of the faults of a scenario, those of the broker\'s machine are in its contract, each kind once', () => {
  const faults = [{ at: SECOND, fault: 'crash', target: ['broker', 'consumer-1'] }, { at: 2 * SECOND, fault: 'crash', target: 'broker' }, { at: SECOND, fault: 'power-loss', target: 'consumer-1' }];
  expect(contractOf(given({ faults })).brokerFaults).toEqual(['crash']);
});
