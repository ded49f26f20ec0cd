import { describe, expect, it } from 'vitest';
import { runScenario } from '../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../scenarios/a-scenario.js';
import { runWithLostAcknowledgements } from './lost-acknowledgements.js';

const MESSAGES = 8_000;

/** A seeded sample may stray this many standard errors from its expectation. */
const STANDARD_ERRORS = 4;

function expectNear(actual: number, expected: number, standardError: number): void {
  expect(Math.abs(actual - expected)).toBeLessThan(STANDARD_ERRORS * standardError);
}

describe('a message that fails with probability p and may be delivered k times', () => {
  it.each([[0.3, 3], [0.5, 5], [0.7, 2]])('p = %d, k = %d: the share pᵏ is dead-lettered, and (1 - pᵏ)/(1 - p) deliveries are made', (p, k) => {
    const result = runScenario(aScenario({
      queues: [aQueue('orders', { deadLetter: { queue: 'dead', maxReceiveCount: k } }), aQueue('dead')],
      producers: [aProducer({ interval: constant(MILLISECOND), messages: MESSAGES })],
      consumers: ['left', 'right'].map((name) => aConsumer(name, {
        concurrency: 20, batchSize: 10, onFailure: { kind: 'release' }, handler: { time: constant(MILLISECOND), failure: p },
      })),
    }));
    const { counts } = result.measures;
    const share = p ** k;
    expectNear(counts['dead-lettered']! / MESSAGES, share, Math.sqrt((share * (1 - share)) / MESSAGES));
    // Deliveries of one message are a geometric number cut off at k.
    const mean = (1 - share) / (1 - p);
    let square = 0;
    for (let n = 1; n <= k; n += 1) square += n * n * p ** (n - 1) * (n < k ? 1 - p : 1);
    expectNear(counts['delivered']! / MESSAGES, mean, Math.sqrt((square - mean * mean) / MESSAGES));
    expect(result.run.drained).toBe(true);
  });
});

describe('an acknowledgement that is lost with probability q', () => {
  it.each([0.1, 0.4])('q = %d: each message has 1/(1 - q) effects, q/(1 - q) of them duplicates', (q) => {
    const messages = 5_000;
    const counts = runWithLostAcknowledgements({ messages, probability: q, seed: '1' });
    const variance = q / ((1 - q) * (1 - q));
    expectNear(counts['effects']! / messages, 1 / (1 - q), Math.sqrt(variance / messages));
    expectNear(counts['duplicate-effects']! / messages, q / (1 - q), Math.sqrt(variance / messages));
  });
});

describe('failures that are retried at once add to the load: ρ/(1 - p)', () => {
  const rate = 60;
  const seconds = 400;
  const load = (p: number) => runScenario(aScenario({
    durationMicros: seconds * SECOND, drainMicros: 1, stopWhenDone: false,
    producers: [aProducer({ interval: { kind: 'exponential', mean: SECOND / rate }, messages: Infinity })],
    // One worker that serves 100 messages a second, and hardly anything beside the service.
    consumers: [aConsumer('consumer', {
      concurrency: 1, batchSize: 1, onFailure: { kind: 'release' }, handler: { time: { kind: 'exponential', mean: 10 * MILLISECOND }, failure: p },
    })],
    network: { latency: constant(1), bandwidthBytesPerSecond: Infinity, loss: 0 },
    broker: { cpuCost: 0, flush: 'never' },
  })).measures;

  it('below 1 the queue is stable', () => {
    const { counts, gauges } = load(0.3);
    expect(counts['accepted']! - counts['acknowledged']!).toBeLessThan(100);
    // M/M/1 with feedback has the queue length of M/M/1 at 0.857: 6 in the system.
    expect(gauges['backlog']!.mean + gauges['inFlight']!.mean).toBeGreaterThan(3);
    expect(gauges['backlog']!.mean + gauges['inFlight']!.mean).toBeLessThan(12);
  });

  it('above 1 it is a retry storm: the backlog grows by what the worker falls short', () => {
    const p = 0.5;
    const { counts } = load(p);
    const growth = (rate - 100 * (1 - p)) * seconds;
    expect(counts['accepted']! - counts['acknowledged']!).toBeGreaterThan(0.85 * growth);
    expect(counts['accepted']! - counts['acknowledged']!).toBeLessThan(1.15 * growth);
  });
});
