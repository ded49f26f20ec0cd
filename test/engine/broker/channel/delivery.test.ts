import { describe, expect, it } from 'vitest';
import { ChannelStage, MINUTE, textOf } from './channel-stage.js';

/** A queue with the messages 1 to n, and a client that made it. */
function filled(count: number, args: Readonly<Record<string, unknown>> = {}, version: '3.13' | '4.2' | '4.3' = '4.2') {
  const stage = new ChannelStage({ version });
  const hand = stage.client('hand');
  hand.queue('jobs', args);
  for (let number = 1; number <= count; number++) hand.publish(String(number), 'jobs');
  return { stage, hand };
}

describe('requeue position', () => {
  it('classic: a requeued message stands where it stood; what is held goes back in order on close', () => {
    const { stage, hand } = filled(5);
    const tags = [1, 2, 3].map(() => hand.get('jobs')!.deliveryTag);
    hand.nack(tags[2]!);
    hand.nack(tags[0]!);
    const other = stage.client('other');
    expect(other.drain('jobs')).toEqual(['1R', '3R', '4', '5']);
    hand.close();
    expect(other.drain('jobs')).toEqual(['2R']);
  });

  it('quorum with a delivery limit: what came back is served first, in the order of coming back', () => {
    const { stage, hand } = filled(5, { 'x-queue-type': 'quorum' });
    const tags = [1, 2, 3].map(() => hand.get('jobs')!.deliveryTag);
    hand.nack(tags[2]!);
    hand.nack(tags[0]!);
    expect(stage.client('other').drain('jobs')).toEqual(['3R', '1R', '4', '5']);
  });

  it('quorum without a delivery limit: what came back goes to the tail', () => {
    for (const [version, args] of [['4.2', { 'x-delivery-limit': -1 }], ['3.13', {}]] as const) {
      const { stage, hand } = filled(5, { 'x-queue-type': 'quorum', ...args }, version);
      const tags = [1, 2, 3].map(() => hand.get('jobs')!.deliveryTag);
      hand.nack(tags[2]!);
      hand.nack(tags[0]!);
      expect(stage.client('other').drain('jobs')).toEqual(['4', '5', '3R', '1R']);
    }
  });
});

describe('prefetch', () => {
  it('of each consumer: two consumers with 2 hold 4', () => {
    const { hand } = filled(10);
    hand.say({ operation: 'qos', prefetch: 2 });
    hand.consume('jobs');
    hand.consume('jobs');
    expect(hand.deliveries).toHaveLength(4);
  });

  it('of the channel: two consumers share 2', () => {
    const { hand } = filled(10);
    hand.say({ operation: 'qos', prefetch: 2, global: true });
    hand.consume('jobs');
    hand.consume('jobs');
    expect(hand.deliveries).toHaveLength(2);
    hand.ack(1);
    expect(hand.deliveries).toHaveLength(3);
  });

  it('holds for consumers that come after it, and not for get', () => {
    const { hand } = filled(10);
    hand.consume('jobs', { tag: 'before' });
    expect(hand.deliveries).toHaveLength(10);
    hand.say({ operation: 'cancel', tag: 'before' });
    hand.nack(0, true, true);
    hand.say({ operation: 'qos', prefetch: 1 });
    hand.consume('jobs');
    expect(hand.deliveries).toHaveLength(11);
    expect(hand.get('jobs')).not.toBeNull();
  });

  it('a quorum queue pushes 2000 messages at most to a consumer without one', () => {
    const stage = new ChannelStage();
    const hand = stage.client('hand');
    hand.queue('jobs', { 'x-queue-type': 'quorum' });
    hand.consume('jobs');
    hand.sayAll(Array.from({ length: 2_010 }, (_, index) => hand.message(String(index), 'jobs')));
    expect(hand.deliveries).toHaveLength(2_000);
  });

  it('quorum queues refuse one for the channel', () => {
    const { hand } = filled(1, { 'x-queue-type': 'quorum' });
    hand.say({ operation: 'qos', prefetch: 2, global: true });
    hand.consume('jobs');
    expect(hand.closedWith).toBe(540);
  });
});

