import { describe, expect, it } from 'vitest';
import { SECOND } from '../broker/channel/channel-stage.js';
import { SubscriberStage } from './subscriber-stage.js';

const SLOW = { 'x-queue-type': 'quorum', 'x-consumer-timeout': 10_000, 'x-delivery-limit': 1 };

describe('a subscriber that its broker cancels because it is too slow', () => {
  it('gives back what it has not begun, at once, and takes nothing more before it has done with the rest', () => {
    const at = new SubscriberStage({}, 6, SLOW);
    at.stage.world.pass(11 * SECOND);
    expect(at.messages('nack-invoke')).toEqual([2, 3, 4]);
    expect(at.stage.client('other').ready('jobs')).toBe(6);
    at.stage.world.pass(60 * SECOND);
    expect(at.working).toHaveLength(1);
  });

  it('acknowledges what was taken back all the same, to no effect, and subscribes again on another channel', () => {
    const at = new SubscriberStage({}, 6, SLOW);
    at.stage.world.pass(11 * SECOND);
    at.end(1);
    expect(at.stage.events.of('refused')).toEqual([]);
    expect(at.messages('settle')).toEqual([]);
    expect(at.working.map(({ trace }) => trace)).toEqual([1, 1]);
    for (let nth = 2; nth <= 7; nth++) at.end(nth);
    expect(at.messages('settle').sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(at.subscriber.outstanding).toBe(0);
  });

  it('acknowledges to effect what is not overdue', () => {
    const at = new SubscriberStage({ concurrency: 2 }, 2, SLOW);
    at.end(2);
    at.stage.world.pass(9 * SECOND);
    at.stage.client('late').publish('3', 'jobs');
    at.stage.world.pass(2 * SECOND);
    expect(at.working.map(({ trace }) => trace)).toEqual([1, 2, 1]);
    at.end(3);
    expect(at.messages('settle')).toEqual([2, 1]);
  });

  it('holds never more than its prefetch, and no delivery limit counts what it gave back: all is done in the end', () => {
    const at = new SubscriberStage({ prefetch: 3 }, 12, SLOW);
    for (let nth = 1; nth <= at.working.length && nth < 100; nth++) {
      if (nth % 3 === 1) at.stage.world.pass(11 * SECOND);
      at.end(nth);
    }
    expect(at.messages('settle').sort((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(at.stage.client('other').ready('jobs')).toBe(0);
  });

  it('ends when it is told to, after what it works on', () => {
    const at = new SubscriberStage({}, 6, SLOW);
    at.stage.world.pass(11 * SECOND);
    at.subscriber.stop();
    expect(at.subscriber.outstanding).toBe(1);
    at.end(1);
    at.stage.world.pass(10 * SECOND);
    expect(at.working).toHaveLength(1);
    expect(at.stage.client('other').ready('jobs')).toBe(6);
  });

  it('leaves nothing behind of what it let lie without an answer', () => {
    const at = new SubscriberStage({ onFailure: 'leave', concurrency: 2 }, 2, SLOW);
    at.working[1]!.fail();
    at.stage.world.pass(11 * SECOND);
    at.end(1);
    expect(at.working.map(({ trace }) => trace).slice(2).sort()).toEqual([1, 2]);
  });

  it.each(['batched', 'transactional'] as const)('with acknowledgements %s goes on likewise', (acknowledge) => {
    const at = new SubscriberStage({ acknowledge, batchSize: 3 }, 6, SLOW);
    at.stage.world.pass(11 * SECOND);
    for (let nth = 1; nth <= 7; nth++) at.end(nth);
    expect(at.messages('settle').sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(at.subscriber.outstanding).toBe(0);
  });
});
