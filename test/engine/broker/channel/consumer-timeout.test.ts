import { describe, expect, it } from 'vitest';
import type { ChannelConfig, RabbitmqVersion } from '../../../../engine/index.js';
import { ChannelStage, MINUTE, SECOND, textOf } from './channel-stage.js';

const QUORUM = { 'x-queue-type': 'quorum' } as const;

function aChannel(version: RabbitmqVersion, channels: Partial<ChannelConfig> = {}) {
  const stage = new ChannelStage({ version, channels });
  return { stage, hand: stage.client('hand') };
}

describe('up to 4.2', () => {
  it('the channel is closed (406) with the words of the server, and other channels of the connection are not', () => {
    const { stage, hand } = aChannel('4.2', { consumerTimeoutMicros: 5 * MINUTE });
    hand.queue('jobs');
    hand.publish('1', 'jobs');
    hand.say({ operation: 'channelOpen', channel: 2 });
    hand.consume('jobs');
    stage.world.pass(7 * MINUTE);
    expect(hand.closedText).toBe('PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out. Timeout value used: 300000 ms. '
      + 'This timeout value can be configured, see consumers doc guide to learn more');
    expect(hand.isOpen).toBe(true);
    expect(hand.say({ operation: 'get', channel: 2, queue: 'jobs' })).toMatchObject([{ operation: 'deliver', redelivered: true }]);
  });

  it('is looked for once a minute, so that shorter times are not kept', () => {
    const { stage, hand } = aChannel('4.2', { consumerTimeoutMicros: SECOND });
    hand.queue('jobs');
    hand.consume('jobs');
    stage.world.pass(30 * SECOND);
    hand.publish('1', 'jobs');
    stage.world.pass(59 * SECOND);
    expect(hand.closedWith).toBeNull();
    stage.world.pass(2 * SECOND);
    expect(hand.closedWith).toBe(406);
  });

  it('concerns what the channel holds longest, and nothing behind it', () => {
    const { stage, hand } = aChannel('4.2', { consumerTimeoutMicros: 60 * MINUTE });
    hand.queue('patient');
    hand.queue('hasty', { 'x-consumer-timeout': 5 * 60_000 });
    for (const name of ['patient', 'hasty']) {
      hand.consume(name);
      hand.publish(name, name);
    }
    stage.world.pass(30 * MINUTE);
    expect(hand.closedWith).toBeNull();
    hand.ack(1);
    stage.world.pass(2 * MINUTE);
    expect(hand.closedWith).toBe(406);
  });

  it('concerns what was got, and nothing that was acknowledged by being sent', () => {
    const { stage, hand } = aChannel('4.2', { consumerTimeoutMicros: 5 * MINUTE });
    hand.queue('jobs');
    for (const text of ['1', '2']) hand.publish(text, 'jobs');
    hand.get('jobs', true);
    stage.world.pass(10 * MINUTE);
    expect(hand.closedWith).toBeNull();
    hand.get('jobs');
    stage.world.pass(7 * MINUTE);
    expect(hand.closedWith).toBe(406);
  });

  it('there may be none', () => {
    const { stage, hand } = aChannel('4.2', { consumerTimeoutMicros: null });
    hand.queue('jobs');
    hand.publish('1', 'jobs');
    hand.consume('jobs');
    stage.world.pass(600 * MINUTE);
    expect(hand.closedWith).toBeNull();
  });
});

