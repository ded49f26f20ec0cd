import { describe, expect, it } from 'vitest';
import { scenarioYaml } from '../../../scenarios/index.js';
import { mistakesOf, parse } from './given.js';

describe('a RabbitMQ scenario', () => {
  it('has exchanges, types of queues, publishes and subscriptions', () => {
    const scenario = parse(`
name: demo
personality: rabbitmq
version: 4.3
exchanges:
  events: { type: topic, bindings: [{ queue: orders, key: 'order.*' }] }
queues:
  orders: { type: quorum, maxLength: 10, overflow: reject-publish, deadLetterExchange: '' }
producers:
  shop: { exchange: events, routingKey: [order.new, order.paid], rate: 10/s, mandatory: true }
consumers:
  worker: { queue: orders, prefetch: 20, acknowledge: batched }
`);
    expect(scenario.version).toBe('4.3');
    expect(scenario.exchanges).toMatchObject([{ name: 'events', type: 'topic', bindings: [{ target: { kind: 'queue', name: 'orders' }, key: 'order.*' }] }]);
    expect(scenario.queues[0]!.push).toMatchObject({ type: 'quorum', maxLength: 10, overflow: 'reject-publish', deliveryLimit: 20, deadLetterExchange: '' });
    expect(scenario.producers[0]).toMatchObject({ queue: 'events', publish: { exchange: 'events', routingKeys: ['order.new', 'order.paid'], confirm: true, mandatory: true } });
    expect(scenario.consumers[0]!.subscription).toMatchObject({ prefetch: 20, acknowledge: 'batched', whenFailed: 'nack' });
    expect(scenario.settings.map(({ path }) => path)).not.toContain('queues.orders.visibilityTimeout');
  });

  it('has strategies for dead letters, and delayed retries', () => {
    const [jobs] = parse(`
name: demo
personality: rabbitmq
version: '4.3'
queues:
  jobs: { type: quorum, deadLetterExchange: '', overflow: reject-publish, deadLetterStrategy: at-least-once, delayedRetry: { min: 2s } }
producers:
  web: { queue: jobs, rate: 1/s }
`).queues;
    expect(jobs!.push).toMatchObject({ deadLetterStrategy: 'at-least-once', delayedRetry: { type: 'all', minMicros: 2_000_000, maxMicros: 2_000_000 } });
  });

  it('has a memory limit, which is a setting of RabbitMQ alone', () => {
    const file = (personality: string, limit: string): string => `
name: demo
personality: ${personality}
memoryLimit: ${limit}
queues:
  jobs: {}
producers:
  web: { queue: jobs, rate: 1/s }
`;
    expect(parse(file('rabbitmq', '64KiB')).memoryLimitBytes).toBe(65_536);
    expect(mistakesOf(file('sqs', '64KiB'))).toContain('"memoryLimit" is a setting of RabbitMQ');
    expect(mistakesOf(file('rabbitmq', '0'))).toContain('memoryLimit');
    expect(mistakesOf(file('rabbitmq', 'much'))).toContain('memoryLimit');
  });

  it.each([
    ['diskFreeLimit: 10MiB', { diskFreeLimitBytes: 10_485_760 }],
    ['memoryCheckInterval: 100ms', { memoryCheckMicros: 100_000 }],
    ['messageOverhead: 1KiB', { messageOverheadBytes: 1_024 }],
    ['flowControl: { commands: 8 }', { flow: { store: 4_000, commands: 8, credit: 400 } }],
    ['flowControl: { store: 100 }', { flow: { store: 100, commands: 32, credit: 400 } }],
    ['flowControl: { credit: 10 }', { flow: { store: 4_000, commands: 32, credit: 10 } }],
  ])('has a limit of the disk and of what is under way: %s', (setting, expected) => {
    const file = (personality: string, line: string): string => `name: demo\npersonality: ${personality}\n${line}\nqueues:\n  jobs: {}\nproducers:\n  web: { queue: jobs, rate: 1/s }\n`;
    expect(parse(file('rabbitmq', setting))).toMatchObject(expected);
    expect(mistakesOf(file('sqs', setting))).toContain('is a setting of RabbitMQ');
    expect(mistakesOf(file('rabbitmq', setting.replace(/[\d]+(MiB|KiB|ms)?/, '-1')))).toContain(setting.slice(0, setting.indexOf(':')));
  });

  it.each([
    ['4.2', 'consumerTimeout: 5min', '{}', 300_000_000, undefined],
    ['4.2', 'consumerTimeout: never', '{ consumerTimeout: 2h }', null, 7_200_000_000],
    ['4.3', 'consumerTimeout: never', '{ type: quorum, consumerTimeout: 10s }', null, 10_000_000],
  ])('%s has a consumer timeout, of the broker and of queues: %s %s', (version, setting, queue, broker, own) => {
    const scenario = parse(`name: demo\npersonality: rabbitmq\nversion: '${version}'\n${setting}\nqueues:\n  jobs: ${queue}\npolicies:\n  p: { pattern: x, consumerTimeout: 1h }\nproducers:\n  web: { queue: jobs, rate: 1/s }\n`);
    expect(scenario.consumerTimeoutMicros).toBe(broker);
    expect(scenario.queues[0]!.push!.consumerTimeoutMicros).toBe(own);
    expect(scenario.policies![0]!.definition).toEqual({ consumerTimeoutMicros: 3_600_000_000 });
  });

  it.each([
    ["'3.10'", '', '{ consumerTimeout: 1h }', 'Queues say this from version 3.12 on'],
    ["'4.3'", '', '{ consumerTimeout: 1h }', 'quorum queues alone have a consumer timeout'],
    ["'4.3'", '', '{ type: quorum, consumerTimeout: never }', 'a queue cannot say that there is no timeout'],
    ["'4.2'", 'consumerTimeout: 0s', '{}', 'consumerTimeout'],
    ["'4.2'", 'consumerTimeout: often', '{}', 'consumerTimeout'],
    ["'4.2'", '', '{ consumerTimeout: 0s }', 'Expected a duration above 0s'],
  ])('version %s, %s, a queue with %s: a mistake', (version, setting, queue, message) => {
    expect(mistakesOf(`name: demo\npersonality: rabbitmq\nversion: ${version}\n${setting}\nqueues:\n  jobs: ${queue}\nproducers:\n  web: { queue: jobs, rate: 1/s }\n`)).toContain(message);
  });

  it('syncs as RabbitMQ does unless it says otherwise: classic queues never, quorum queues always', () => {
    const flushOf = (queue: string, broker = ''): string => parse(`
name: demo
personality: rabbitmq
${broker}
queues:
  jobs: ${queue}
producers:
  web: { queue: jobs, rate: 1/s }
`).broker.flush;
    expect([flushOf('{}'), flushOf('{ type: quorum }'), flushOf('{}', 'broker: { flush: interval }')]).toEqual(['never', 'always', 'interval']);
  });

  it.each([
    ['a setting of SQS', 'jobs: { visibilityTimeout: 30s }', 'queue: jobs', '"visibilityTimeout" is a setting of SQS'],
    ['an exchange that is not there', 'jobs: {}', 'exchange: evnts', 'There is no exchange "evnts"'],
    ['queue and exchange', 'jobs: {}', 'queue: jobs, exchange: amq.topic', 'says both queue and exchange'],
    ['an outbox without confirms', 'jobs: {}', 'queue: jobs, write: outbox, confirm: false', 'The relay of an outbox marks what was confirmed'],
    ['no destination', 'jobs: {}', 'size: 1KiB', 'does not say where it sends'],
    ['a limit that classic queues do not have', 'jobs: { deliveryLimit: 3 }', 'queue: jobs', 'A classic queue has no delivery limit'],
    ['a strategy that classic queues do not have', 'jobs: { deadLetterExchange: x, deadLetterStrategy: at-least-once }', 'queue: jobs', 'A classic queue dead-letters at most once'],
    ['a strategy without an exchange', 'jobs: { type: quorum, deadLetterStrategy: at-least-once }', 'queue: jobs', 'There is a strategy for dead letters and no exchange'],
    ['a strategy that nobody knows', 'jobs: { type: quorum, deadLetterExchange: x, deadLetterStrategy: twice }', 'queue: jobs', '"twice" is not possible here'],
    ['delayed retries before version 4.3', 'jobs: { type: quorum, delayedRetry: { min: 1s } }', 'queue: jobs', 'Delayed retry is for quorum queues from version 4.3 on'],
    ['delayed retries of no length', 'jobs: { type: quorum, delayedRetry: { type: all, min: 0s } }', 'queue: jobs', '"0s" is too small (a limit of RabbitMQ)'],
    ['delayed retries of an unknown type', 'jobs: { type: quorum, delayedRetry: { type: none, min: 1s } }', 'queue: jobs', '"none" is not possible here'],
    ['priorities of a quorum queue', 'jobs: { type: quorum, maxPriority: 3 }', 'queue: jobs', 'A quorum queue has priorities of its own'],
    ['a key without an exchange', 'jobs: { deadLetterRoutingKey: x }', 'queue: jobs', 'no exchange'],
    ['a priority that is too high', 'jobs: { maxPriority: 256 }', 'queue: jobs', 'too large (a limit of RabbitMQ)'],
  ])('is told of %s', (_, queue, destination, message) => {
    expect(mistakesOf(`
name: demo
personality: rabbitmq
queues:
  ${queue}
producers:
  web: { ${destination}, rate: 1/s }
`)).toContain(message);
  });
});

