import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND, SECOND } from '../a-scenario.js';

const queue = (limit: number, confidence: 0.95 | null) => runScenario(aScenario({
  durationMicros: 60 * SECOND,
  producers: [aProducer({ interval: { kind: 'exponential', mean: 10 * MILLISECOND }, messages: Infinity })],
  consumers: [aConsumer('server', { concurrency: 1, batchSize: 1, handler: { time: { kind: 'exponential', mean: 5 * MILLISECOND } } })],
  network: { latency: constant(1), bandwidthBytesPerSecond: Infinity, loss: 0 },
  broker: { cpuCost: 0, flush: 'never' },
  expect: {
    promises: [], confidence,
    thresholds: [{ expression: 'mean', aggregate: 'mean', measure: 'endToEnd', operator: '<', limit, line: 1, column: 1 }],
  },
}));

describe('a threshold judged with confidence', () => {
  const plain = queue(1, null);
  const { mean } = plain.measures.steadyState!.measures['endToEnd']!;

  it('is met or missed when the interval says so, and inconclusive in between', () => {
    expect(queue(mean!.high * 1.01, 0.95)).toMatchObject({ outcome: 'held', thresholds: [{ met: true }] });
    expect(queue(mean!.low * 0.99, 0.95)).toMatchObject({ outcome: 'broken', thresholds: [{ met: false }] });
    expect(queue(mean!.value * 1.001, 0.95)).toMatchObject({ outcome: 'inconclusive', thresholds: [{ met: false, isInconclusive: true }] });
  });

  it('without confidence is judged by what was measured', () => {
    const { meanMicros } = plain.measures.latencies['endToEnd']!;
    const { thresholds: [threshold] } = queue(meanMicros * 1.001, null);
    expect(threshold).toMatchObject({ met: true });
    expect(threshold).not.toHaveProperty('interval');
  });

  it('has an interval that holds what theory says', () => {
    // M/M/1: 1 / (200 - 100) seconds.
    expect(mean!.low).toBeLessThan(10 * MILLISECOND);
    expect(mean!.high).toBeGreaterThan(10 * MILLISECOND);
  });
});
