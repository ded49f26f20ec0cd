import { describe, expect, it } from 'vitest';
import type { RabbitmqVersion } from '../../../../engine/index.js';
import { type ChannelHand, ChannelStage, MILLI, SECOND, textOf } from './channel-stage.js';

const QUORUM = { 'x-queue-type': 'quorum' } as const;

function aStage(args: Readonly<Record<string, unknown>>, version: RabbitmqVersion = '4.3') {
  const stage = new ChannelStage({ version });
  const hand = stage.client('hand');
  hand.queue('jobs', { ...QUORUM, ...args });
  return { stage, hand };
}

/** Milliseconds until what came back can be had, to the next hundred; 0: at once. */
function waits(stage: ChannelStage, hand: ChannelHand, how: 'nack' | 'reject'): number {
  const { deliveryTag } = hand.get('jobs')!;
  if (how === 'nack') hand.nack(deliveryTag);
  else hand.reject(deliveryTag, true);
  let waited = 0;
  while (hand.ready('jobs') === 0 && waited < 100_000) {
    stage.world.pass(100 * MILLI);
    waited += 100;
  }
  return waited;
}

describe('a quorum queue with delayed retries', () => {
  it('waits longer each time that a delivery failed, up to the longest', () => {
    const { stage, hand } = aStage({ 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1_000, 'x-delayed-retry-max': 2_500 });
    hand.publish('1', 'jobs');
    expect([1, 2, 3, 4].map(() => waits(stage, hand, 'reject'))).toEqual([1_000, 2_000, 2_500, 2_500]);
  });

  it('a negative acknowledgement is no failure, so that it waits the shortest time', () => {
    const { stage, hand } = aStage({ 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1_000, 'x-delayed-retry-max': 9_000 });
    hand.publish('1', 'jobs');
    expect([1, 2, 3].map(() => waits(stage, hand, 'nack'))).toEqual([1_000, 1_000, 1_000]);
  });

  it.each([['failed', 0, 1_000], ['returned', 1_000, 0], ['all', 1_000, 1_000], ['disabled', 0, 0], ['sometimes', 0, 0]])('type %s', (type, nacked, rejected) => {
    const { stage, hand } = aStage({ 'x-delayed-retry-type': type, 'x-delayed-retry-min': 1_000 });
    hand.publish('1', 'jobs');
    expect([waits(stage, hand, 'nack'), waits(stage, hand, 'reject')]).toEqual([nacked, rejected]);
  });

  it('what a channel held when it ended failed', () => {
    const { stage, hand } = aStage({ 'x-delayed-retry-type': 'failed', 'x-delayed-retry-min': 1_000 });
    hand.publish('1', 'jobs');
    const other = stage.client('other');
    other.get('jobs');
    other.close();
    expect(stage.broker.queueDepth('jobs')).toEqual({ ready: 0, leased: 0, delayed: 1 });
    stage.world.pass(SECOND);
    expect(textOf(hand.get('jobs')!)).toBe('1R');
  });

  it('others are delivered meanwhile, and it comes before those that are new', () => {
    const { stage, hand } = aStage({ 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1_000 });
    for (const text of ['1', '2', '3']) hand.publish(text, 'jobs');
    hand.reject(hand.get('jobs')!.deliveryTag, true);
    expect(textOf(hand.get('jobs')!)).toBe('2');
    stage.world.pass(SECOND);
    expect(hand.drain('jobs')).toEqual(['1R', '3']);
  });

  it('a consumer gets it when its delay is over', () => {
    const { stage, hand } = aStage({ 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1_000 });
    hand.consume('jobs');
    hand.publish('1', 'jobs');
    hand.reject(1, true);
    expect(hand.deliveries).toHaveLength(1);
    stage.world.pass(SECOND);
    expect(hand.deliveries).toHaveLength(2);
  });

  it('the delivery limit comes first', () => {
    const { stage, hand } = aStage({ 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1_000, 'x-delivery-limit': 0 });
    hand.publish('1', 'jobs');
    hand.reject(hand.get('jobs')!.deliveryTag, true);
    expect(stage.broker.queueDepth('jobs')).toEqual({ ready: 0, leased: 0, delayed: 0 });
  });

  it('without a delivery limit what is negatively acknowledged goes to the tail at once', () => {
    const { hand } = aStage({ 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1_000, 'x-delivery-limit': -1 });
    for (const text of ['1', '2']) hand.publish(text, 'jobs');
    hand.nack(hand.get('jobs')!.deliveryTag);
    expect(hand.drain('jobs')).toEqual(['2', '1R']);
  });

  it('what waits counts towards the length limit', () => {
    const { hand } = aStage({ 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1_000, 'x-max-length': 1 });
    hand.publish('1', 'jobs');
    hand.reject(hand.get('jobs')!.deliveryTag, true);
    hand.publish('2', 'jobs');
    expect(hand.ready('jobs')).toBe(0);
  });

  it('a delay that runs when the broker stops begins again', () => {
    const { stage, hand } = aStage({ 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1_000 });
    hand.publish('1', 'jobs');
    hand.reject(hand.get('jobs')!.deliveryTag, true);
    stage.world.pass(900 * MILLI);
    stage.restart();
    const again = stage.client('again');
    stage.world.pass(900 * MILLI);
    expect(again.ready('jobs')).toBe(0);
    stage.world.pass(200 * MILLI);
    expect(textOf(again.get('jobs')!)).toBe('1R');
  });

  it('expires when its delay is over, if its time to live was over before', () => {
    const { stage, hand } = aStage({ 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1_000, 'x-message-ttl': 500 });
    hand.publish('1', 'jobs');
    hand.reject(hand.get('jobs')!.deliveryTag, true);
    stage.world.pass(600 * MILLI);
    expect(stage.broker.queueDepth('jobs').delayed).toBe(1);
    stage.world.pass(600 * MILLI);
    expect(stage.broker.queueDepth('jobs')).toEqual({ ready: 0, leased: 0, delayed: 0 });
  });
});

describe('before version 4.3', () => {
  it('nobody knows the arguments', () => {
    const { stage, hand } = aStage({ 'x-delayed-retry-type': 'all', 'x-delayed-retry-min': 1_000 }, '4.2');
    hand.publish('1', 'jobs');
    expect(waits(stage, hand, 'reject')).toBe(0);
  });
});

describe('version 4.3', () => {
  it('a classic queue refuses the arguments', () => {
    const hand = new ChannelStage({ version: '4.3' }).client('hand');
    hand.queue('jobs', { 'x-delayed-retry-type': 'all' });
    expect(hand.closedText).toBe("PRECONDITION_FAILED - invalid arg 'x-delayed-retry-type' for queue 'jobs' in vhost '/' of queue type rabbit_classic_queue");
  });

  it('what is rejected goes into the line of returns even without a delivery limit', () => {
    const { hand } = aStage({ 'x-delivery-limit': -1 });
    for (const text of ['1', '2']) hand.publish(text, 'jobs');
    hand.reject(hand.get('jobs')!.deliveryTag, true);
    expect(hand.drain('jobs')).toEqual(['1R', '2']);
  });

  it('basic.recover is no failure', () => {
    const { hand } = aStage({ 'x-delivery-limit': 0 });
    hand.publish('1', 'jobs');
    for (let round = 0; round < 3; round++) {
      expect(hand.get('jobs')).not.toBeNull();
      hand.say({ operation: 'recover', requeue: true });
    }
    expect(hand.ready('jobs')).toBe(1);
  });
});
