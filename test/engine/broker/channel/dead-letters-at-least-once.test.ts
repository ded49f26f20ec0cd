import { describe, expect, it } from 'vitest';
import { LetterFate } from '../../../../history/index.js';
import { ChannelStage, MILLI, MINUTE, textOf } from './channel-stage.js';

const TO_DEAD = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'dead' } as const;
const AT_LEAST_ONCE = { 'x-queue-type': 'quorum', 'x-overflow': 'reject-publish', 'x-dead-letter-strategy': 'at-least-once', ...TO_DEAD } as const;

function aStage(args: Readonly<Record<string, unknown>> = AT_LEAST_ONCE, dead: Readonly<Record<string, unknown>> = {}, flush: 'never' | 'always' = 'never') {
  const stage = new ChannelStage({ flush });
  const hand = stage.client('hand');
  hand.queue('dead', dead);
  hand.queue('jobs', args);
  return { stage, hand };
}

const reject = (hand: ReturnType<ChannelStage['client']>, queue = 'jobs'): void => {
  hand.reject(hand.get(queue)!.deliveryTag, false);
};

describe('a quorum queue that dead-letters at least once', () => {
  it('lets go of a message when its letter is confirmed', () => {
    const { stage, hand } = aStage();
    hand.publish('1', 'jobs');
    reject(hand);
    expect(hand.ready('dead')).toBe(1);
    expect(stage.events.of('dead-letter')).toMatchObject([{ a: 1, c: LetterFate.stored }]);
    expect(stage.events.of('move')).toMatchObject([{ c: 0 }]);
    expect(stage.broker.queueDepth('jobs')).toEqual({ ready: 0, leased: 0, delayed: 0 });
  });

  it('keeps it until the letter is durable', () => {
    const { stage, hand } = aStage(AT_LEAST_ONCE, {}, 'always');
    hand.publish('1', 'jobs');
    const { deliveryTag } = hand.get('jobs')!;
    hand.reject(deliveryTag, false);
    const names = stage.events.list.map(({ event }) => event);
    const told = names.slice(names.indexOf('dead-letter'), names.indexOf('move') + 1);
    expect(told).toEqual(['dead-letter', 'accept', 'death-header', 'fsync', 'move']);
  });

  it('keeps what is refused, and tries again after three minutes', () => {
    const { stage, hand } = aStage(AT_LEAST_ONCE, { 'x-max-length': 1, 'x-overflow': 'reject-publish' });
    for (const text of ['1', '2']) hand.publish(text, 'jobs');
    reject(hand);
    reject(hand);
    expect(stage.broker.queueDepth('jobs')).toEqual({ ready: 0, leased: 0, delayed: 1 });
    expect(textOf(hand.get('dead', true)!)).toBe('1');
    stage.world.pass(3 * MINUTE - 10 * MILLI);
    expect(hand.ready('dead')).toBe(0);
    stage.world.pass(20 * MILLI);
    expect(textOf(hand.get('dead', true)!)).toBe('2');
    expect(stage.broker.queueDepth('jobs').delayed).toBe(0);
  });

  it('retries with those alone that do not have it', () => {
    const { stage, hand } = aStage({ ...AT_LEAST_ONCE, 'x-dead-letter-exchange': 'amq.fanout' }, { 'x-max-length': 1, 'x-overflow': 'reject-publish' });
    hand.queue('other');
    hand.bind('amq.fanout', 'dead');
    hand.bind('amq.fanout', 'other');
    hand.publish('0', 'dead');
    hand.publish('1', 'jobs');
    reject(hand);
    expect([hand.ready('dead'), hand.ready('other'), stage.broker.queueDepth('jobs').delayed]).toEqual([1, 1, 1]);
    hand.get('dead', true);
    stage.world.pass(3 * MINUTE + MILLI);
    expect([hand.ready('dead'), hand.ready('other'), stage.broker.queueDepth('jobs').delayed]).toEqual([1, 1, 0]);
  });

  it('keeps what leads nowhere, until it does', () => {
    const { stage, hand } = aStage({ ...AT_LEAST_ONCE, 'x-dead-letter-exchange': 'later' });
    hand.publish('1', 'jobs');
    reject(hand);
    expect(stage.events.of('dead-letter')).toMatchObject([{ c: LetterFate.unroutable }]);
    hand.exchange('later', 'fanout');
    hand.bind('later', 'dead');
    stage.world.pass(3 * MINUTE + MILLI);
    expect(hand.ready('dead')).toBe(1);
  });

  it('counts what it keeps towards its length limit', () => {
    const { hand } = aStage({ ...AT_LEAST_ONCE, 'x-max-length': 2, 'x-dead-letter-exchange': 'missing' });
    hand.say({ operation: 'confirmSelect' });
    const confirms: string[] = [];
    for (let index = 0; index < 6; index++) {
      confirms.push(...hand.confirms(hand.publish(String(index), 'jobs')));
      if (index < 3) reject(hand);
    }
    // Full with two that wait; a quorum queue overshoots by one.
    expect(confirms).toEqual(['+1', '+2', '+3', '-4', '-5', '-6']);
  });

  it('has 32 letters under way at most, and the others in their turn', () => {
    const { stage, hand } = aStage({ ...AT_LEAST_ONCE, 'x-dead-letter-exchange': 'missing' });
    for (let index = 0; index < 40; index++) {
      hand.publish(String(index), 'jobs');
      reject(hand);
    }
    expect(stage.events.of('dead-letter')).toHaveLength(32);
    hand.exchange('missing', 'fanout');
    hand.bind('missing', 'dead');
    stage.world.pass(3 * MINUTE + MILLI);
    expect(hand.drain('dead')).toEqual(Array.from({ length: 40 }, (_, index) => String(index)));
  });

  it('keeps what would go round by itself', () => {
    const { stage, hand } = aStage({ ...AT_LEAST_ONCE, 'x-dead-letter-routing-key': 'jobs', 'x-message-ttl': 100 });
    hand.publish('1', 'jobs');
    stage.world.pass(200 * MILLI);
    expect(stage.broker.queueDepth('jobs')).toEqual({ ready: 0, leased: 0, delayed: 1 });
  });

  it('publishes once more after a restart what was not confirmed before it', () => {
    const { stage, hand } = aStage({ ...AT_LEAST_ONCE, 'x-dead-letter-exchange': 'amq.fanout' }, { 'x-max-length': 1, 'x-overflow': 'reject-publish' });
    hand.bind('amq.fanout', 'dead');
    hand.publish('0', 'dead');
    hand.publish('1', 'jobs');
    reject(hand);
    stage.restart();
    const again = stage.client('again');
    expect(stage.broker.queueDepth('jobs').delayed).toBe(1);
    again.get('dead', true);
    stage.world.pass(3 * MINUTE + MILLI);
    const letter = again.get('dead', true)!;
    expect([textOf(letter), letter.envelope.deaths.map(({ reason, count }) => `${count} ${reason}`)]).toEqual(['1', ['1 rejected']]);
  });
});

