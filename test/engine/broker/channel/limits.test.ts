import { describe, expect, it } from 'vitest';
import type { RabbitmqVersion } from '../../../../engine/index.js';
import { ChannelStage, type Method, MILLI, SECOND, textOf } from './channel-stage.js';

type Arguments = Readonly<Record<string, unknown>>;

/** A queue `jobs` with these arguments, whose dead letters go to `dead` where it names the default exchange for them. */
function aQueue(args: Arguments, version: RabbitmqVersion = '4.2') {
  const stage = new ChannelStage({ version });
  const hand = stage.client('hand');
  hand.queue('dead');
  hand.queue('jobs', args);
  return { stage, hand };
}

const TO_DEAD = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'dead' } as const;

describe('time to live', () => {
  it('head of queue: what expired behind one that lives longer waits for it', () => {
    const { stage, hand } = aQueue(TO_DEAD);
    hand.publish('long', 'jobs', { expiration: '1500' });
    hand.publish('short', 'jobs', { expiration: '100' });
    stage.world.pass(600 * MILLI);
    expect([hand.ready('dead'), hand.ready('jobs')]).toEqual([0, 2]);
    stage.world.pass(1_200 * MILLI);
    expect([hand.ready('dead'), hand.ready('jobs')]).toEqual([2, 0]);
  });

  it('the lower of the queue\'s and the message\'s own counts', () => {
    const { stage, hand } = aQueue({ ...TO_DEAD, 'x-message-ttl': 500 });
    hand.publish('1', 'jobs', { expiration: '100' });
    stage.world.pass(150 * MILLI);
    hand.publish('2', 'jobs', { expiration: '10000' });
    expect(hand.ready('dead')).toBe(1);
    stage.world.pass(520 * MILLI);
    expect(hand.ready('dead')).toBe(2);
  });

  it('0 expires unless delivered at once: dead-lettered, and nothing is returned', () => {
    const { hand } = aQueue({ ...TO_DEAD, 'x-message-ttl': 0 });
    expect(hand.publish('1', 'jobs', {}, '', true)).toEqual([]);
    expect([hand.ready('jobs'), hand.ready('dead')]).toEqual([0, 1]);
    hand.consume('jobs');
    hand.publish('2', 'jobs');
    expect(hand.deliveries.map(textOf)).toEqual(['2']);
  });

  it('a requeued message keeps its expiry', () => {
    const { stage, hand } = aQueue({ ...TO_DEAD, 'x-message-ttl': 500 });
    hand.publish('1', 'jobs');
    const { deliveryTag } = hand.get('jobs')!;
    stage.world.pass(400 * MILLI);
    hand.nack(deliveryTag);
    expect(hand.ready('jobs')).toBe(1);
    stage.world.pass(150 * MILLI);
    expect(hand.ready('dead')).toBe(1);
  });

  it('a passive declaration is a use of a classic queue', () => {
    const { stage, hand } = aQueue({ 'x-expires': 1_000 });
    for (let look = 0; look < 5; look++) {
      stage.world.pass(700 * MILLI);
      hand.ready('jobs');
    }
    expect(hand.closedWith).toBeNull();
  });

  it('a quorum queue looks every five seconds whether it was used', () => {
    const { stage, hand } = aQueue({ 'x-queue-type': 'quorum', 'x-expires': 1_000 });
    stage.world.pass(4.9 * SECOND);
    expect(stage.client('other').ready('jobs')).toBe(0);
    // To be declared again is no use of it.
    stage.world.pass(0.2 * SECOND);
    hand.say({ operation: 'queueDeclare', name: 'jobs', passive: true });
    expect(hand.closedWith).toBe(404);
  });

  it('a queue that is not used for its x-expires is gone, and its messages are not dead-lettered', () => {
    const { stage, hand } = aQueue({ ...TO_DEAD, 'x-expires': 1_000 });
    hand.publish('1', 'jobs');
    stage.world.pass(900 * MILLI);
    hand.queue('jobs', { ...TO_DEAD, 'x-expires': 1_000 });
    stage.world.pass(900 * MILLI);
    expect(hand.ready('jobs')).toBe(1);
    stage.world.pass(2 * SECOND);
    expect(hand.ready('dead')).toBe(0);
    hand.say({ operation: 'queueDeclare', name: 'jobs', passive: true });
    expect(hand.closedWith).toBe(404);
  });
});