describe('how headers of a binding match', () => {
  const file = (match: string): string => `
name: demo
personality: rabbitmq
exchanges:
  x: { type: headers, bindings: [{ queue: jobs, headers: { x-match: ${match}, kind: order } }] }
queues:
  jobs: {}
producers:
  web: { exchange: x, rate: 1/s }
`;

  it.each(['all', 'any', 'all-with-x', 'any-with-x'])('is %s', (match) => {
    expect(parse(file(match)).exchanges![0]!.bindings[0]!.headers).toEqual({ 'x-match': match, kind: 'order' });
  });

  it('asks of a header without a value that it is there', () => {
    const { exchanges } = parse(file('all').replace('kind: order', 'kind: null, size:'));
    expect(exchanges![0]!.bindings[0]!.headers).toEqual({ 'x-match': 'all', kind: null, size: null });
  });

  it('is written again as it was read, with the headers that have no value', () => {
    const scenario = parse(file('any').replace('kind: order', 'kind: null'));
    expect(parse(scenarioYaml(scenario)).exchanges).toEqual(scenario.exchanges);
  });

  it.each([
    ['a list in a binding', 'web: { exchange: x, rate: 1/s }', 'kind: [order]', 'a mapping of names to texts, numbers, truth values or null'],
    ['a mapping in a binding', 'web: { exchange: x, rate: 1/s }', 'kind: { is: null }', 'a mapping of names to texts, numbers, truth values or null'],
    ['a message with a header that has no value', 'web: { exchange: x, rate: 1/s, headers: { kind: null } }', 'kind: null', 'a mapping of names to texts, numbers or truth values'],
  ])('is told of %s', (_, producer, header, expected) => {
    const text = file('all').replace('web: { exchange: x, rate: 1/s }', producer).replace('kind: order', header);
    expect(mistakesOf(text)).toContain(expected);
  });

  it.each(['some', 'ALL', '3', 'true', 'null'])('and not %s', (match) => {
    expect(mistakesOf(file(match))).toContain(`"${match}" is no way to match headers (406)`);
  });
});