describe('acknowledge', () => {
  it('multiple takes all up to its tag, and 0 all there are, with no error when there is none', () => {
    const { hand } = filled(5);
    hand.consume('jobs');
    hand.ack(3, true);
    hand.ack(0, true);
    hand.ack(0, true);
    expect(hand.closedWith).toBeNull();
    hand.close();
  });

  it('unknown, twice, and on another channel: 406, and the channel is closed', () => {
    for (const act of ['unknown', 'twice', 'elsewhere'] as const) {
      const { hand } = filled(2);
      hand.say({ operation: 'channelOpen', channel: 2 });
      const { deliveryTag } = hand.get('jobs')!;
      if (act === 'twice') hand.ack(deliveryTag);
      hand.say({ operation: 'ack', deliveryTag: act === 'unknown' ? 17 : deliveryTag, channel: act === 'elsewhere' ? 2 : 1 });
      expect(hand.closedWith, act).toBe(406);
      expect(hand.closedText).toMatch(/^PRECONDITION_FAILED - unknown delivery tag/);
    }
  });

  it('automatic: handled when it is on its way', () => {
    const { stage, hand } = filled(3);
    hand.consume('jobs', { noAck: true });
    hand.close();
    expect(stage.client('other').ready('jobs')).toBe(0);
    expect(stage.events.of('settle')).toHaveLength(3);
  });

  it('each of several channels of a connection confirms and answers for itself, also when another comes or goes', () => {
    const { hand } = filled(0);
    const publish = (channel: number) => hand.say({ ...hand.message('x', 'jobs'), channel } as Parameters<typeof hand.say>[0]).map((reply) => ('channel' in reply ? [reply.operation, reply.channel] : reply));
    hand.say({ operation: 'confirmSelect' });
    hand.say({ operation: 'channelOpen', channel: 2 });
    hand.say({ operation: 'confirmSelect', channel: 2 });
    expect(publish(1)).toEqual([['confirmed', 1]]);
    expect(publish(2)).toEqual([['confirmed', 2]]);
    hand.say({ operation: 'channelClose' });
    expect(publish(2)).toEqual([['confirmed', 2]]);
    hand.say({ operation: 'channelOpen' });
    expect(publish(1)).toEqual([]);
    expect(publish(2)).toEqual([['confirmed', 2]]);
    expect(hand.isOpen).toBe(true);
  });

  it('a channel that the broker closed ignores what was under way, and can be opened again', () => {
    const { hand } = filled(2);
    hand.sayAll([{ operation: 'ack', deliveryTag: 9 }, { operation: 'get', queue: 'jobs' }]);
    expect(hand.heard.at(-1)!.operation).toBe('channelClosed');
    hand.say({ operation: 'channelCloseOk' });
    hand.say({ operation: 'channelOpen' });
    expect(hand.get('jobs')).not.toBeNull();
  });
});

describe('redelivered', () => {
  it('is false at first and true after a requeue, also when the consumer never saw the message', () => {
    const { stage, hand } = filled(1);
    hand.consume('jobs');
    expect(textOf(hand.deliveries[0]!)).toBe('1');
    hand.close();
    expect(stage.client('other').drain('jobs')).toEqual(['1R']);
  });

  it('cancel leaves what is held with the channel', () => {
    const { stage, hand } = filled(2);
    hand.consume('jobs', { tag: 'one' });
    hand.say({ operation: 'cancel', tag: 'one' });
    expect(stage.client('other').ready('jobs')).toBe(0);
    hand.say({ operation: 'channelClose' });
    expect(stage.client('third').drain('jobs')).toEqual(['1R', '2R']);
  });
});

