import { describe, expect, it } from 'vitest';
import { type MessageHandler, Subscriber } from '../../../engine/index.js';
import { ChannelStage, SECOND } from '../broker/channel/channel-stage.js';

const RETRY = { timeoutMicros: 3 * SECOND, attempts: 3, backoffBaseMicros: SECOND, backoffCapMicros: 4 * SECOND, jitter: 'none' } as const;

/** A subscriber of the queue `jobs`, which keeps what it gets, at a broker to which somebody else speaks by hand. */
function subscribed(handler?: MessageHandler) {
  const stage = new ChannelStage();
  const hand = stage.client('hand');
  const got: string[] = [];
  const declare = (): void => void hand.queue('jobs');
  declare();
  const subscriber = new Subscriber({
    host: stage.world.host('subscriber-machine'), sink: stage.events, name: 'subscriber', address: 'broker', retry: RETRY, queue: 'jobs', prefetch: 1, concurrency: 1,
    acknowledge: 'manual', batchSize: 1, acknowledgesFirst: false, priority: 0, exclusive: false, onFailure: 'nack',
    handler: handler ?? {
      handle: (delivery) => {
        got.push(new TextDecoder().decode(delivery.body));
        delivery.succeed();
      },
    },
  });
  stage.world.settle();
  return { stage, hand, got, subscriber, declare };
}

describe('a subscriber whose queue is deleted', () => {
  it('asks for it again and again, each time after a longer wait, until it is there', () => {
    const { stage, hand, got, declare } = subscribed();
    hand.publish('a', 'jobs');
    hand.say({ operation: 'queueDelete', name: 'jobs' });
    // The broker cancels it and closes its channel when it asks for what is not there: 404, after 0, 1, 3, 7 seconds.
    stage.world.pass(6.5 * SECOND);
    declare();
    hand.publish('b', 'jobs');
    expect(got).toEqual(['a']);
    stage.world.pass(0.4 * SECOND);
    expect(got).toEqual(['a']);
    stage.world.pass(0.2 * SECOND);
    expect(got).toEqual(['a', 'b']);
    hand.publish('c', 'jobs');
    expect(got).toEqual(['a', 'b', 'c']);
  });

  it('never waits longer than its policy says, and begins anew with short waits when it has heard something else', () => {
    const { stage, hand, got, declare } = subscribed();
    hand.say({ operation: 'queueDelete', name: 'jobs' });
    stage.world.pass(60 * SECOND);
    declare();
    hand.publish('a', 'jobs');
    stage.world.pass(4 * SECOND);
    expect(got).toEqual(['a']);
    hand.say({ operation: 'queueDelete', name: 'jobs' });
    stage.world.pass(0.5 * SECOND);
    declare();
    hand.publish('b', 'jobs');
    stage.world.pass(0.6 * SECOND);
    expect(got).toEqual(['a', 'b']);
  });

  it('settles nothing of what it held, which is gone with the queue, and asks for more when it has done with that', () => {
    const ends: (() => void)[] = [];
    const { stage, hand, declare } = subscribed({ handle: (delivery) => void ends.push(() => delivery.succeed()) });
    hand.publish('a', 'jobs');
    hand.say({ operation: 'queueDelete', name: 'jobs' });
    declare();
    stage.world.pass(2 * SECOND);
    hand.publish('b', 'jobs');
    expect(ends.length).toBe(1);
    ends[0]!();
    stage.world.settle();
    expect(stage.events.of('settle')).toEqual([]);
    expect(stage.events.of('refused')).toEqual([]);
    expect(ends.length).toBe(2);
    ends[1]!();
    stage.world.settle();
    expect(stage.events.of('settle').map(({ message }) => message)).toEqual([2]);
  });

  it('stops asking when it is stopped', () => {
    const { stage, hand, got, subscriber, declare } = subscribed();
    hand.say({ operation: 'queueDelete', name: 'jobs' });
    subscriber.stop();
    stage.world.pass(60 * SECOND);
    declare();
    hand.publish('a', 'jobs');
    stage.world.pass(10 * SECOND);
    expect(got).toEqual([]);
    expect(hand.get('jobs')).not.toBeNull();
  });
});
