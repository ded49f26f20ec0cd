import { describe, expect, it } from 'vitest';
import { ChannelStage, type Method, MEMORY_CHECK } from './channel-stage.js';

/** What is wrong, and how it is answered: the code and whether the connection goes, too. */
const MISTAKES: readonly (readonly [string, Method, number, 'channel' | 'connection'])[] = [
  ['an alternate exchange that is no text', { operation: 'exchangeDeclare', name: 'q', type: 'fanout', alternateExchange: 5 as unknown as string }, 406, 'channel'],
  ['a queue that is not there', { operation: 'consume', queue: 'missing', tag: '' }, 404, 'channel'],
  ['get of a queue that is not there', { operation: 'get', queue: 'missing' }, 404, 'channel'],
  ['a binding of an exchange that is not there', { operation: 'queueBind', source: 'missing', destination: 'jobs', key: '' }, 404, 'channel'],
  ['a binding to a queue that is not there', { operation: 'queueBind', source: 'amq.direct', destination: 'missing', key: '' }, 404, 'channel'],
  ['passive, not there', { operation: 'exchangeDeclare', name: 'missing', type: 'direct', passive: true }, 404, 'channel'],
  ['another durability', { operation: 'queueDeclare', name: 'jobs', durable: false }, 406, 'channel'],
  ['another argument', { operation: 'queueDeclare', name: 'jobs', durable: true, arguments: { 'x-max-length': 3 } }, 406, 'channel'],
  ['a wrong type of queue', { operation: 'queueDeclare', name: 'q', arguments: { 'x-queue-type': 'heap' } }, 406, 'channel'],
  ['a time to live below 0', { operation: 'queueDeclare', name: 'q', arguments: { 'x-message-ttl': -1 } }, 406, 'channel'],
  ['an expiry of 0', { operation: 'queueDeclare', name: 'q', arguments: { 'x-expires': 0 } }, 406, 'channel'],
  ['an argument of streams', { operation: 'queueDeclare', name: 'q', arguments: { 'x-max-age': '1D' } }, 406, 'channel'],
  ['an argument of quorum queues for a classic one', { operation: 'queueDeclare', name: 'q', arguments: { 'x-quorum-initial-group-size': 3 } }, 406, 'channel'],
  ['an argument of streams for a quorum queue', { operation: 'queueDeclare', name: 'q', durable: true, arguments: { 'x-queue-type': 'quorum', 'x-stream-max-segment-size-bytes': 1_000 } }, 406, 'channel'],
  ['less than nothing in memory', { operation: 'queueDeclare', name: 'q', durable: true, arguments: { 'x-queue-type': 'quorum', 'x-max-in-memory-length': -3 } }, 406, 'channel'],
  ['get of the queue declared last, when there is none', { operation: 'get', queue: '' }, 404, 'channel'],
  ['a text for a length', { operation: 'queueDeclare', name: 'q', arguments: { 'x-max-length': 'ten' } }, 406, 'channel'],
  ['a priority above 255', { operation: 'queueDeclare', name: 'q', arguments: { 'x-max-priority': 256 } }, 406, 'channel'],
  ['an unknown overflow', { operation: 'queueDeclare', name: 'q', arguments: { 'x-overflow': 'explode' } }, 406, 'channel'],
  ['a key without an exchange for dead letters', { operation: 'queueDeclare', name: 'q', arguments: { 'x-dead-letter-routing-key': 'x' } }, 406, 'channel'],
  ['a quorum queue that is not durable', { operation: 'queueDeclare', name: 'q', arguments: { 'x-queue-type': 'quorum' } }, 406, 'channel'],
  ['a reserved name', { operation: 'queueDeclare', name: 'amq.mine' }, 403, 'channel'],
  ['an unknown type of exchange', { operation: 'exchangeDeclare', name: 'x', type: 'sideways' }, 503, 'connection'],
  ['another type of exchange', { operation: 'exchangeDeclare', name: 'amq.topic', type: 'direct' }, 406, 'channel'],
  ['deletion of a queue in use', { operation: 'queueDelete', name: 'used', ifUnused: true }, 406, 'channel'],
  ['deletion of a queue that is not empty', { operation: 'queueDelete', name: 'full', ifEmpty: true }, 406, 'channel'],
  ['immediate', { operation: 'publish', exchange: '', routingKey: 'jobs', immediate: true, properties: {}, body: new Uint8Array(1), trace: 99 }, 540, 'connection'],
  ['an expiration that is no number', { operation: 'publish', exchange: '', routingKey: 'jobs', properties: { expiration: 'soon' }, body: new Uint8Array(1), trace: 99 }, 406, 'channel'],
  ['a message that is too large', { operation: 'publish', exchange: '', routingKey: 'jobs', properties: {}, body: new Uint8Array(2_000), trace: 99 }, 406, 'channel'],
  ['recover without requeue', { operation: 'recover', requeue: false }, 540, 'connection'],
  ['a consumer tag a second time', { operation: 'consume', queue: 'jobs', tag: 'taken' }, 530, 'connection'],
  ['a prefetch below 0', { operation: 'qos', prefetch: -1 }, 530, 'connection'],
  ['a channel that is not open', { operation: 'get', queue: 'jobs', channel: 9 }, 504, 'connection'],
  ['a channel that is open', { operation: 'channelOpen' }, 504, 'connection'],
  ['more bytes in a prefetch than none', { operation: 'qos', prefetch: 1, prefetchSize: 5 }, 540, 'connection'],
  ['a prefetch that is too high', { operation: 'qos', prefetch: 65_536 }, 530, 'connection'],
  ['a priority of a consumer that is no number', { operation: 'consume', queue: 'jobs', tag: '', priority: 'high' as unknown as number }, 406, 'channel'],
  ['further keys that are no list', { operation: 'publish', exchange: '', routingKey: 'jobs', properties: { cc: 'a' as unknown as string[] }, body: new Uint8Array(1), trace: 99 }, 406, 'channel'],
  ['a priority of a message above 255', { operation: 'publish', exchange: '', routingKey: 'jobs', properties: { priority: 256 }, body: new Uint8Array(1), trace: 99 }, 502, 'connection'],
  ['a publish to an exchange that is not there', { operation: 'publish', exchange: 'missing', routingKey: 'jobs', properties: {}, body: new Uint8Array(1), trace: 99 }, 404, 'channel'],
  ['a publish to an internal exchange', { operation: 'publish', exchange: 'inner', routingKey: 'jobs', properties: {}, body: new Uint8Array(1), trace: 99 }, 403, 'channel'],
  ['a passive declaration of what is not there', { operation: 'queueDeclare', name: 'missing', passive: true }, 404, 'channel'],
  ['a purge of a queue that is not there', { operation: 'queuePurge', name: 'missing' }, 404, 'channel'],
  ['a declaration of the default exchange', { operation: 'exchangeDeclare', name: '', type: 'direct' }, 403, 'channel'],
  ['an exchange with a reserved name', { operation: 'exchangeDeclare', name: 'amq.mine', type: 'direct' }, 403, 'channel'],
  ['deletion of an exchange of the system', { operation: 'exchangeDelete', name: 'amq.direct' }, 403, 'channel'],
  ['deletion of an exchange in use', { operation: 'exchangeDelete', name: 'inner', ifUnused: true }, 406, 'channel'],
  ['a binding of the default exchange', { operation: 'queueBind', source: '', destination: 'jobs', key: 'k' }, 403, 'channel'],
  ['a binding between exchanges of which one is not there', { operation: 'exchangeBind', source: 'inner', destination: 'missing', key: '' }, 404, 'channel'],
  ['an x-match that is no text', { operation: 'queueBind', source: 'amq.headers', destination: 'jobs', key: '', arguments: { 'x-match': 3 } }, 406, 'channel'],
  ['a wrong x-match', { operation: 'queueBind', source: 'amq.headers', destination: 'jobs', key: '', arguments: { 'x-match': 'some' } }, 406, 'channel'],
  ['an unknown tag, acknowledged', { operation: 'ack', deliveryTag: 9 }, 406, 'channel'],
  ['an unknown tag, negatively acknowledged', { operation: 'nack', deliveryTag: 9, requeue: true }, 406, 'channel'],
  ['an unknown tag, rejected', { operation: 'reject', deliveryTag: 9, requeue: false }, 406, 'channel'],
  ['tag 0 without multiple', { operation: 'ack', deliveryTag: 0 }, 406, 'channel'],
  ['a commit without a transaction', { operation: 'txCommit' }, 406, 'channel'],
  ['a rollback without a transaction', { operation: 'txRollback' }, 406, 'channel'],
  ['flow off', { operation: 'flow', active: false }, 540, 'connection'],
  ['deletion of a quorum queue on a condition', { operation: 'queueDelete', name: 'vault', ifEmpty: true }, 540, 'connection'],
  ['get of a quorum queue with a single active consumer', { operation: 'get', queue: 'vault' }, 405, 'channel'],
  ['a channel closed that is not open', { operation: 'channelClose', channel: 9 }, 504, 'connection'],
  ['a channel beyond all numbers', { operation: 'channelOpen', channel: 70_000 }, 504, 'connection'],
  ['a name that is too long', { operation: 'queueDeclare', name: 'x'.repeat(256) }, 502, 'connection'],
  ...([
    { 'x-max-length': -1 }, { 'x-max-length-bytes': -1 }, { 'x-message-ttl': 'soon' }, { 'x-message-ttl': 315_360_000_001 }, { 'x-expires': 'soon' }, { 'x-max-priority': -1 }, { 'x-overflow': 3 },
    { 'x-dead-letter-exchange': 7 }, { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 7 }, { 'x-single-active-consumer': 'yes' }, { 'x-queue-type': 7 }, { 'x-queue-mode': 'busy' },
    { 'x-queue-version': 3 }, { 'x-delivery-limit': 3 }, { 'x-dead-letter-strategy': 'at-least-once' }, { 'x-queue-type': 'quorum', 'x-delivery-limit': -2 },
    { 'x-queue-type': 'quorum', 'x-delivery-limit': 'few' }, { 'x-queue-type': 'quorum', 'x-max-priority': 5 }, { 'x-queue-type': 'quorum', 'x-dead-letter-strategy': 'twice' },
  ] as const).map((args): readonly [string, Method, number, 'channel'] => [JSON.stringify(args), { operation: 'queueDeclare', name: 'q', durable: true, arguments: args }, 406, 'channel']),
  ['a method that there is not', { operation: 'dance' } as unknown as Method, 540, 'connection'],
];

