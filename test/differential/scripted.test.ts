import { expect, inject, it } from 'vitest';
import { NO_MUTATIONS } from '../../engine/index.js';
import type { Method } from '../engine/broker/channel/channel-stage.js';
import { Comparison } from './compare.js';
import type { Operation } from './operation.js';

const said = (method: Method): Operation => ({ connection: 0, channel: 1, does: { kind: 'method', method } });
const publish = (routingKey: string): Operation =>
  said({ operation: 'publish', exchange: '', routingKey, mandatory: false, properties: { persistent: true }, body: new TextEncoder().encode(routingKey), trace: 1 });

async function difference(list: readonly Operation[]): Promise<string | null> {
  const comparison = await Comparison.with({
    url: inject('rabbitmqUrl'), management: inject('rabbitmqManagement'), version: '3.10', mutations: NO_MUTATIONS, passMillis: 0, restMillis: 0,
  });
  const told = await comparison.difference([...list]);
  await comparison.end();
  return told;
}

it.each(['classic', 'quorum'])('a commit of which a %s queue refuses something', async (type) => {
  expect(await difference([
    said({ operation: 'queueDeclare', name: 'q1', durable: true, arguments: { 'x-queue-type': type, 'x-max-length': 0, 'x-overflow': 'reject-publish' } }),
    said({ operation: 'queueDeclare', name: 'q2', durable: true, arguments: {} }),
    publish('q1'), publish('q1'), publish('q1'),
    said({ operation: 'txSelect' }), publish('q2'), publish('q1'), publish('q1'), said({ operation: 'txCommit' }),
    said({ operation: 'queueDeclare', name: 'q2', passive: true }),
  ])).toBeNull();
});

it('an alternate exchange that is no text', async () => {
  expect(await difference([said({ operation: 'exchangeDeclare', name: 'x1', type: 'fanout', alternateExchange: 5 as unknown as string })])).toBeNull();
});
