import { expect, it } from 'vitest';
import { type ConsumerSpec, retell, type Scenario } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND } from '../a-scenario.js';

const push = {
  type: 'quorum', isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: null, maxLengthBytes: null, overflow: 'drop-head',
  maxPriority: null, deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: null, isSingleActive: false,
} as const;

const pushed = (subscription: Partial<NonNullable<ConsumerSpec['subscription']>>): Scenario => ({
  ...aScenario({
    personality: 'rabbitmq',
    queues: [aQueue('orders', { push })],
    producers: [aProducer({
      interval: constant(10 * MILLISECOND), messages: 5,
      publish: { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null },
    })],
    consumers: [aConsumer('consumer', { subscription: { prefetch: 10, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false, ...subscription } })],
  }),
  exchanges: [],
});

it.each([
  [{ prefetch: 10 }, 'consumer held fewer messages than its prefetch of 10'],
  [{ prefetch: 0 }, 'prefetch of consumer is unlimited: it is handed whatever is ready'],
  [{ acknowledge: 'automatic' }, 'acknowledge of consumer is automatic: what is sent counts as handled'],
] as const)('the rule of what a broker pushes is why it was handed out, not how long its lease lasts (%o)', async (subscription, rule) => {
  const { stories } = await retell(pushed(subscription), [3]);
  expect(stories.get(3)!.find(({ event }) => event === 'lease-grant')?.rule).toBe(rule);
});
