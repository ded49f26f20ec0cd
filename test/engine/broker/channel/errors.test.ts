import { describe, expect, it } from 'vitest';
import { ChannelStage, type Method, MILLI } from './channel-stage.js';

/** What is wrong, and how it is answered: the code and whether the connection goes, too. */
const MISTAKES: readonly (readonly [string, Method, number, 'channel' | 'connection'])[] = [
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
    const hand = stage.client('hand');
    hand.consume('used', { tag: 'taken' });
    const before = [...['jobs', 'used', 'full'].map((queue) => stage.broker.queueDepth(queue))];
    hand.say(method);
    expect([hand.closedWith, hand.isOpen ? 'channel' : 'connection']).toEqual([code, closes]);
    expect(['jobs', 'used', 'full'].map((queue) => stage.broker.queueDepth(queue))).toEqual(before);
    expect(owner.closedWith).toBeNull();
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
    expect(publisher.publish('late', 'jobs')).toEqual([{ operation: 'blocked' }]);
    const consumer = stage.client('consumer');
    consumer.consume('jobs');
    expect(consumer.deliveries).toHaveLength(3);
    consumer.ack(0, true);
    stage.world.pass(10 * MILLI);
    expect(publisher.heard.at(-1)).toEqual({ operation: 'unblocked' });
    expect(consumer.deliveries).toHaveLength(4);
  });
});
