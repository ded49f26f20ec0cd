import { expect, it } from 'vitest';
import { aConsumer, aProducer, aQueue, aScenario, constant, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const MINUTE = 60 * SECOND;

const CLASSIC = {
  type: 'classic', isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: null, maxLengthBytes: null, overflow: 'drop-head',
  maxPriority: null, deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: null, isSingleActive: false,
} as const;
const PUBLISH = { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null } as const;
const SUBSCRIBE = { prefetch: 1, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false } as const;

it('a subscriber whose broker cancels it, because it is too slow, subscribes again, and settles nothing of what was taken from it', () => {
  const { rows, result } = rowsOf(aScenario({
    personality: 'rabbitmq', version: '4.3', exchanges: [], durationMicros: 600 * MINUTE, drainMicros: MINUTE,
    queues: [aQueue('orders', { push: { ...CLASSIC, type: 'quorum', deliveryLimit: 1 } })],
    producers: [aProducer({ messages: 3, publish: PUBLISH })],
    consumers: [aConsumer('slow', { concurrency: 1, handler: { time: constant(40 * MINUTE) }, subscription: SUBSCRIBE })],
  }));
  // The first comes again whenever it is done: what is taken back counts as no return.
  const deliveries = rows.filter(({ event }) => event === 'deliver');
  expect(deliveries.length).toBeGreaterThan(15);
  expect(new Set(deliveries.map(({ message }) => message))).toEqual(new Set([1]));
  expect(rows.filter(({ event }) => ['settle', 'drop'].includes(event))).toHaveLength(0);
  expect(result.run.drained).toBe(false);
});

it.each([1, 2, 3])('one that is too slow now and then, with a prefetch above 1, holds never more than that and leaves nothing behind (seed %i)', (seed) => {
  const { rows, result } = rowsOf(aScenario({
    personality: 'rabbitmq', version: '4.3', exchanges: [], seed: String(seed), durationMicros: 30 * SECOND, drainMicros: 5 * MINUTE,
    queues: [aQueue('orders', { push: { ...CLASSIC, type: 'quorum', deliveryLimit: 20, consumerTimeoutMicros: 2 * SECOND } })],
    producers: [aProducer({ interval: constant(50_000), messages: 300, publish: PUBLISH })],
    consumers: ['slow', 'slower'].map((name) => aConsumer(name, {
      concurrency: 2, handler: { time: { kind: 'lognormal', p50: 20_000, p99: 3 * SECOND } }, subscription: { ...SUBSCRIBE, prefetch: 4 },
    })),
  }));
  expect(rows.filter(({ event }) => event === 'lease-expire').length).toBeGreaterThan(0);
  const verdictOf = (id: string) => result.verdicts.find(({ invariant }) => invariant === id)!.verdict;
  expect([verdictOf('prefetch-bound'), verdictOf('drains'), result.run.drained]).toEqual(['holds', 'holds', true]);
});

it('one without a prefetch gets all there is, and nobody holds it to a bound', () => {
  const { rows, result } = rowsOf(aScenario({
    personality: 'rabbitmq', exchanges: [], queues: [aQueue('orders', { push: CLASSIC })], producers: [aProducer({ messages: 50, interval: constant(1_000), publish: PUBLISH })],
    consumers: [aConsumer('eager', { concurrency: 1, handler: { time: constant(SECOND / 10) }, subscription: { ...SUBSCRIBE, prefetch: 0 } })],
  }));
  const firstSettled = rows.findIndex(({ event }) => event === 'settle');
  expect(rows.slice(0, firstSettled).filter(({ event }) => event === 'deliver').length).toBeGreaterThan(40);
  expect(result.verdicts.find(({ invariant }) => invariant === 'prefetch-bound')).toMatchObject({ verdict: 'not-exercised', count: 0 });
});
