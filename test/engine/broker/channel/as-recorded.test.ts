import { describe, expect, it } from 'vitest';
import type { RabbitmqVersion } from '../../../../engine/index.js';
import { ChannelStage, MILLI, textOf } from './channel-stage.js';

// Rules that differential tests against a server (test/differential/) have brought to light.

type Arguments = Readonly<Record<string, unknown>>;

function aQueue(args: Arguments = {}, version: RabbitmqVersion = '3.10') {
  const stage = new ChannelStage({ version });
  const hand = stage.client('hand');
  hand.queue('dead');
  hand.queue('jobs', args);
  return { stage, hand };
}

const QUORUM = { 'x-queue-type': 'quorum' } as const;
const TO_DEAD = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'dead' } as const;

describe('bindings', () => {
  it('an unbind of what is not there is no error, whatever is missing', () => {
    const { hand } = aQueue();
    for (const [source, destination] of [['missing', 'jobs'], ['amq.direct', 'missing'], ['missing', 'missing'], ['amq.direct', 'jobs']] as const) {
      expect(hand.say({ operation: 'queueUnbind', source, destination, key: '' })).toMatchObject([{ method: 'queueUnbind' }]);
    }
    hand.say({ operation: 'queueUnbind', source: '', destination: 'jobs', key: 'jobs' });
    expect(hand.closedWith).toBe(403);
  });

  it('a bind whose both ends are missing names the exchange', () => {
    const { hand } = aQueue();
    hand.bind('missing', 'missing-queue');
    expect(hand.closedText).toBe("NOT_FOUND - no exchange 'missing' in vhost '/'");
  });
});

describe('a queue that is declared again', () => {
  const again = (declare: { readonly arguments?: Arguments; readonly durable?: boolean; readonly exclusive?: boolean; readonly autoDelete?: boolean }): string => {
    const { hand } = aQueue({ 'x-max-length': 5, 'x-overflow': 'drop-head' });
    hand.say({ operation: 'queueDeclare', name: 'jobs', durable: true, ...declare });
    return hand.closedText.replace('PRECONDITION_FAILED - inequivalent arg ', '');
  };

  it('is compared by its arguments as they stand, in a fixed order, before anyone asks whether they can be', () => {
    expect(again({ arguments: { 'x-max-length': -1, 'x-overflow': 'drop-head' } })).toBe("'x-max-length' for queue 'jobs' in vhost '/': received '-1' but current is '5'");
    expect(again({ arguments: { 'x-max-length': 5 } })).toBe("'x-overflow' for queue 'jobs' in vhost '/': received none but current is the value 'drop-head' of type 'longstr'");
    expect(again({ arguments: { 'x-overflow': 'explode', 'x-expires': 0 } }))
      .toBe("'x-expires' for queue 'jobs' in vhost '/': received the value '0' of type 'signedint' but current is none");
    expect(again({ durable: false, arguments: { 'x-max-length': 'x' } })).toBe("'durable' for queue 'jobs' in vhost '/': received 'false' but current is 'true'");
    expect(again({ autoDelete: true })).toBe("'auto_delete' for queue 'jobs' in vhost '/': received 'true' but current is 'false'");
    expect(again({ exclusive: true })).toMatch(/^RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'jobs' in vhost '\/'\. It could be/);
    expect(again({ arguments: { 'x-max-length': 5, 'x-overflow': 'drop-head', 'x-unknown': 1, 'x-queue-type': 'classic' } })).toBe('');
  });
});