describe('length limits', () => {
  it('drop-head: what a restart takes from a consumer and is too much goes at once', () => {
    const { stage, hand } = aQueue({ ...TO_DEAD, 'x-max-length': 2 });
    for (const text of ['1', '2']) hand.publish(text, 'jobs', { persistent: true });
    hand.drain('jobs');
    for (const text of ['3', '4']) hand.publish(text, 'jobs', { persistent: true });
    stage.restart();
    const again = stage.client('again');
    expect([again.ready('jobs'), again.ready('dead')]).toEqual([2, 2]);
    expect(again.drain('jobs').map((text) => text.replace('R', ''))).toEqual(['3', '4']);
  });

  it('drop-head: the oldest goes; bytes count bodies', () => {
    const { hand } = aQueue({ ...TO_DEAD, 'x-max-length': 2 });
    for (const text of ['1', '2', '3']) hand.publish(text, 'jobs');
    expect(hand.drain('jobs')).toEqual(['2', '3']);
    expect(hand.get('dead')!.envelope.deaths[0]).toMatchObject({ reason: 'maxlen', queue: 'jobs', count: 1 });
    const bytes = aQueue({ 'x-max-length-bytes': 5 }).hand;
    for (const text of ['aaa', 'bb', 'c']) bytes.publish(text, 'jobs');
    expect(bytes.drain('jobs')).toEqual(['bb', 'c']);
  });

  it('reject-publish, classic: exact: 200 published, 5 confirmed', () => {
    const { hand } = aQueue({ 'x-max-length': 5, 'x-overflow': 'reject-publish' });
    hand.say({ operation: 'confirmSelect' });
    const replies = hand.sayAll(Array.from({ length: 200 }, (_, index) => hand.message(String(index), 'jobs')));
    expect(hand.confirms(replies).filter((confirm) => confirm.startsWith('-'))).toHaveLength(195);
    expect(hand.ready('jobs')).toBe(5);
  });

  it('reject-publish, quorum: passed by one message at least', () => {
    const { hand } = aQueue({ 'x-queue-type': 'quorum', 'x-max-length': 5, 'x-overflow': 'reject-publish' });
    hand.say({ operation: 'confirmSelect' });
    const confirms = Array.from({ length: 9 }, (_, index) => hand.confirms(hand.publish(String(index), 'jobs'))[0]);
    expect(confirms).toEqual(['+1', '+2', '+3', '+4', '+5', '+6', '-7', '-8', '-9']);
    // It takes messages again when it has much less.
    for (const _ of [1, 2]) hand.get('jobs', true);
    expect(hand.confirms(hand.publish('9', 'jobs'))).toEqual(['+10']);
  });

  it('reject-publish, quorum: what a publisher sends before it hears of it is taken, which is 400 at once, or as many as were left of that', () => {
    for (const [before, confirmed] of [[0, 400], [50, 400], [250, 600]] as const) {
      const stage = new ChannelStage({ flush: 'always' });
      const hand = stage.client('hand');
      hand.queue('jobs', { 'x-queue-type': 'quorum', 'x-max-length': before + 5, 'x-overflow': 'reject-publish' });
      hand.say({ operation: 'confirmSelect' });
      for (let number = 0; number < before; number++) hand.publish('one by one', 'jobs');
      hand.sayAll(Array.from({ length: 2_000 }, () => hand.message('at once', 'jobs')));
      expect(hand.ready('jobs')).toBe(confirmed);
    }
  });

  it('reject-publish, quorum: nobody hears that there is room before the journal has it', () => {
    const stage = new ChannelStage({ flush: 'always' });
    const hand = stage.client('hand');
    hand.queue('jobs', { 'x-queue-type': 'quorum', 'x-max-length': 1, 'x-overflow': 'reject-publish' });
    hand.say({ operation: 'confirmSelect' });
    for (const text of ['1', '2']) hand.publish(text, 'jobs');
    const consumed = Array.from({ length: 2 }, (): Method => ({ operation: 'get', queue: 'jobs', noAck: true }));
    expect(hand.confirms(hand.sayAll([...consumed, hand.message('3', 'jobs')]))).toEqual(['-3']);
    expect(hand.confirms(hand.publish('4', 'jobs'))).toEqual(['+4']);
  });

  it('reject-publish-dlx: refused, and a dead letter', () => {
    const { hand } = aQueue({ ...TO_DEAD, 'x-max-length': 1, 'x-overflow': 'reject-publish-dlx' });
    hand.say({ operation: 'confirmSelect' });
    hand.publish('1', 'jobs');
    expect(hand.confirms(hand.publish('2', 'jobs'))).toEqual(['-2']);
    expect(hand.drain('dead')).toEqual(['2']);
  });

  it('count what is ready: reject-publish lets a requeue exceed the limit', () => {
    const { hand } = aQueue({ 'x-max-length': 2, 'x-overflow': 'reject-publish' });
    hand.say({ operation: 'confirmSelect' });
    hand.publish('1', 'jobs');
    hand.publish('2', 'jobs');
    const { deliveryTag } = hand.get('jobs')!;
    expect(hand.confirms(hand.publish('3', 'jobs'))).toEqual(['+3']);
    hand.nack(deliveryTag);
    expect(hand.ready('jobs')).toBe(3);
  });

  it('drop-head: a message that comes back to the head of a full queue is dropped at once', () => {
    const { hand } = aQueue({ 'x-max-length': 2 });
    hand.publish('1', 'jobs');
    const { deliveryTag } = hand.get('jobs')!;
    hand.publish('2', 'jobs');
    hand.publish('3', 'jobs');
    hand.nack(deliveryTag);
    expect(hand.drain('jobs')).toEqual(['2', '3']);
  });
});

