import { describe, expect, it } from 'vitest';
import { type RabbitmqVersion, RABBITMQ_VERSIONS } from '../../../../engine/index.js';
import { type ChannelHand, ChannelStage, MILLI, MINUTE, textOf } from './channel-stage.js';

// The table in engine/personality/rabbitmq.ts, row by row.

const MIB = 1_024 * 1_024;
const QUORUM = { 'x-queue-type': 'quorum' } as const;

function handOf(version: RabbitmqVersion): { readonly stage: ChannelStage; readonly hand: ChannelHand } {
  const stage = new ChannelStage({ version });
  return { stage, hand: stage.client('hand') };
}

/** What each version does, in the order of RABBITMQ_VERSIONS. */
function inEach<T>(what: (hand: ChannelHand, stage: ChannelStage, version: RabbitmqVersion) => T): T[] {
  return RABBITMQ_VERSIONS.map((version) => {
    const { stage, hand } = handOf(version);
    return what(hand, stage, version);
  });
}

/** Deliveries of a message that comes back so each time, up to thirty. */
function deliveriesOf(hand: ChannelHand, how: 'nack' | 'reject'): number {
  hand.queue('jobs', QUORUM);
  hand.publish('1', 'jobs');
  let deliveries = 0;
  for (let delivery = hand.get('jobs'); delivery !== null && deliveries < 30; delivery = hand.get('jobs')) {
    deliveries++;
    if (how === 'nack') hand.nack(delivery.deliveryTag);
    else hand.reject(delivery.deliveryTag, true);
  }
  return deliveries;
}

describe('versions of RabbitMQ', () => {
  it('are those that the table has', () => {
    expect(RABBITMQ_VERSIONS).toEqual(['3.10', '3.13', '4.2', '4.3']);
  });

  it('the delivery limit of quorum queues is none, and 20 since version 4', () => {
    expect(inEach((hand) => deliveriesOf(hand, 'reject'))).toEqual([30, 30, 21, 21]);
  });

  it('every return counts, and since version 4.3 not those by basic.nack', () => {
    expect(inEach((hand) => deliveriesOf(hand, 'nack'))).toEqual([30, 30, 21, 30]);
  });

  it('priorities in quorum queues: none, two for one, and 32 levels of which 4 is the usual one', () => {
    const order = inEach((hand) => {
      hand.queue('jobs', QUORUM);
      for (const [text, priority] of [['a', 0], ['b', 4], ['c', 5], ['d', 9], ['e', 31], ['f', 40]] as const) hand.publish(text, 'jobs', { priority });
      hand.publish('g', 'jobs');
      return hand.drain('jobs').join('');
    });
    // Two for one: c, d, e and f are high, the others low. Strict: what is above 31 counts as 31.
    expect(order).toEqual(['abcdefg', 'abcdefg', 'cdaefbg', 'efdcbga']);
  });

  it('a single active consumer of a quorum queue is followed by who came first, and since version 4 gives way to a higher priority', () => {
    const active = inEach((hand) => {
      hand.queue('jobs', { ...QUORUM, 'x-single-active-consumer': true });
      hand.consume('jobs', { tag: 'first', priority: 0 });
      hand.consume('jobs', { tag: 'second', priority: 5 });
      hand.publish('1', 'jobs');
      return hand.deliveries[0]!.consumerTag;
    });
    expect(active).toEqual(['first', 'first', 'second', 'second']);
  });

  it('the acknowledgement timeout closes the channel; since version 4.3 it cancels the consumer, of quorum queues alone', () => {
    const after = (type: object) => inEach((hand, stage) => {
      hand.queue('jobs', { ...type });
      hand.consume('jobs', { tag: 'slow' });
      hand.publish('1', 'jobs');
      stage.world.pass(32 * MINUTE);
      const { operation } = hand.heard.at(-1)!;
      return operation;
    });
    expect(after({})).toEqual(['channelClosed', 'channelClosed', 'channelClosed', 'deliver']);
    // It goes back to the queue, which nobody consumes any more.
    expect(after(QUORUM)).toEqual(['channelClosed', 'channelClosed', 'channelClosed', 'cancelled']);
  });

  it('the largest message is 128 MiB, and 16 MiB since version 4', () => {
    const closedWith = (bytes: number) => inEach((hand) => {
      hand.queue('jobs');
      hand.say({ operation: 'publish', exchange: '', routingKey: 'jobs', properties: {}, body: new Uint8Array(bytes), trace: 1 });
      return hand.closedWith;
    });
    expect(closedWith(16 * MIB)).toEqual([null, null, null, null]);
    expect(closedWith(16 * MIB + 1)).toEqual([null, null, 406, 406]);
    expect(closedWith(128 * MIB + 1)).toEqual([406, 406, 406, 406]);
  });

  it('what expired is taken out at the head; since version 4.3 at the head of each priority of a quorum queue', () => {
    expect(inEach((hand, stage) => {
      hand.queue('jobs', QUORUM);
      hand.publish('long', 'jobs', { priority: 9 });
      hand.publish('short', 'jobs', { priority: 0, expiration: '100' });
      stage.world.pass(200 * MILLI);
      return hand.ready('jobs');
    })).toEqual([2, 2, 2, 1]);
  });

  it('a prefetch of the whole channel is one for each consumer since version 4.3', () => {
    expect(inEach((hand) => {
      hand.queue('jobs');
      hand.say({ operation: 'qos', prefetch: 1, global: true });
      hand.consume('jobs', { tag: 'one' });
      hand.consume('jobs', { tag: 'two' });
      for (const text of ['1', '2', '3']) hand.publish(text, 'jobs');
      return hand.deliveries.length;
    })).toEqual([1, 1, 1, 2]);
  });

  it('transient queues that are not exclusive are refused since version 4.3, and the connection is closed with 541', () => {
    const said = inEach((hand) => {
      hand.queue('jobs', {}, { durable: false });
      return hand.closedWith;
    });
    expect(said).toEqual([null, null, null, 541]);
    const { hand } = handOf('4.3');
    expect(hand.queue('mine', {}, { durable: false, exclusive: true })).toMatchObject({ method: 'queueDeclare' });
  });

  it('a quorum queue keeps every message over a restart, whatever its delivery mode', () => {
    expect(inEach((hand, stage) => {
      hand.queue('jobs', QUORUM);
      hand.publish('1', 'jobs', { persistent: false });
      stage.restart();
      const delivery = stage.client('again').get('jobs');
      return delivery === null ? null : textOf(delivery);
    })).toEqual(['1', '1', '1', '1']);
  });
});
