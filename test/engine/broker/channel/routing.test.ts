import { describe, expect, it } from 'vitest';
import { ChannelStage, SECOND } from './channel-stage.js';

function aStage() {
  const stage = new ChannelStage();
  const hand = stage.client('hand');
  return { stage, hand };
}

describe('routing', () => {
  it('default exchange: every queue by its name; it cannot be bound, declared or deleted (403)', () => {
    const { stage, hand } = aStage();
    hand.queue('jobs');
    hand.publish('1', 'jobs');
    expect(hand.ready('jobs')).toBe(1);
    for (const method of [
      { operation: 'queueBind', source: '', destination: 'jobs', key: 'x' }, { operation: 'exchangeDelete', name: '' },
      { operation: 'exchangeDeclare', name: '', type: 'direct' }, { operation: 'exchangeDeclare', name: 'amq.mine', type: 'direct' },
    ] as const) {
      const other = stage.client('other');
      other.say(method);
      expect(other.closedWith, method.operation).toBe(403);
    }
  });

  it('topic: `*` is one word, `#` any number; the empty key matches only `#`', () => {
    const { hand } = aStage();
    hand.exchange('topics', 'topic');
    for (const [queue, key] of [['star', '*'], ['hash', '#'], ['a-hash', 'a.#'], ['hash-b', '#.b'], ['a-hash-b', 'a.#.b']] as const) {
      hand.queue(queue);
      hand.bind('topics', queue, key);
    }
    const reached = (key: string): string[] => {
      hand.publish('1', key, {}, 'topics');
      return ['star', 'hash', 'a-hash', 'hash-b', 'a-hash-b'].filter((queue) => hand.say({ operation: 'queuePurge', name: queue }).some((reply) => reply.operation === 'methodOk' && reply.messages === 1));
    };
    expect(reached('')).toEqual(['hash']);
    expect(reached('a')).toEqual(['star', 'hash', 'a-hash']);
    expect(reached('b')).toEqual(['star', 'hash', 'hash-b']);
    expect(reached('a.b')).toEqual(['hash', 'a-hash', 'hash-b', 'a-hash-b']);
  });

  it('two bindings that match lead one copy to a queue', () => {
    const { hand } = aStage();
    hand.queue('jobs');
    hand.bind('amq.topic', 'jobs', 'a.*');
    hand.bind('amq.topic', 'jobs', '*.b');
    hand.publish('1', 'a.b', {}, 'amq.topic');
    expect(hand.ready('jobs')).toBe(1);
  });

  it('headers: all without arguments matches everything, any without arguments nothing, a wrong x-match is 406', () => {
    const { hand } = aStage();
    hand.queue('everything');
    hand.queue('nothing');
    hand.bind('amq.headers', 'everything', '', { 'x-match': 'all' });
    hand.bind('amq.headers', 'nothing', '', { 'x-match': 'any' });
    hand.publish('1', '', { headers: { colour: 'red' } }, 'amq.headers');
    expect([hand.ready('everything'), hand.ready('nothing')]).toEqual([1, 0]);
    hand.bind('amq.headers', 'nothing', '', { 'x-match': 'most' });
    expect(hand.closedWith).toBe(406);
    expect(hand.closedText).toBe('PRECONDITION_FAILED - Invalid x-match field value <<"most">>; expected all, any, all-with-x, or any-with-x');
  });

  it('the empty name is the queue that was declared last on the channel, and with an empty key its key too', () => {
    const { hand } = aStage();
    hand.queue('jobs');
    hand.bind('amq.direct', '', '');
    hand.publish('1', 'jobs', {}, 'amq.direct');
    hand.publish('2', '', {}, 'amq.direct');
    expect(hand.ready('jobs')).toBe(1);
    hand.say({ operation: 'get', queue: '' });
    hand.say({ operation: 'queuePurge', name: '' });
    expect([hand.closedWith, hand.ready('jobs')]).toEqual([null, 0]);
    hand.say({ operation: 'queueDelete', name: '' });
    hand.say({ operation: 'queueDeclare', name: 'jobs', passive: true });
    expect(hand.closedWith).toBe(404);
  });

  it('what the alternate exchange absorbs is confirmed and not returned', () => {
    const { hand } = aStage();
    hand.exchange('spare', 'fanout');
    hand.exchange('main', 'direct', 'spare');
    hand.queue('caught');
    hand.bind('spare', 'caught');
    hand.say({ operation: 'confirmSelect' });
    expect(hand.confirms(hand.publish('1', 'nowhere', {}, 'main', true))).toEqual(['+1']);
    expect(hand.ready('caught')).toBe(1);
  });

  it('CC routes further and stays, BCC routes further and is gone', () => {
    const { hand } = aStage();
    for (const name of ['a', 'b', 'c']) hand.queue(name);
    hand.publish('1', 'a', { cc: ['b'], bcc: ['c'] });
    expect(['a', 'b', 'c'].map((name) => hand.ready(name))).toEqual([1, 1, 1]);
    expect(hand.get('c')!.envelope.keys).toEqual(['a', 'b']);
  });
});

