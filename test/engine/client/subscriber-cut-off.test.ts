import { describe, expect, it } from 'vitest';
import { SECOND } from '../broker/channel/channel-stage.js';
import { SubscriberStage } from './subscriber-stage.js';

describe.each(['manual', 'batched', 'transactional'] as const)('a subscriber that acknowledges %s, whose work ends while its connection is down', (acknowledge) => {
  const cutOff = () => {
    const at = new SubscriberStage({ acknowledge, batchSize: 3 }, 6);
    at.stage.restart();
    at.end(1);
    return at;
  };

  it('says that it could not acknowledge that, and has nothing left of it', () => {
    const at = cutOff();
    expect(at.messages('ack-invoke')).toEqual([1]);
    expect(at.messages('ack-fail')).toEqual([1]);
    expect(at.subscriber.outstanding).toBe(0);
  });

  it('gets it again, and acknowledges as before', () => {
    const at = cutOff();
    at.stage.world.pass(SECOND + 1);
    for (let nth = 2; nth <= 7; nth++) at.end(nth);
    expect(at.messages('settle')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(at.subscriber.outstanding).toBe(0);
  });

  it('ends when it is told to, before its connection is back', () => {
    const at = cutOff();
    at.subscriber.stop();
    at.stage.world.pass(10 * SECOND);
    expect(at.working).toHaveLength(1);
    expect(at.stage.client('other').ready('jobs')).toBe(6);
  });

  it('ends when it was told to before the work ended', () => {
    const at = new SubscriberStage({ acknowledge, batchSize: 3 }, 6);
    at.stage.restart();
    at.subscriber.stop();
    expect(at.subscriber.outstanding).toBe(1);
    at.end(1);
    expect(at.messages('ack-fail')).toEqual([1]);
    expect(at.subscriber.outstanding).toBe(0);
  });
});

it('a batch is never short because of work that ended while the connection was down', () => {
  const at = new SubscriberStage({ acknowledge: 'batched', batchSize: 3 }, 6);
  at.stage.restart();
  at.end(1);
  at.stage.world.pass(SECOND + 1);
  at.end(2);
  at.end(3);
  expect(at.messages('settle')).toEqual([]);
  at.end(4);
  expect(at.messages('settle')).toEqual([1, 2, 3]);
});

describe('a subscriber to whom to be sent is to be acknowledged, and that is told to stop', () => {
  it('gives nothing back, for there is nothing to give back, and does all that it has got', () => {
    const at = new SubscriberStage({ acknowledge: 'automatic', prefetch: 0 }, 4);
    at.subscriber.stop();
    at.stage.world.settle();
    for (let nth = 1; nth <= 4; nth++) at.end(nth);
    expect(at.working.map(({ trace }) => trace)).toEqual([1, 2, 3, 4]);
    expect(at.messages('nack-invoke')).toEqual([]);
    expect(at.stage.events.of('refused')).toEqual([]);
    expect(at.subscriber.outstanding).toBe(0);
  });
});