describe('priorities', () => {
  it('classic: highest first, absent is 0, above the maximum is the maximum', () => {
    const { hand } = aQueue({ 'x-max-priority': 5 });
    for (const [text, priority] of [['a', 1], ['b', 3], ['c', undefined], ['d', 9], ['e', 3]] as const) {
      hand.publish(text, 'jobs', priority === undefined ? {} : { priority });
    }
    expect(hand.drain('jobs')).toEqual(['d', 'b', 'e', 'a', 'c']);
  });

  it('quorum 4.3: 32 strict levels, 4 by default', () => {
    const { hand } = aQueue({ 'x-queue-type': 'quorum' }, '4.3');
    for (const [text, priority] of [['low', 3], ['usual', undefined], ['high', 5], ['top', 31]] as const) {
      hand.publish(text, 'jobs', priority === undefined ? {} : { priority });
    }
    expect(hand.drain('jobs')).toEqual(['top', 'high', 'usual', 'low']);
  });

  it('quorum 4.2: above 4 is high, served two for one', () => {
    const { hand } = aQueue({ 'x-queue-type': 'quorum' });
    for (const text of ['n1', 'n2']) hand.publish(text, 'jobs', { priority: 4 });
    for (const text of ['h1', 'h2', 'h3', 'h4']) hand.publish(text, 'jobs', { priority: 5 });
    expect(hand.drain('jobs')).toEqual(['h1', 'h2', 'n1', 'h3', 'h4', 'n2']);
  });

  // RabbitMQ 4.0 to 4.2: rabbit_fifo_q, next.
  it('quorum 4.2: at the third turn a high one that is older than the first of the others comes first', () => {
    const { hand } = aQueue({ 'x-queue-type': 'quorum' });
    const publish = (text: string): unknown => hand.publish(text, 'jobs', { priority: text.startsWith('h') ? 9 : 0 });
    for (const text of ['h1', 'h2', 'h3', 'n1', 'h4', 'h5', 'h6']) publish(text);
    expect(hand.drain('jobs')).toEqual(['h1', 'h2', 'h3', 'h4', 'h5', 'n1', 'h6']);
  });

  it('quorum 4.2: whatever is taken counts as a turn, and so does what expires at the head or is too much', () => {
    const turns = (before: (hand: ReturnType<typeof aQueue>['hand'], stage: ReturnType<typeof aQueue>['stage']) => void, args: Arguments = {}): unknown => {
      const { stage, hand } = aQueue({ 'x-queue-type': 'quorum', ...args });
      before(hand, stage);
      for (const text of ['n1', 'h1', 'h2', 'h3']) hand.publish(text, 'jobs', { priority: text.startsWith('h') ? 9 : 0 });
      return hand.drain('jobs');
    };
    const take = (count: number) => (hand: ReturnType<typeof aQueue>['hand']): void => {
      for (let number = 0; number < count; number++) {
        hand.publish('early', 'jobs');
        hand.get('jobs', true);
      }
    };
    expect(turns(take(0))).toEqual(['h1', 'h2', 'n1', 'h3']);
    expect(turns(take(1))).toEqual(['h1', 'n1', 'h2', 'h3']);
    expect(turns(take(2))).toEqual(['n1', 'h1', 'h2', 'h3']);
    expect(turns((hand, stage) => {
      for (let number = 0; number < 2; number++) hand.publish('brief', 'jobs', { expiration: '10' });
      stage.world.pass(50 * MILLI);
    })).toEqual(['n1', 'h1', 'h2', 'h3']);
    // Four at most: of five the first is too much.
    expect(turns((hand) => hand.publish('too much', 'jobs', { priority: 9 }), { 'x-max-length': 4 })).toEqual(['h1', 'n1', 'h2', 'h3']);
  });

  // RabbitMQ: rabbit_fifo, requeue.
  it.each([['4.2', ['n1', 'h3', 'h4', 'h1R']], ['4.3', ['h3', 'h4', 'n1', 'h1R']]] as const)('quorum %s without a delivery limit: what is given back has lost its priority', (version, order) => {
    const { hand } = aQueue({ 'x-queue-type': 'quorum', 'x-delivery-limit': -1 }, version);
    for (const text of ['n1', 'h1', 'h2', 'h3', 'h4']) hand.publish(text, 'jobs', { priority: text.startsWith('h') ? 9 : 4 });
    const first = hand.get('jobs')!;
    expect(textOf(hand.get('jobs', true)!)).toBe('h2');
    hand.nack(first.deliveryTag);
    expect(hand.drain('jobs')).toEqual(order);
  });
});