describe('consumers', () => {
  it('take turns, and those of lower priority get what the others cannot take', () => {
    const { hand } = filled(0);
    hand.say({ operation: 'qos', prefetch: 2 });
    hand.consume('jobs', { tag: 'low' });
    hand.consume('jobs', { tag: 'a', priority: 10 });
    hand.consume('jobs', { tag: 'b', priority: 10 });
    for (let number = 1; number <= 5; number++) hand.publish(String(number), 'jobs');
    expect(hand.deliveries.map(({ consumerTag }) => consumerTag)).toEqual(['a', 'b', 'a', 'b', 'low']);
  });

  it('exclusive: the second is refused with 403', () => {
    const { stage, hand } = filled(0);
    hand.consume('jobs', { exclusive: true });
    const other = stage.client('other');
    other.consume('jobs');
    expect(other.closedWith).toBe(403);
  });

  it('single active: the first gets everything, and the next when it goes', () => {
    const { stage, hand } = filled(0, { 'x-single-active-consumer': true });
    const other = stage.client('other');
    hand.consume('jobs', { tag: 'first' });
    other.consume('jobs', { tag: 'second' });
    hand.publish('1', 'jobs');
    expect([hand.deliveries.length, other.deliveries.length]).toEqual([1, 0]);
    hand.close();
    expect(other.deliveries.map(textOf)).toEqual(['1R']);
  });

  it('single active, quorum: a newcomer of higher priority takes over when the active one holds nothing', () => {
    const { stage, hand } = filled(0, { 'x-single-active-consumer': true, 'x-queue-type': 'quorum' });
    const other = stage.client('other');
    hand.consume('jobs');
    hand.publish('1', 'jobs');
    other.consume('jobs', { priority: 5 });
    hand.publish('2', 'jobs');
    expect([hand.deliveries.length, other.deliveries.length]).toEqual([1, 0]);
    hand.ack(1);
    expect(other.deliveries.map(textOf)).toEqual(['2']);
  });

  it('a delivery that is not acknowledged for 30 minutes closes its channel, up to 4.2', () => {
    const { stage, hand } = filled(1);
    hand.consume('jobs');
    stage.world.pass(29 * MINUTE);
    expect(hand.closedWith).toBeNull();
    stage.world.pass(3 * MINUTE);
    expect(hand.closedWith).toBe(406);
    expect(stage.client('other').drain('jobs')).toEqual(['1R']);
  });

  it('since 4.3 it ends its consumer alone, in quorum queues alone, and counts as no return', () => {
    const { stage, hand } = filled(2, { 'x-queue-type': 'quorum' }, '4.3');
    hand.queue('classic');
    hand.publish('c', 'classic');
    hand.consume('classic', { tag: 'classic' });
    hand.say({ operation: 'qos', prefetch: 1 });
    hand.consume('jobs', { tag: 'slow' });
    stage.world.pass(29 * MINUTE);
    hand.consume('jobs', { tag: 'fast' });
    hand.ack(hand.deliveries.at(-1)!.deliveryTag);
    stage.world.pass(3 * MINUTE);
    expect(hand.closedWith).toBeNull();
    expect(hand.heard.filter(({ operation }) => operation === 'cancelled')).toMatchObject([{ tag: 'slow' }]);
    expect(hand.deliveries.at(-1)).toMatchObject({ consumerTag: 'fast', redelivered: true, returns: 0 });
    expect(stage.client('other').ready('classic')).toBe(0);
  });

  it('hear that their queue was deleted', () => {
    const { stage, hand } = filled(1);
    hand.consume('jobs', { tag: 'one' });
    stage.client('other').say({ operation: 'queueDelete', name: 'jobs' });
    expect(hand.heard.at(-1)).toMatchObject({ operation: 'cancelled', tag: 'one' });
    hand.ack(1);
    expect(hand.closedWith).toBeNull();
  });
});

describe('after a restart', () => {
  it('durable queues keep persistent messages, and what was held is ready again', () => {
    const { stage, hand } = filled(3);
    hand.queue('gone', {}, { durable: false });
    hand.publish('transient', 'jobs', { persistent: false });
    hand.get('jobs');
    stage.restart();
    const again = stage.client('again');
    expect(again.drain('jobs')).toEqual(['1R', '2', '3']);
    again.say({ operation: 'queueDeclare', name: 'gone', passive: true });
    expect(again.closedWith).toBe(404);
    stage.restart();
    expect(stage.client('third').drain('jobs')).toEqual(['1R', '2R', '3R']);
  });
});