describe('a mistake is answered with its reply code and changes nothing', () => {
  it.each(MISTAKES)('%s', (_, method, code, closes) => {
    const stage = new ChannelStage({ channels: { maxMessageBytes: 1_000 } });
    const owner = stage.client('owner');
    owner.queue('jobs');
    owner.queue('used');
    owner.queue('full');
    owner.consume('used');
    owner.publish('1', 'full');
    owner.queue('vault', { 'x-queue-type': 'quorum', 'x-single-active-consumer': true });
    owner.say({ operation: 'exchangeDeclare', name: 'inner', type: 'fanout', internal: true });
    owner.bind('inner', 'jobs');
    const hand = stage.client('hand');
    hand.consume('used', { tag: 'taken' });
    const before = [...['jobs', 'used', 'full'].map((queue) => stage.broker.queueDepth(queue))];
    hand.say(method);
    expect([hand.closedWith, hand.isOpen ? 'channel' : 'connection']).toEqual([code, closes]);
    expect(['jobs', 'used', 'full'].map((queue) => stage.broker.queueDepth(queue))).toEqual(before);
    expect(owner.closedWith).toBeNull();
    for (const name of ['q', 'missing', 'amq.mine']) {
      const looker = stage.client(name);
      expect(looker.say({ operation: 'queueDeclare', name, passive: true })).toMatchObject([{ code: 404 }]);
    }
    expect(owner.say({ operation: 'exchangeDeclare', name: 'amq.topic', type: 'topic', durable: true })).toMatchObject([{ method: 'exchangeDeclare' }]);
    expect(owner.say({ operation: 'publish', exchange: 'amq.headers', routingKey: '', mandatory: true, properties: {}, body: new Uint8Array(1), trace: 98 })).toMatchObject([{ code: 312 }]);
  });

  it('more channels than were negotiated: 530, and the connection is closed', () => {
    const hand = new ChannelStage({ channels: { maxChannels: 2 } }).client('hand');
    hand.say({ operation: 'channelOpen', channel: 2_000 });
    hand.say({ operation: 'channelOpen', channel: 3 });
    expect([hand.closedWith, hand.closedText, hand.isOpen]).toEqual([530, 'NOT_ALLOWED - number of channels opened (2) has reached the negotiated channel_max (2)', false]);
  });
});

