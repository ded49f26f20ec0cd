import { describe, expect, it } from 'vitest';
import { runScenario, type Scenario } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND, MINUTE, SECOND } from '../a-scenario.js';

/** More than a disk with slow syncs and small segments takes: what is sent waits for seconds before it is written. */
const overloaded = (powerLossMicros: number): Scenario => aScenario({
  durationMicros: 20 * SECOND, drainMicros: 2 * MINUTE,
  broker: {
    flush: 'interval', flushIntervalMicros: 100 * MILLISECOND, segmentBytes: 4096,
    disk: { writeLatency: constant(20), syncLatency: constant(20 * MILLISECOND), readLatency: constant(100), bandwidthBytesPerSecond: 500_000_000, capacityBytes: 1e11 },
  },
  producers: [aProducer({ interval: constant(5 * MILLISECOND), sizeBytes: constant(1024), messages: 2000, retry: { ...aProducer().retry, timeoutMicros: 30 * SECOND } })],
  consumers: [aConsumer('consumer-1', { startMicros: 15 * SECOND, concurrency: 10, batchSize: 10 })],
  faults: [{ at: powerLossMicros, fault: 'power-loss', target: 'broker', for: SECOND }],
});

const verdictOf = (scenario: Scenario, mutants: readonly string[] = []): string | undefined =>
  runScenario(scenario, { mutants }).verdicts.find(({ invariant }) => invariant === 'acked-send-not-lost')?.verdict;

describe('an overloaded broker with `flush: interval`', () => {
  it('is not convicted of what it had just written when the power failed, however long that had waited', () => {
    const verdicts = Array.from({ length: 15 }, (_, step) => verdictOf(overloaded(8 * SECOND + 3 * step * MILLISECOND)));
    expect(verdicts).not.toContain('violated');
    expect(verdicts).toContain('anomaly');
  });

  it('is convicted when syncs that are due do not come', () => {
    const idle = { ...overloaded(8 * SECOND), producers: [aProducer({ messages: 10, sizeBytes: constant(100) })] };
    expect(verdictOf(idle)).toBe('holds');
    expect(verdictOf(idle, ['interval-never-synced'])).toBe('violated');
  });
});