describe('confirms', () => {
  it('unroutable and mandatory: the return comes before the ack; not mandatory: the ack alone', () => {
    const { hand } = aStage();
    hand.say({ operation: 'confirmSelect' });
    expect(hand.confirms(hand.publish('1', 'nowhere', {}, '', true))).toEqual(['return', '+1']);
    expect(hand.confirms(hand.publish('2', 'nowhere'))).toEqual(['+2']);
    expect(hand.heard.find(({ operation }) => operation === 'returned')).toMatchObject({ code: 312, text: 'NO_ROUTE' });
  });

  it('a fanout to a full and a free queue is a nack, and the free queue keeps its copy', () => {
    const { hand } = aStage();
    hand.queue('full', { 'x-max-length': 1, 'x-overflow': 'reject-publish' });
    hand.queue('free');
    hand.publish('0', 'full');
    for (const name of ['full', 'free']) hand.bind('amq.fanout', name);
    hand.say({ operation: 'confirmSelect' });
    expect(hand.confirms(hand.publish('1', '', {}, 'amq.fanout'))).toEqual(['-1']);
    expect([hand.ready('full'), hand.ready('free')]).toEqual([1, 1]);
  });

  it('wait for the journal, and say `multiple` for several that come through at once', () => {
    const stage = new ChannelStage({ flush: 'always' });
    const hand = stage.client('hand');
    hand.queue('jobs');
    hand.say({ operation: 'confirmSelect' });
    const replies = hand.sayAll([1, 2, 3, 4].map((number) => hand.message(String(number), 'jobs')));
    expect(hand.confirms(replies).at(-1)).toMatch(/^\+4/);
    expect(hand.confirms(replies).length).toBeLessThan(4);
  });

  it('a publish to an exchange that is not there closes the channel with 404, and what is outstanding is never confirmed', () => {
    const stage = new ChannelStage({ flush: 'always' });
    const hand = stage.client('hand');
    hand.queue('jobs');
    hand.say({ operation: 'confirmSelect' });
    hand.sayAll([hand.message('1', 'jobs'), hand.message('2', 'x', {}, 'missing')]);
    expect(hand.closedWith).toBe(404);
    expect(hand.confirms()).toEqual([]);
  });

  it('a channel is in one mode: confirm or tx (406)', () => {
    const { stage, hand } = aStage();
    hand.say({ operation: 'confirmSelect' });
    hand.say({ operation: 'txSelect' });
    expect([hand.closedWith, hand.closedText]).toEqual([406, 'PRECONDITION_FAILED - cannot switch from confirm to tx mode']);
    const other = stage.client('other');
    other.say({ operation: 'txSelect' });
    other.say({ operation: 'confirmSelect' });
    expect(other.closedWith).toBe(406);
  });
});

