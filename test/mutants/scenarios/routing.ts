import type { ExchangeSpec } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND } from '../../scenarios/a-scenario.js';
import { classic, pushed } from './channels.js';
import type { ScenariosOf } from './parts.js';

const queueOf = (name: string) => ({ ...classic(), name });
const to = (queue: string, key = '', headers = {}): ExchangeSpec['bindings'][number] => ({ target: { kind: 'queue', name: queue }, key, headers });
const exchange = (type: ExchangeSpec['type'], bindings: ExchangeSpec['bindings'], settings: Partial<ExchangeSpec> = {}): ExchangeSpec =>
  ({ name: 'events', type, alternate: null, internal: false, bindings, ...settings });
const publisher = (routingKeys: readonly string[], headers = {}) => aProducer({
  queue: 'events', messages: 20, interval: constant(5 * MILLISECOND),
  publish: { exchange: 'events', routingKeys, headers, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null },
});
const subscriber = (queue: string) => ({ ...pushed.consumers[0]!, ...aConsumer(`${queue}-consumer`), queue, handler: pushed.consumers[0]!.handler, subscription: pushed.consumers[0]!.subscription! });
const both = { ...pushed, queues: [queueOf('orders'), queueOf('audit')], consumers: [subscriber('orders'), subscriber('audit')] } as const;

export const routingScenarios: ScenariosOf = {
  'hash-needs-a-word': aScenario({ ...both, exchanges: [exchange('topic', [to('orders', 'order.*'), to('audit', 'order.#')])], producers: [publisher(['order', 'order.new'])] }),
  'any-header-taken-for-all': aScenario({
    ...both, exchanges: [exchange('headers', [to('orders', '', { 'x-match': 'any', format: 'png', size: 'large' }), to('audit')])], producers: [publisher([''], { format: 'png' })],
  }),
  'each-binding-a-copy': aScenario({ ...both, exchanges: [exchange('topic', [to('orders', 'order.*'), to('orders', '#.new'), to('audit', '#')])], producers: [publisher(['order.new'])] }),
  'alternate-gets-all': aScenario({
    ...both, exchanges: [exchange('direct', [to('orders', 'order')], { alternate: 'lost' }), exchange('fanout', [to('audit')], { name: 'lost' })], producers: [publisher(['order', 'other'])],
  }),
  'first-queue-only': aScenario({ ...both, exchanges: [exchange('fanout', [to('orders'), to('audit')])], producers: [publisher([''])] }),
  'dead-letter-key-ignored': aScenario({
    ...both, queues: [{ ...queueOf('orders'), push: { ...queueOf('orders').push!, deadLetterExchange: '', deadLetterRoutingKey: 'audit' } }, queueOf('audit')],
    exchanges: [exchange('direct', [to('orders', 'order')])], producers: [publisher(['order'])],
    consumers: [{ ...subscriber('orders'), subscription: { ...subscriber('orders').subscription, whenFailed: 'reject' }, handler: { ...subscriber('orders').handler, failure: 0.5 } }, { ...subscriber('audit'), handler: { ...subscriber('audit').handler, failure: 0 } }],
  }),
};