describe('the delivery limit', () => {
  const file = (limit: string): string => `
name: demo
personality: rabbitmq
queues:
  jobs: { type: quorum, deliveryLimit: ${limit} }
policies:
  p: { pattern: jobs, deliveryLimit: ${limit} }
producers:
  web: { queue: jobs, rate: 1/s }
`;
  const limitsOf = (limit: string): readonly unknown[] => {
    const { queues, policies } = parse(file(limit));
    return [queues[0]!.push!.deliveryLimit, policies![0]!.definition.deliveryLimit];
  };

  it('is a number, or there is none: unlimited, or -1 as RabbitMQ spells it', () => {
    expect(limitsOf('3')).toEqual([3, 3]);
    expect(limitsOf('unlimited')).toEqual([null, -1]);
    expect(limitsOf('-1')).toEqual([null, -1]);
  });

  it.each(['-2', 'none', '1.5', '2s'])('of %s is a mistake that names unlimited', (limit) => {
    expect(mistakesOf(file(limit)).match(/; or unlimited/g)).toHaveLength(2);
  });
});

describe('policies', () => {
  const file = (policies: string, actions = '', personality = 'rabbitmq'): string => `
name: demo
personality: ${personality}
queues:
  jobs: {}
${policies === '' ? '' : `policies:\n  p: ${policies}`}
producers:
  web: { queue: jobs, rate: 1/s }
${actions === '' ? '' : `operators:\n  sam: { actions: [${actions}] }`}
`;

  it('of users and operators, and set or cleared while it runs', () => {
    const { policies, operators } = parse(file(
      '{ pattern: ^jobs, applyTo: queues, priority: 3, operator: true, maxLength: 10, messageTtl: 5s, deliveryLimit: unlimited }',
      '{ do: set-policy, policy: q, pattern: x, overflow: reject-publish, at: 5s }, { do: clear-policy, policy: p, operator: true, at: 6s }, { do: purge, queue: jobs, at: 7s }',
    ));
    expect(policies).toEqual([{ name: 'p', pattern: '^jobs', applyTo: 'queues', priority: 3, isOperator: true, definition: { maxLength: 10, messageTtlMicros: 5_000_000, deliveryLimit: -1 } }]);
    expect(operators![0]!.actions.map(({ action }) => action)).toEqual([
      { kind: 'setPolicy', queue: 'q', policy: { name: 'q', pattern: 'x', applyTo: 'all', priority: 0, isOperator: false, definition: { overflow: 'reject-publish' } } },
      { kind: 'clearPolicy', queue: 'p', isOperator: true }, { kind: 'purge', queue: 'jobs' },
    ]);
  });

  it.each([
    ['one that says nothing', '{ pattern: x }', 'This policy says nothing'],
    ['a pattern that is none', "{ pattern: '(', maxLength: 1 }", 'This is no regular expression'],
    ['what operators cannot say', '{ pattern: x, operator: true, deadLetterExchange: y }', 'An operator policy cannot say this'],
    ['an unknown subject', '{ pattern: x, applyTo: bananas, maxLength: 1 }', '"bananas" is not possible here'],
    ['a negative length', '{ pattern: x, maxLength: -1 }', 'maxLength'],
    ['a setting that policies do not have', '{ pattern: x, maxPriority: 1 }', 'maxPriority'],
  ])('is told of %s', (_, policy, message) => {
    expect(mistakesOf(file(policy))).toContain(message);
  });

  it('are those of RabbitMQ alone, and redrives those of SQS', () => {
    expect(mistakesOf(file('{ pattern: x, maxLength: 1 }', '', 'sqs'))).toContain('"policies" is a setting of RabbitMQ');
    expect(mistakesOf(file('', '{ do: set-policy, policy: q, pattern: x, maxLength: 1, at: 5s }', 'sqs'))).toContain('Operators of sqs do not set-policy');
    expect(mistakesOf(file('', '{ do: redrive, queue: jobs, at: 5s }'))).toContain('Operators of rabbitmq do not redrive');
  });
});

it('a transient queue is a mistake in version 4.3, which refuses it', () => {
  const file = (version: string): string => `name: demo\npersonality: rabbitmq\nversion: '${version}'\nqueues:\n  jobs: { durable: false }\nproducers:\n  web: { queue: jobs, rate: 1/s }\n`;
  expect(mistakesOf(file('4.3'))).toContain('Version 4.3 refuses transient queues');
  expect(parse(file('4.2')).queues[0]!.push!.isDurable).toBe(false);
});

it('a setting of RabbitMQ in an SQS scenario is a mistake', () => {
  expect(mistakesOf('name: demo\nqueues:\n  jobs: { maxLength: 3 }\nproducers:\n  web: { queue: jobs, rate: 1/s }\n')).toContain('"maxLength" is a setting of RabbitMQ');
});