describe('falls back to at most once', () => {
  it.each([
    ['a queue that drops its head', { ...AT_LEAST_ONCE, 'x-overflow': 'drop-head' }],
    ['a queue that does not say what gives way', { 'x-queue-type': 'quorum', 'x-dead-letter-strategy': 'at-least-once', ...TO_DEAD }],
    ['a queue that says so', { ...AT_LEAST_ONCE, 'x-dead-letter-strategy': 'at-most-once' }],
  ])('%s', (_, args) => {
    const { stage, hand } = aStage(args, { 'x-max-length': 0, 'x-overflow': 'reject-publish' });
    hand.publish('1', 'jobs');
    reject(hand);
    expect(stage.broker.queueDepth('jobs')).toEqual({ ready: 0, leased: 0, delayed: 0 });
    // What a full queue refused of it is told, and nothing is tried again.
    expect(stage.events.of('dead-letter').filter(({ a }) => a > 0)).toEqual([]);
  });
});

describe('refusals', () => {
  it('an unknown strategy', () => {
    const { hand } = aStage();
    hand.queue('other', { ...AT_LEAST_ONCE, 'x-dead-letter-strategy': 'twice' });
    expect(hand.closedText).toBe("PRECONDITION_FAILED - invalid arg 'x-dead-letter-strategy' for queue 'other' in vhost '/': invalid_dlx_strategy");
  });

  it('a classic queue does not know it', () => {
    const { hand } = aStage();
    hand.queue('other', { 'x-dead-letter-strategy': 'at-least-once', ...TO_DEAD });
    expect(hand.closedText).toBe("PRECONDITION_FAILED - invalid arg 'x-dead-letter-strategy' for queue 'other' in vhost '/' of queue type rabbit_classic_queue");
  });
});