describe('words of refusals', () => {
  it.each<[string, Arguments, string]>([
    ['a negative length', { 'x-max-length': -1 }, '{value_negative,-1}'],
    ['an expiry of 0', { 'x-expires': 0 }, '{value_zero,0}'],
    ['more than ten years to live', { 'x-message-ttl': 315_360_000_001 }, '{value_too_large,315360000001}'],
    ['a priority above 255', { 'x-max-priority': 256 }, '{max_value_exceeded,256}'],
    ['an unknown overflow', { 'x-overflow': 'explode' }, 'invalid_overflow'],
    ['a key without an exchange', { 'x-dead-letter-routing-key': 'k' }, 'routing_key_but_no_dlx_defined'],
    ['an unknown type', { 'x-queue-type': 'heap' }, '"unsupported queue type \'heap\'"'],
    ['a text for a length', { 'x-max-length': 'ten' }, '"expected integer, got longstr"'],
  ])('%s', (_, args, why) => {
    const { hand } = aQueue();
    hand.queue('other', args);
    expect(hand.closedText).toBe(`PRECONDITION_FAILED - invalid arg '${Object.keys(args)[0]}' for queue 'other' in vhost '/': ${why}`);
  });

  it.each([['', ': no_integer'], ['5x', ': {leftover_string,"x"}'], ['-1', ': {value_negative,-1}']])('the expiration "%s"', (expiration, why) => {
    const { hand } = aQueue();
    hand.publish('1', 'jobs', { expiration });
    expect(hand.closedText).toBe(`PRECONDITION_FAILED - invalid expiration '${expiration}'${why}`);
  });

  it('a type of queue refuses the arguments of the other', () => {
    const { hand } = aQueue();
    hand.queue('other', { 'x-delivery-limit': 3 });
    expect(hand.closedText).toBe("PRECONDITION_FAILED - invalid arg 'x-delivery-limit' for queue 'other' in vhost '/' of queue type rabbit_classic_queue");
  });

  it('channel.flow off is not implemented', () => {
    const { hand } = aQueue();
    hand.say({ operation: 'flow', active: false });
    expect([hand.closedWith, hand.isOpen]).toEqual([540, false]);
  });

  it('a quorum queue is not deleted on a condition', () => {
    const { hand } = aQueue(QUORUM);
    hand.say({ operation: 'queueDelete', name: 'jobs', ifUnused: true });
    expect([hand.closedWith, hand.isOpen]).toEqual([540, false]);
  });

  it('a consumer tag is looked at before the queue is', () => {
    const { hand } = aQueue();
    hand.consume('jobs', { tag: 'one' });
    hand.consume('missing', { tag: 'one' });
    expect(hand.closedWith).toBe(530);
  });
});

describe('prefetch', () => {
  it('a qos that is not global lifts the limit of the channel', () => {
    const { hand } = aQueue();
    hand.say({ operation: 'qos', prefetch: 1, global: true });
    hand.consume('jobs');
    hand.publish('1', 'jobs');
    hand.publish('2', 'jobs');
    expect(hand.deliveries).toHaveLength(1);
    hand.say({ operation: 'qos', prefetch: 0 });
    expect(hand.deliveries).toHaveLength(2);
  });

  it('the limit of the channel holds for consumers without acknowledgements, too', () => {
    const { hand } = aQueue();
    hand.say({ operation: 'qos', prefetch: 1, global: true });
    hand.consume('dead', { tag: 'one' });
    hand.publish('1', 'dead');
    hand.consume('jobs', { tag: 'two', noAck: true });
    hand.publish('2', 'jobs');
    expect(hand.deliveries).toHaveLength(1);
  });
});

describe('turns', () => {
  it('a consumer that could not take a message when it was his turn comes back to the end of the line', () => {
    const { hand } = aQueue();
    hand.say({ operation: 'qos', prefetch: 1 });
    for (const tag of ['a', 'b', 'c']) hand.consume('jobs', { tag });
    for (const text of ['1', '2', '3', '4']) hand.publish(text, 'jobs');
    // All are full, and each has been tried. They come back as they acknowledge: b takes 4, then c and a stand in line.
    hand.ack(2);
    hand.ack(3);
    hand.ack(1);
    hand.publish('5', 'jobs');
    expect(hand.deliveries.map(({ consumerTag }) => consumerTag)).toEqual(['a', 'b', 'c', 'b', 'c']);
  });

  it('single active, classic: the first of the highest priority follows, and does not take over before', () => {
    const { hand } = aQueue({ 'x-single-active-consumer': true });
    hand.consume('jobs', { tag: 'first' });
    hand.consume('jobs', { tag: 'low' });
    hand.consume('jobs', { tag: 'high', priority: 5 });
    hand.publish('1', 'jobs');
    hand.say({ operation: 'cancel', tag: 'first' });
    hand.publish('2', 'jobs');
    expect(hand.deliveries.map(({ consumerTag }) => consumerTag)).toEqual(['first', 'high']);
  });

  it('single active, quorum before 4.0: who came first follows, whatever the priority', () => {
    for (const [version, tags] of [['3.13', ['first', 'low']], ['4.2', ['first', 'high']]] as const) {
      const { hand } = aQueue({ ...QUORUM, 'x-single-active-consumer': true }, version);
      hand.consume('jobs', { tag: 'first' });
      hand.consume('jobs', { tag: 'low' });
      hand.publish('1', 'jobs');
      hand.consume('jobs', { tag: 'high', priority: 5 });
      hand.say({ operation: 'cancel', tag: 'first' });
      hand.publish('2', 'jobs');
      expect(hand.deliveries.map(({ consumerTag }) => consumerTag)).toEqual(tags);
    }
  });
});