describe('dead letters', () => {
  it('x-death: one entry for each queue and reason, newest first; the first death never changes; the expiration is gone', () => {
    const { stage, hand } = aQueue(TO_DEAD);
    hand.publish('1', 'jobs', { expiration: '50' });
    stage.world.pass(100 * MILLI);
    const once = hand.get('dead')!;
    expect(once.envelope.deaths).toMatchObject([{ queue: 'jobs', reason: 'expired', count: 1, exchange: '', keys: ['jobs'], originalExpirationMicros: 50_000 }]);
    expect(once.envelope.expirationMicros).toBeNull();
    expect(once.envelope.keys).toEqual(['dead']);
    hand.queue('second', TO_DEAD);
    const { envelope } = once;
    expect(envelope.firstDeath).toEqual({ queue: 'jobs', reason: 'expired', exchange: '' });
  });

  it('a reject with its own exchange for dead letters goes round, and its count rises', () => {
    const { hand } = aQueue({ 'x-dead-letter-exchange': '' });
    hand.publish('1', 'jobs');
    for (let round = 1; round <= 3; round++) hand.reject(hand.get('jobs')!.deliveryTag, false);
    expect(hand.get('jobs')!.envelope.deaths).toMatchObject([{ queue: 'jobs', reason: 'rejected', count: 3 }]);
  });

  it('an automatic cycle is dropped', () => {
    const { stage, hand } = aQueue({ 'x-dead-letter-exchange': '', 'x-message-ttl': 50 });
    hand.publish('1', 'jobs');
    stage.world.pass(SECOND);
    expect(hand.ready('jobs')).toBe(0);
    expect(stage.events.of('drop')).toHaveLength(1);
  });

  it('no exchange of that name: dropped silently', () => {
    const { hand } = aQueue({ 'x-dead-letter-exchange': 'missing' });
    hand.publish('1', 'jobs');
    hand.reject(hand.get('jobs')!.deliveryTag, false);
    expect([hand.ready('jobs'), hand.closedWith]).toEqual([0, null]);
  });

  it('deleting a queue dead-letters nothing', () => {
    const { hand } = aQueue(TO_DEAD);
    hand.publish('1', 'jobs');
    hand.say({ operation: 'queueDelete', name: 'jobs' });
    expect(hand.ready('dead')).toBe(0);
  });

  it('survive a restart with their deaths', () => {
    const { stage, hand } = aQueue(TO_DEAD);
    hand.publish('1', 'jobs');
    hand.reject(hand.get('jobs')!.deliveryTag, false);
    stage.restart();
    expect(stage.client('again').get('dead')!.envelope.deaths).toMatchObject([{ reason: 'rejected', queue: 'jobs' }]);
  });
});