describe('tx', () => {
  it('publishes and acknowledgements count with the commit, and not after a rollback', () => {
    const { stage, hand } = aStage();
    hand.queue('jobs');
    hand.publish('1', 'jobs');
    hand.say({ operation: 'txSelect' });
    const { deliveryTag } = hand.get('jobs')!;
    hand.ack(deliveryTag);
    hand.publish('2', 'jobs');
    const other = stage.client('other');
    expect(other.ready('jobs')).toBe(0);
    hand.say({ operation: 'txRollback' });
    hand.ack(deliveryTag);
    hand.publish('3', 'jobs');
    expect(hand.say({ operation: 'txCommit' }).at(-1)).toMatchObject({ operation: 'methodOk', method: 'txCommit' });
    hand.close();
    expect(other.drain('jobs')).toEqual(['3']);
  });

  it('of which a queue refuses something: 406 at the commit, and the other queues keep what they took', () => {
    const { stage, hand } = aStage();
    hand.queue('full', { 'x-max-length': 0, 'x-overflow': 'reject-publish' });
    hand.queue('free');
    hand.say({ operation: 'txSelect' });
    hand.publish('1', 'free');
    hand.publish('2', 'full');
    hand.publish('3', 'free');
    hand.say({ operation: 'txCommit' });
    expect(hand.closedText).toBe('PRECONDITION_FAILED - partial tx completion');
    expect(stage.client('other').drain('free')).toEqual(['1', '3']);
  });

  it('of which a quorum queue refuses something: committed all the same', () => {
    const { hand } = aStage();
    hand.queue('full', { 'x-queue-type': 'quorum', 'x-max-length': 0, 'x-overflow': 'reject-publish' });
    hand.publish('0', 'full');
    hand.say({ operation: 'txSelect' });
    hand.publish('1', 'full');
    expect(hand.say({ operation: 'txCommit' })).toMatchObject([{ operation: 'methodOk', method: 'txCommit' }]);
    expect(hand.ready('full')).toBe(1);
  });

  it('returns come before commit-ok; commit without select is 406', () => {
    const { stage, hand } = aStage();
    hand.say({ operation: 'txSelect' });
    hand.publish('1', 'nowhere', {}, '', true);
    expect(hand.say({ operation: 'txCommit' }).map(({ operation }) => operation)).toEqual(['returned', 'methodOk']);
    const other = stage.client('other');
    other.say({ operation: 'txCommit' });
    expect(other.closedWith).toBe(406);
  });
});

describe('after a restart', () => {
  const declared = () => {
    const stage = new ChannelStage();
    const hand = stage.client('hand');
    hand.queue('jobs');
    hand.queue('fleeting', {}, { durable: false });
    hand.exchange('lasting', 'topic', 'amq.fanout');
    hand.say({ operation: 'exchangeDeclare', name: 'passing', type: 'fanout', durable: false });
    for (const [source, queue] of [['lasting', 'jobs'], ['lasting', 'fleeting'], ['passing', 'jobs'], ['amq.direct', 'jobs']] as const) hand.bind(source, queue, 'key');
    hand.say({ operation: 'exchangeBind', source: 'amq.topic', destination: 'lasting', key: '#' });
    return { stage, hand };
  };
  const readyAfter = (stage: ChannelStage, exchange: string): number => {
    const hand = stage.client(`client of ${exchange}`);
    hand.publish('1', 'key', {}, exchange);
    return hand.closedWith ?? hand.ready('jobs');
  };

  it('durable exchanges are there with their settings and with their bindings to what is durable; others are not', () => {
    const { stage } = declared();
    stage.restart();
    expect(['lasting', 'amq.topic', 'amq.direct', 'passing'].map((exchange) => readyAfter(stage, exchange))).toEqual([1, 2, 3, 404]);
    const again = stage.client('again');
    expect(again.say({ operation: 'exchangeDeclare', name: 'lasting', type: 'topic', durable: true, alternateExchange: 'amq.fanout' })).toMatchObject([{ method: 'exchangeDeclare' }]);
    again.queue('fleeting', {}, { durable: false });
    expect(again.ready('fleeting')).toBe(0);
  });

  it('what was deleted or unbound stays away, and so do bindings to a queue that was deleted and declared anew', () => {
    const { stage, hand } = declared();
    hand.say({ operation: 'queueUnbind', source: 'amq.direct', destination: 'jobs', key: 'key' });
    hand.say({ operation: 'queueDelete', name: 'jobs' });
    hand.queue('jobs');
    hand.say({ operation: 'exchangeDelete', name: 'lasting' });
    stage.restart();
    expect(['lasting', 'amq.topic', 'amq.direct'].map((exchange) => readyAfter(stage, exchange))).toEqual([404, 0, 0]);
  });

  it('also when the journal begins with a checkpoint', () => {
    const { stage, hand } = declared();
    const large = 'x'.repeat(100_000);
    for (let number = 0; number < 40; number++) {
      hand.publish(large, 'jobs');
      hand.get('jobs', true);
    }
    stage.world.pass(SECOND);
    stage.restart();
    expect(readyAfter(stage, 'lasting')).toBe(1);
  });
});
