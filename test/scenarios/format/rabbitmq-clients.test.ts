import { describe, expect, it } from 'vitest';
import { scenarioYaml } from '../../../scenarios/format/scenario-yaml.js';
import { mistakesOf, parse } from './given.js';

interface Parts {
  readonly queue?: string;
  readonly producer?: string;
  readonly consumer?: string;
  readonly personality?: string;
  readonly version?: string;
}

const file = ({ queue = '{}', producer = '', consumer = '', personality = 'rabbitmq', version = '' }: Parts): string => `name: demo
personality: ${personality}
${version === '' ? '' : `version: '${version}'\n`}exchanges: { events: { type: fanout, autoDelete: true, bindings: [{ queue: jobs }] } }
queues: { jobs: ${queue} }
producers: { web: { exchange: events, rate: 1/s${producer === '' ? '' : `, ${producer}`} } }
consumers: { worker: { queue: jobs${consumer === '' ? '' : `, ${consumer}`} } }
`;

describe('clients of RabbitMQ', () => {
  it('publish with further keys, in transactions, and connect again at an interval', () => {
    const scenario = parse(file({ producer: 'cc: a, bcc: [b, c], transaction: 20, recoveryInterval: 2s' }));
    expect(scenario.producers[0]!.publish).toMatchObject({ cc: ['a'], bcc: ['b', 'c'], transactionSize: 20, confirm: false, recoveryMicros: 2_000_000 });
    expect(scenario.exchanges).toMatchObject([{ autoDelete: true }]);
    expect(parse(file({})).producers[0]!.publish).toEqual({
      exchange: 'events', routingKeys: [''], headers: {}, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null, recoveryMicros: 5_000_000, heartbeatMicros: 60_000_000,
    });
    expect(parse(file({ producer: 'recoveryInterval: backoff' })).producers[0]!.publish).not.toHaveProperty('recoveryMicros');
  });

  it('ask for messages, acknowledge in transactions, share a prefetch, declare their queue', () => {
    expect(parse(file({ consumer: 'receive: get, getEvery: 250ms, acknowledge: transactional, recoveryInterval: 5s' })).consumers[0]!.subscription)
      .toMatchObject({ getEveryMicros: 250_000, acknowledge: 'transactional', recoveryMicros: 5_000_000 });
    const { consumers: [own], queues } = parse(file({ queue: '{ exclusive: true }', consumer: 'declares: true, prefetch: 5, channelPrefetch: 3' }));
    expect(own).toMatchObject({ declares: true, subscription: { prefetch: 5, channelPrefetch: 3 } });
    expect(queues[0]!.push).toMatchObject({ isExclusive: true });
  });

  it.each(['unlimited', '0'])('hold any number with a prefetch of %s', (none) => {
    const { consumers: [own] } = parse(file({ consumer: `prefetch: ${none}, channelPrefetch: ${none}` }));
    expect(own!.subscription).toMatchObject({ prefetch: 0 });
    expect(own!.subscription).not.toHaveProperty('channelPrefetch');
    expect(scenarioYaml(parse(file({ consumer: `prefetch: ${none}` })))).not.toContain('prefetch: 0');
  });

  it('may acknowledge some messages twice', () => {
    expect(parse(file({ consumer: 'acknowledgesTwice: 2%' })).consumers[0]!.subscription).toMatchObject({ acknowledgesTwice: 0.02 });
    for (const none of ['acknowledgesTwice: 0%', 'prefetch: 5']) expect(parse(file({ consumer: none })).consumers[0]!.subscription).not.toHaveProperty('acknowledgesTwice');
  });

  it('want a heartbeat of their connection, of 60 s when nothing is said', () => {
    const { consumers: [plain] } = parse(file({}));
    expect(plain!.subscription).toMatchObject({ heartbeatMicros: 60_000_000 });
    expect(parse(file({ producer: 'heartbeat: 10s' })).producers[0]!.publish).toMatchObject({ heartbeatMicros: 10_000_000 });
    for (const none of ['none', '0']) expect(parse(file({ consumer: `heartbeat: ${none}` })).consumers[0]!.subscription).toMatchObject({ heartbeatMicros: 0 });
  });

  it.each<Parts>([
    { producer: 'heartbeat: none', consumer: 'heartbeat: 7s' },
    { consumer: 'acknowledgesTwice: 2%' },
    { producer: 'cc: a, bcc: [b, c], transaction: 20, recoveryInterval: 5s' }, { consumer: 'receive: get, getEvery: 250ms, acknowledge: transactional' },
    { queue: '{ exclusive: true, autoDelete: true }', consumer: 'declares: true, channelPrefetch: 3' },
    { queue: '{ type: quorum }', consumer: 'consumerTimeout: 5min', version: '4.3' },
  ])('are written as they were read: %o', (parts) => {
    const scenario = parse(file(parts));
    const again = parse(scenarioYaml(scenario));
    expect([again.exchanges, again.queues, again.producers, again.consumers]).toEqual([scenario.exchanges, scenario.queues, scenario.producers, scenario.consumers]);
  });

  it.each<[Parts, string]>([
    [{ producer: 'transaction: 5, confirm: true' }, 'A channel has confirms or transactions'],
    [{ producer: 'transaction: 0' }, 'transaction: 0'],
    [{ producer: 'cc: []' }, 'cc: []'],
    [{ consumer: 'prefetch: -1' }, '; or unlimited'],
    [{ consumer: 'prefetch: 65536' }, '; or unlimited'],
    [{ consumer: 'channelPrefetch: none' }, '; or unlimited'],
    [{ producer: `bcc: ${'x'.repeat(256)}` }, 'bcc'],
    [{ producer: 'recoveryInterval: soon' }, 'recoveryInterval: soon'],
    [{ consumer: 'acknowledgesTwice: 101%' }, 'acknowledgesTwice: 101%'],
    [{ consumer: 'acknowledgesTwice: 1%, acknowledge: automatic' }, 'This is about acknowledgements of each message'],
    [{ consumer: 'acknowledgesTwice: 1%, acknowledge: batched' }, 'This is about acknowledgements of each message'],
    [{ consumer: 'acknowledgesTwice: 1%, receive: get' }, 'This says nothing of a consumer that asks'],
    [{ personality: 'sqs', consumer: 'acknowledgesTwice: 1%' }, '"acknowledgesTwice" is a setting of RabbitMQ'],
    [{ producer: 'heartbeat: never' }, '; or none'],
    [{ consumer: 'heartbeat: 500ms' }, 'from 1s to'],
    [{ consumer: 'heartbeat: 1500ms' }, 'no multiple of 1s'],
    [{ consumer: 'heartbeat: 20h' }, 'too large (a limit of AMQP)'],
    [{ personality: 'sqs', producer: 'heartbeat: 10s' }, '"heartbeat" is a setting of RabbitMQ'],
    [{ queue: '{ exclusive: true }' }, 'This queue is exclusive'],
    [{ queue: '{ exclusive: true, type: quorum }', consumer: 'declares: true' }, "A quorum queue is nobody's own"],
    [{ queue: '{ type: quorum }', consumer: 'channelPrefetch: 5' }, 'A quorum queue knows no prefetch of the channel'],
    [{ queue: '{ type: quorum }', consumer: 'consumerTimeout: 5min' }, 'Consumers say this from version 4.3 on'],
    [{ consumer: 'consumerTimeout: 5min', version: '4.3' }, 'Consumers say this from version 4.3 on'],
    [{ queue: '{ type: quorum }', consumer: 'consumerTimeout: never', version: '4.3' }, 'consumerTimeout: never'],
    [{ queue: '{ type: quorum }', consumer: 'consumerTimeout: 5min, receive: get', version: '4.3' }, 'This says nothing of a consumer that asks'],
    [{ consumer: 'getEvery: 1s' }, 'This consumer is pushed to'],
    [{ consumer: 'receive: get, prefetch: 5' }, 'This says nothing of a consumer that asks'],
    [{ consumer: 'receive: get, getEvery: 0s' }, 'getEvery: 0s'],
    [{ consumer: 'receive: pull' }, 'receive: pull'],
    [{ personality: 'sqs', consumer: 'declares: true' }, '"declares" is a setting of RabbitMQ'],
  ])('%o is a mistake', (parts, message) => {
    expect(mistakesOf(file(parts))).toContain(message);
  });
});