describe('of a queue', () => {
  const timeoutsOf = (version: RabbitmqVersion, args: Readonly<Record<string, unknown>>, policyMillis: number | null = null) => {
    const { stage, hand } = aChannel(version);
    hand.queue('jobs', args);
    if (policyMillis !== null) {
      hand.say({ operation: 'setPolicy', policy: { name: 'p', pattern: 'jobs', applyTo: 'all', priority: 0, isOperator: false, definition: { consumerTimeoutMicros: policyMillis * 1_000 } } });
    }
    hand.publish('1', 'jobs');
    hand.consume('jobs');
    for (let minutes = 0; minutes <= 60; minutes++) {
      if (hand.closedWith !== null || hand.heard.some(({ operation }) => operation === 'cancelled')) return minutes;
      stage.world.pass(MINUTE);
    }
    return null;
  };

  it('is what its argument says from 3.12 on; before it nobody knows the argument', () => {
    expect(timeoutsOf('3.13', { 'x-consumer-timeout': 600_000 })).toBe(11);
    expect(timeoutsOf('4.2', { ...QUORUM, 'x-consumer-timeout': 600_000 })).toBe(11);
    expect(timeoutsOf('3.10', { 'x-consumer-timeout': 600_000 })).toBe(31);
  });

  it('is what a policy says, and of both the lower', () => {
    expect(timeoutsOf('4.2', {}, 600_000)).toBe(11);
    expect(timeoutsOf('4.2', { 'x-consumer-timeout': 300_000 }, 600_000)).toBe(6);
    expect(timeoutsOf('4.2', { 'x-consumer-timeout': 900_000 }, 600_000)).toBe(11);
    expect(timeoutsOf('3.10', {}, 600_000)).toBe(31);
  });

  it('nobody looks before 4.3 what the argument is: what is no whole number stands for no timeout at all', () => {
    expect(timeoutsOf('4.2', { 'x-consumer-timeout': 'ten minutes' })).toBeNull();
  });

  it('since 4.3 a wrong one is refused, and one for a classic queue', () => {
    const { hand } = aChannel('4.3');
    hand.queue('jobs', { ...QUORUM, 'x-consumer-timeout': -1 });
    expect(hand.closedText).toBe("PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'jobs' in vhost '/': {value_negative,-1}");
    const { hand: other } = aChannel('4.3');
    other.queue('jobs', { 'x-consumer-timeout': 60_000 });
    expect(other.closedText).toBe("PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'jobs' in vhost '/' of queue type rabbit_classic_queue");
  });
});

