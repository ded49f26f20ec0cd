import { describe, expect, it } from 'vitest';
import { NO_MUTATIONS } from '../../../engine/index.js';
import { RetryGate } from '../../../engine/client/retry-gate.js';
import { Recorder } from '../../../history/index.js';
import { MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';

const POLICY = { timeoutMicros: SECOND, attempts: 3, backoffBaseMicros: 100 * MILLISECOND, backoffCapMicros: 20 * SECOND, jitter: 'none', throttledBaseMicros: 500 * MILLISECOND } as const;
const random = { nextFloat: () => 0.5, nextUint32: () => 1 };
const aGate = (policy: Partial<ConstructorParameters<typeof RetryGate>[0]['policy']> = {}) => {
  const sink = new Recorder({ time: { now: 0 }, keep: 'all' });
  return { sink, gate: new RetryGate({ policy: { ...POLICY, ...policy }, random, sink, actor: sink.name('shop'), dest: sink.name('orders'), mutations: NO_MUTATIONS }) };
};

describe('whether a failed operation is tried again', () => {
  it('depends on attempts that are left, and on the class of the failure', () => {
    const { gate } = aGate({ retryOn: ['timeout'] });
    expect(gate.take({ attempt: 2, failure: 'timeout', traces: [1] })).toBe(0);
    expect(gate.take({ attempt: 3, failure: 'timeout', traces: [1] })).toBeNull();
    expect(gate.take({ attempt: 1, failure: 'connection', traces: [1] })).toBeNull();
  });

  it('depends on the budget; what it refuses is told of each message', () => {
    const { gate, sink } = aGate({ budget: { share: 0, burst: 3, timeoutCost: 2 } });
    expect(gate.take({ attempt: 1, failure: 'timeout', traces: [1] })).toBe(2);
    expect(gate.take({ attempt: 1, failure: 'connection', traces: [2, 3] })).toBeNull();
    // One that was paid, two that were refused.
    expect(sink.eventCount).toBe(3);
    gate.succeeded(2);
    expect(gate.take({ attempt: 1, failure: 'connection', traces: [2, 3] })).toBe(1);
  });

  it('waits from a longer base after throttling', () => {
    const { gate } = aGate();
    expect([gate.backoff(1, 'timeout'), gate.backoff(2, 'timeout'), gate.backoff(1, 'throttling'), gate.backoff(2, 'throttling')].map((micros) => micros / MILLISECOND)).toEqual([100, 200, 500, 1000]);
  });
});
