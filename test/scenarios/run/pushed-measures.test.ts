import { describe, expect, it } from 'vitest';
import { type ConsumerSpec, type ProducerSpec, type QueueSpec, retell, runScenario, type Scenario } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, MINUTE } from '../a-scenario.js';

const MESSAGES = 300;

const queue = (name: string, push: Partial<NonNullable<QueueSpec['push']>> = {}): QueueSpec => aQueue(name, {
  push: {
    type: 'quorum', isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: null, maxLengthBytes: null, overflow: 'drop-head',
    maxPriority: null, deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: null, isSingleActive: false, ...push,
  },
});

const publisher = (publish: Partial<NonNullable<ProducerSpec['publish']>> = {}): ProducerSpec => aProducer({
  interval: constant(10 * MILLISECOND), messages: MESSAGES,
  publish: { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null, ...publish },
});

const subscriber = (subscription: Partial<NonNullable<ConsumerSpec['subscription']>> = {}, settings: Parameters<typeof aConsumer>[1] = {}): ConsumerSpec => aConsumer('consumer', {
  concurrency: 1, handler: { time: constant(MILLISECOND) },
  subscription: { prefetch: 10, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false, ...subscription }, ...settings,
});

const pushed = (settings: Partial<Scenario> = {}): Scenario =>
  ({ ...aScenario({ personality: 'rabbitmq', queues: [queue('orders')], producers: [publisher()], consumers: [subscriber()] }), exchanges: [], ...settings });

describe('every message that is handled has its times', () => {
  it.each<[string, Partial<Scenario>]>([
    ['acknowledged by hand', {}],
    ['acknowledged by being sent', { consumers: [subscriber({ acknowledge: 'automatic' })] }],
    ['acknowledged by being sent, from a classic queue', { queues: [queue('orders', { type: 'classic' })], consumers: [subscriber({ acknowledge: 'automatic' })] }],
    ['published without a confirm', { producers: [publisher({ confirm: false })] }],
    ['neither confirmed nor acknowledged', { producers: [publisher({ confirm: false })], consumers: [subscriber({ acknowledge: 'automatic' })] }],
  ])('%s', (_how, settings) => {
    const { counts, latencies } = runScenario(pushed(settings)).measures;
    expect(counts['handled']).toBe(MESSAGES);
    expect(latencies['delivery']!.count).toBe(MESSAGES);
    expect(latencies['endToEnd']!.count).toBe(MESSAGES);
  });
});

it.each(['at-most-once', 'at-least-once'] as const)('dead letters that are received are told as such, %s', (deadLetterStrategy) => {
  const { counts, duplicates } = runScenario(pushed({
    queues: [queue('orders', { overflow: 'reject-publish', deadLetterStrategy, deadLetterExchange: '', deadLetterRoutingKey: 'dead' }), queue('dead')],
    consumers: [subscriber({ whenFailed: 'reject' }, { handler: { time: constant(MILLISECOND), failure: 0.3 } }), { ...subscriber(), name: 'undertaker', queue: 'dead' }],
  })).measures;
  expect(counts['dead-lettered']).toBeGreaterThan(20);
  expect(duplicates).toEqual([{ cause: 'dead-lettered', count: counts['dead-lettered'] }]);
});

describe('a delivery that is not acknowledged within the consumer timeout', () => {
  /** One message, and a handler that takes longer than the half hour of the timeout. */
  const slow = (version: NonNullable<Scenario['version']>) => pushed({
    version, producers: [{ ...publisher(), messages: 1 }], durationMicros: 90 * MINUTE, drainMicros: MINUTE,
    consumers: [subscriber({ prefetch: 1 }, { handler: { time: constant(40 * MINUTE) } })],
  });

  it.each([
    ['4.2', 'channel-timed-out', 'the broker closed its channel (406 PRECONDITION_FAILED)', 'closes the channel', 'the broker had closed the channel', 'ack-fail', 'the broker had closed the channel'],
    ['4.3', 'consumer-timed-out', 'the broker cancelled its consumer', 'cancels the consumer', 'the broker had cancelled the consumer', 'ack-info', 'nobody confirms it'],
  ] as const)('is told as the cause of what comes again, RabbitMQ %s', async (version, cause, ended, rule, failure, answer, answered) => {
    const scenario = slow(version);
    expect(runScenario(scenario).measures.duplicates?.[0]?.cause).toBe(cause);
    const story = (await retell(scenario, [1])).stories.get(1)!;
    const step = (event: string) => story.find((candidate) => candidate.event === event)!;
    expect(step('lease-expire').text).toContain(`ended without acknowledgement: a delivery was not acknowledged in time, and ${ended}`);
    expect(step('lease-expire').rule).toContain(`consumer timeout of a quorum queue is 30min: a delivery without an acknowledgement by then ${rule}`);
    expect(step(answer).text).toContain(answered);
    expect(story.filter(({ event }) => event === 'deliver')[1]!.text).toContain(`${failure} that had lease 1`);
  });
});