describe('since 4.3', () => {
  const held = () => {
    const { stage, hand } = aChannel('4.3');
    hand.queue('jobs', { ...QUORUM, 'x-consumer-timeout': 90_000, 'x-delivery-limit': 1 });
    hand.say({ operation: 'qos', prefetch: 1 });
    hand.publish('1', 'jobs');
    hand.consume('jobs', { tag: 'slow' });
    return { stage, hand };
  };
  const cancelled = (hand: { readonly heard: readonly { readonly operation: string }[] }) => hand.heard.filter(({ operation }) => operation === 'cancelled').length;

  it('is kept to the instant, however short', () => {
    const { stage, hand } = held();
    stage.world.pass(90 * SECOND - 1);
    expect(cancelled(hand)).toBe(0);
    stage.world.pass(1);
    expect(cancelled(hand)).toBe(1);
  });

  it('no delivery limit counts it: the message comes for ever', () => {
    const { stage, hand } = held();
    for (let time = 2; time <= 5; time++) {
      stage.world.pass(91 * SECOND);
      hand.consume('jobs', { tag: `again-${time}` });
      expect(hand.deliveries).toHaveLength(time);
      expect(hand.deliveries.at(-1)).toMatchObject({ redelivered: true, returns: 0 });
    }
  });

  it('takes back what was held too long alone', () => {
    const { stage, hand } = aChannel('4.3');
    hand.queue('jobs', { ...QUORUM, 'x-consumer-timeout': 90_000 });
    hand.consume('jobs', { tag: 'one' });
    hand.publish('1', 'jobs');
    stage.world.pass(60 * SECOND);
    hand.publish('2', 'jobs');
    stage.world.pass(31 * SECOND);
    expect(stage.client('other').drain('jobs')).toEqual(['1R']);
  });

  it('the consumer is given nothing before it answers for it, which is no mistake and settles nothing', () => {
    const { stage, hand } = held();
    stage.world.pass(91 * SECOND);
    hand.publish('2', 'jobs');
    expect(hand.deliveries).toHaveLength(1);
    hand.ack(1);
    expect(hand.closedWith).toBeNull();
    expect(hand.deliveries.map(textOf)).toEqual(['1', '1R']);
  });

  it('its tag stays taken (530)', () => {
    const { stage, hand } = held();
    stage.world.pass(91 * SECOND);
    hand.consume('jobs', { tag: 'slow' });
    expect(hand.closedWith).toBe(530);
  });

  it('there is always one: none means 24 hours', () => {
    const { stage, hand } = aChannel('4.3', { consumerTimeoutMicros: null });
    hand.queue('jobs', QUORUM);
    hand.publish('1', 'jobs');
    hand.consume('jobs');
    stage.world.pass(24 * 60 * MINUTE - 1);
    expect(cancelled(hand)).toBe(0);
    stage.world.pass(1);
    expect(cancelled(hand)).toBe(1);
  });

  it('a consumer may say how long it takes, whatever its queue says', () => {
    for (const [timeoutMillis, seconds] of [[10_000, 10], [600_000, 600]] as const) {
      const { stage, hand } = aChannel('4.3');
      hand.queue('jobs', { ...QUORUM, 'x-consumer-timeout': 90_000 });
      hand.publish('1', 'jobs');
      hand.consume('jobs', { timeoutMillis });
      stage.world.pass(seconds * SECOND - 1);
      expect(cancelled(hand)).toBe(0);
      stage.world.pass(1);
      expect(cancelled(hand)).toBe(1);
    }
  });

  it('what a consumer may not say is refused (406)', () => {
    const refusal = (args: Readonly<Record<string, unknown>>, timeoutMillis: unknown): string | null => {
      const { hand } = aChannel('4.3');
      hand.queue('jobs', args);
      hand.consume('jobs', { timeoutMillis: timeoutMillis as number });
      return hand.closedText;
    };
    expect(refusal(QUORUM, -1)).toBe("PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'jobs' in vhost '/': {value_negative,-1}");
    expect(refusal({}, 60_000)).toBe("PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue 'jobs' in vhost '/' of queue type rabbit_classic_queue");
  });

  it('before it nobody listens to what a consumer says of it', () => {
    const { stage, hand } = aChannel('4.2');
    hand.queue('jobs');
    hand.publish('1', 'jobs');
    hand.consume('jobs', { timeoutMillis: -1 });
    expect(hand.closedWith).toBeNull();
    stage.world.pass(20 * MINUTE);
    expect(hand.closedWith).toBeNull();
    stage.world.pass(20 * MINUTE);
    expect(hand.closedWith).toBe(406);
  });

  it('a single active consumer is followed by the next', () => {
    const { stage, hand } = aChannel('4.3');
    hand.queue('jobs', { ...QUORUM, 'x-consumer-timeout': 90_000, 'x-single-active-consumer': true });
    hand.consume('jobs', { tag: 'first' });
    hand.consume('jobs', { tag: 'second' });
    hand.publish('1', 'jobs');
    stage.world.pass(91 * SECOND);
    expect(hand.deliveries.map(({ consumerTag }) => consumerTag)).toEqual(['first', 'second']);
  });

  it('what was got has no consumer to be cancelled: the channel is closed', () => {
    const { stage, hand } = aChannel('4.3');
    hand.queue('jobs', { ...QUORUM, 'x-consumer-timeout': 90_000 });
    hand.publish('1', 'jobs');
    hand.get('jobs');
    stage.world.pass(91 * SECOND);
    expect(hand.closedWith).toBe(406);
    expect(stage.client('other').drain('jobs')).toEqual(['1R']);
  });

  it('a consumer that its client has cancelled cannot be cancelled: the channel is closed, and the delivery limit counts what is not overdue alone', () => {
    const { stage, hand } = aChannel('4.3');
    hand.queue('jobs', { ...QUORUM, 'x-consumer-timeout': 90_000, 'x-delivery-limit': 5 });
    hand.publish('1', 'jobs');
    hand.consume('jobs', { tag: 'gone' });
    stage.world.pass(60 * SECOND);
    hand.publish('2', 'jobs');
    hand.say({ operation: 'cancel', tag: 'gone' });
    stage.world.pass(31 * SECOND);
    expect(hand.closedWith).toBe(406);
    const other = stage.client('other');
    other.consume('jobs');
    expect(other.deliveries.map((delivery) => [textOf(delivery), delivery.returns])).toEqual([['1R', 0], ['2R', 1]]);
  });

  it('what went with its queue is never overdue', () => {
    const { stage, hand } = held();
    stage.client('other').say({ operation: 'queueDelete', name: 'jobs' });
    stage.world.pass(300 * SECOND);
    expect(cancelled(hand)).toBe(1);
    expect(hand.closedWith).toBeNull();
  });

  it('what a channel still holds goes back when it ends, once', () => {
    const { stage, hand } = held();
    stage.world.pass(91 * SECOND);
    const other = stage.client('other');
    expect(other.drain('jobs')).toEqual(['1R']);
    hand.close();
    expect(stage.client('third').ready('jobs')).toBe(0);
  });
});