describe('exclusive queues', () => {
  it('are one connection\'s own (405), and go with it', () => {
    const stage = new ChannelStage();
    const hand = stage.client('hand');
    hand.queue('mine', {}, { exclusive: true });
    const other = stage.client('other');
    other.consume('mine');
    expect(other.closedWith).toBe(405);
    hand.close();
    const third = stage.client('third');
    third.consume('mine');
    expect(third.closedWith).toBe(404);
  });
});

describe('the memory alarm', () => {
  it('stops reading connections that publish and no others; nothing is lost', () => {
    const stage = new ChannelStage({ channels: { memoryLimitBytes: 1_000 } });
    const publisher = stage.client('publisher');
    publisher.queue('jobs');
    for (let number = 0; number < 3; number++) publisher.publish('x'.repeat(400), 'jobs');
    stage.world.pass(MEMORY_CHECK);
    expect(publisher.publish('late', 'jobs')).toEqual([{ operation: 'blocked' }]);
    const consumer = stage.client('consumer');
    consumer.consume('jobs');
    expect(consumer.deliveries).toHaveLength(3);
    consumer.ack(0, true);
    stage.world.pass(MEMORY_CHECK);
    expect(publisher.heard.at(-1)).toEqual({ operation: 'unblocked' });
    expect(consumer.deliveries).toHaveLength(4);
  });
});