describe('delivery limit', () => {
  const rounds = (version: RabbitmqVersion, how: 'nack' | 'reject', times: number) => {
    const { hand } = aQueue({ 'x-queue-type': 'quorum', 'x-delivery-limit': 2, ...TO_DEAD }, version);
    hand.publish('1', 'jobs');
    const counts: (number | null)[] = [];
    for (let round = 0; round < times; round++) {
      const delivery = hand.get('jobs');
      if (delivery === null) break;
      counts.push(delivery.returns);
      if (how === 'nack') hand.nack(delivery.deliveryTag);
      else hand.reject(delivery.deliveryTag, true);
    }
    return { counts, dead: hand.get('dead')?.envelope.deaths[0]?.reason ?? null };
  };

  it('counts a restart with the message in a consumer\'s hands: beyond the limit it is a dead letter, without another delivery', () => {
    const { stage, hand } = aQueue({ 'x-queue-type': 'quorum', 'x-delivery-limit': 0, ...TO_DEAD });
    hand.publish('held', 'jobs', { persistent: true });
    hand.publish('ready', 'jobs', { persistent: true });
    expect(textOf(hand.get('jobs')!)).toBe('held');
    stage.restart();
    const again = stage.client('again');
    expect([again.drain('jobs'), again.drain('dead')]).toEqual([['ready'], ['held']]);
  });

  it('of 2: delivered with x-delivery-count 0, 1, 2, then dead-lettered', () => {
    expect(rounds('4.2', 'nack', 9)).toEqual({ counts: [0, 1, 2], dead: 'delivery_limit' });
    expect(rounds('4.3', 'reject', 9)).toEqual({ counts: [0, 1, 2], dead: 'delivery_limit' });
  });

  it('4.3: a nack does not count, so a message that is only ever nacked comes for ever', () => {
    expect(rounds('4.3', 'nack', 50)).toEqual({ counts: new Array(50).fill(0), dead: null });
  });

  it('is 20 by default since 4.0, and none before', () => {
    const deliveries = (version: RabbitmqVersion): number => {
      const { hand } = aQueue({ 'x-queue-type': 'quorum' }, version);
      hand.publish('1', 'jobs');
      for (let count = 0; count < 30; count++) {
        const delivery = hand.get('jobs');
        if (delivery === null) return count;
        hand.nack(delivery.deliveryTag);
      }
      return 30;
    };
    expect([deliveries('3.13'), deliveries('4.2')]).toEqual([30, 21]);
  });
});
