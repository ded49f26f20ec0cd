import { describe, expect, it } from 'vitest';
import { Closed } from '../../../history/index.js';
import { SECOND } from '../broker/channel/channel-stage.js';
import { SubscriberStage } from './subscriber-stage.js';

describe('a subscriber that acknowledges a delivery twice', () => {
  const first = (): SubscriberStage => {
    const at = new SubscriberStage({ acknowledgesTwice: 1, concurrency: 2 }, 4);
    at.end(1);
    return at;
  };

  it('loses its channel for that: 406, and what the channel held goes back, but for what was acknowledged', () => {
    const at = first();
    expect(at.messages('settle')).toEqual([1]);
    expect(at.stage.events.of('refused')).toMatchObject([{ actor: 'subscriber', a: at.stage.events.name('406 PRECONDITION_FAILED'), b: Closed.channel }]);
    expect(at.stage.client('other').ready('jobs')).toBe(3);
  });

  it('cannot acknowledge on it what it works on, and gets that again on another one, marked as redelivered', () => {
    const at = first();
    at.end(2);
    expect(at.messages('ack-fail')).toEqual([2]);
    at.stage.world.pass(2 * SECOND);
    expect(at.working.map(({ trace }) => trace)).toEqual([1, 2, 3, 2]);
    expect(at.messages('flagged-redelivered')).toEqual([2, 3, 4]);
  });

  it('gets through with all of it, one channel after the other', () => {
    const at = first();
    for (let nth = 2; nth <= at.working.length && nth < 50; nth++) {
      at.end(nth);
      at.stage.world.pass(5 * SECOND);
    }
    expect([...new Set(at.messages('settle'))].sort()).toEqual([1, 2, 3, 4]);
    expect(at.subscriber.outstanding).toBe(0);
  });
});

it('a subscriber that acknowledges each delivery once keeps its channel', () => {
  const at = new SubscriberStage({ concurrency: 2 }, 4);
  for (let nth = 1; nth <= 4; nth++) at.end(nth);
  expect(at.stage.events.of('refused')).toEqual([]);
  expect(at.messages('settle')).toEqual([1, 2, 3, 4]);
});