describe('what comes back', () => {
  it('classic: what is too much is dropped before consumers are served', () => {
    const { stage, hand } = aQueue({ 'x-max-length': 1 });
    for (const text of ['1', '2', '3']) {
      hand.publish(text, 'jobs');
      hand.get('jobs');
    }
    const other = stage.client('other');
    other.consume('jobs');
    hand.nack(0, true, true);
    // Each message that was got is a return of its own.
    expect(other.deliveries.map(textOf)).toEqual(['1R', '2R', '3R']);
    const third = stage.client('third');
    other.say({ operation: 'cancel', tag: other.deliveries[0]!.consumerTag! });
    third.consume('jobs');
    other.nack(0, true, true);
    expect(third.deliveries.map(textOf)).toEqual(['3R']);
  });

  it('quorum without a delivery limit: what a channel left behind is served first, what was given back goes to the tail', () => {
    const { stage, hand } = aQueue(QUORUM);
    for (const text of ['1', '2', '3']) hand.publish(text, 'jobs');
    hand.get('jobs');
    hand.nack(hand.get('jobs')!.deliveryTag);
    hand.close();
    expect(stage.client('other').drain('jobs')).toEqual(['1R', '3', '2R']);
  });
});

describe('limits', () => {
  it('reject-publish in bytes: the message that would be too much is refused', () => {
    const { hand } = aQueue({ 'x-max-length-bytes': 6, 'x-overflow': 'reject-publish' });
    hand.say({ operation: 'confirmSelect' });
    hand.publish('four', 'jobs');
    expect(hand.confirms(hand.publish('abc', 'jobs'))).toEqual(['-2']);
    expect(hand.confirms(hand.publish('ab', 'jobs'))).toEqual(['+3']);
  });

  it('quorum, reject-publish: one message more than the limit, and none before there is a fifth of it free', () => {
    const { hand } = aQueue({ ...QUORUM, 'x-max-length': 5, 'x-overflow': 'reject-publish' });
    hand.say({ operation: 'confirmSelect' });
    for (let number = 1; number <= 7; number++) hand.publish(String(number), 'jobs');
    expect(hand.confirms()).toEqual(['+1', '+2', '+3', '+4', '+5', '+6', '-7']);
    hand.get('jobs', true);
    expect(hand.confirms(hand.publish('8', 'jobs'))).toEqual(['-8']);
    hand.get('jobs', true);
    expect(hand.confirms(hand.publish('9', 'jobs'))).toEqual(['+9']);
  });

  it('what stands at the head after a drop and is expired goes, too', () => {
    const { stage, hand } = aQueue({ 'x-max-length': 1, ...TO_DEAD });
    hand.publish('1', 'jobs');
    hand.publish('2', 'jobs', { expiration: '0' });
    stage.world.pass(MILLI);
    expect([hand.ready('jobs'), hand.ready('dead')]).toEqual([0, 2]);
  });

  it('a dead letter is refused by a full classic queue and taken by a full quorum queue', () => {
    for (const [args, ready] of [[{}, 1], [QUORUM, 2]] as const) {
      const { hand } = aQueue({ 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'full' });
      hand.queue('full', { ...args, 'x-max-length': 1, 'x-overflow': 'reject-publish' });
      hand.publish('1', 'full');
      hand.publish('2', 'jobs');
      hand.reject(hand.get('jobs')!.deliveryTag, false);
      expect(hand.ready('full')).toBe(ready);
    }
  });
});

describe('routing', () => {
  it('BCC keys are not shown, and lead dead letters, too', () => {
    const { hand } = aQueue({ 'x-dead-letter-exchange': '' });
    hand.queue('hidden');
    hand.publish('1', 'jobs', { bcc: ['hidden'] });
    expect(hand.get('hidden', true)!.envelope.keys).toEqual(['jobs']);
    hand.reject(hand.get('jobs')!.deliveryTag, false);
    expect(hand.get('hidden')!.envelope.deaths).toMatchObject([{ queue: 'jobs', reason: 'rejected', keys: ['jobs'] }]);
  });

  it('in a transaction a message goes where its exchange led when it was published', () => {
    const { hand } = aQueue();
    hand.exchange('news', 'fanout');
    hand.bind('news', 'jobs');
    hand.say({ operation: 'txSelect' });
    hand.publish('1', '', {}, 'news');
    hand.bind('news', 'dead');
    hand.say({ operation: 'exchangeDelete', name: 'news' });
    hand.say({ operation: 'txCommit' });
    expect([hand.ready('jobs'), hand.ready('dead'), hand.closedWith]).toEqual([1, 0, null]);
  });
});
