import { describe, expect, it } from 'vitest';
import type { Policy, PolicyDefinition } from '../../../../engine/index.js';
import { type ChannelHand, ChannelStage, MILLI, SECOND, textOf } from './channel-stage.js';

// What is not obvious of these was measured on RabbitMQ 3.10.8.

const policy = (definition: PolicyDefinition, rest: Partial<Policy> = {}): Policy =>
  ({ name: 'p', pattern: '^jobs', applyTo: 'queues', priority: 0, definition, isOperator: false, ...rest });

const set = (hand: ChannelHand, definition: PolicyDefinition, rest: Partial<Policy> = {}) => hand.say({ operation: 'setPolicy', policy: policy(definition, rest) });

function aStage(args: Readonly<Record<string, unknown>> = {}) {
  const stage = new ChannelStage({ version: '4.2' });
  const hand = stage.client('hand');
  hand.queue('jobs', args);
  return { stage, hand };
}

const fill = (hand: ChannelHand, ...texts: readonly string[]): void => {
  for (const text of texts) hand.publish(text, 'jobs');
};

const TYPES = [['classic', {}], ['quorum', { 'x-queue-type': 'quorum' }]] as const;

describe('a policy', () => {
  it.each(TYPES)('changes a %s queue that is there, at once, and those that come', (_, args) => {
    const { hand } = aStage(args);
    fill(hand, '1', '2', '3');
    set(hand, { maxLength: 1 });
    expect(hand.ready('jobs')).toBe(1);
    hand.queue('jobs-too', args);
    for (const text of ['4', '5']) hand.publish(text, 'jobs-too');
    expect(hand.drain('jobs-too')).toEqual(['5']);
  });

  it.each([['classic', {}, ['3']], ['quorum', { 'x-queue-type': 'quorum' }, ['1', '2', '3']]] as const)(
    'that bounds a %s queue and lets it refuse in one go: heads go only where the length comes first', (_, args, left) => {
      const { hand } = aStage(args);
      fill(hand, '1', '2', '3');
      set(hand, { maxLength: 1, overflow: 'reject-publish' });
      expect(hand.drain('jobs')).toEqual(left);
    },
  );

  it('that bounds a queue which refuses: nothing goes', () => {
    const { hand } = aStage({ 'x-overflow': 'reject-publish' });
    fill(hand, '1', '2', '3');
    set(hand, { maxLength: 1 });
    expect(hand.drain('jobs')).toEqual(['1', '2', '3']);
  });

  it('that is cleared leaves what was declared', () => {
    const { hand } = aStage();
    set(hand, { maxLength: 1 });
    expect(hand.say({ operation: 'clearPolicy', name: 'p', isOperator: false })).toMatchObject([{ method: 'clearPolicy' }]);
    fill(hand, '1', '2');
    expect(hand.ready('jobs')).toBe(2);
    expect(hand.say({ operation: 'clearPolicy', name: 'p', isOperator: false })).toMatchObject([{ operation: 'refused' }]);
  });

  it('is one of all that match: that of the highest priority', () => {
    const { hand } = aStage();
    set(hand, { maxLength: 1, deadLetterExchange: 'x' }, { name: 'low' });
    set(hand, { maxLength: 3 }, { name: 'high', priority: 5 });
    fill(hand, '1', '2', '3', '4');
    expect(hand.ready('jobs')).toBe(3);
  });

  it.each<[Policy['applyTo'], number, number]>([['all', 1, 1], ['queues', 1, 1], ['classic_queues', 1, 2], ['quorum_queues', 2, 1], ['exchanges', 2, 2]])(
    'applies to %s: a classic queue keeps %i, a quorum queue %i of two', (applyTo, classic, quorum) => {
      const { hand } = aStage();
      hand.queue('jobs-q', { 'x-queue-type': 'quorum' });
      set(hand, { maxLength: 1 }, { applyTo });
      for (const name of ['jobs', 'jobs-q']) for (const text of ['1', '2']) hand.publish(text, name);
      expect([hand.ready('jobs'), hand.ready('jobs-q')]).toEqual([classic, quorum]);
    },
  );

  it('says something that a classic queue does not have: then nothing of it applies there', () => {
    const { hand } = aStage();
    set(hand, { maxLength: 1, deliveryLimit: 2 });
    fill(hand, '1', '2');
    expect(hand.ready('jobs')).toBe(2);
  });

  it('finds its pattern anywhere in a name', () => {
    const { hand } = aStage();
    hand.queue('my-jobs');
    set(hand, { maxLength: 0 }, { pattern: 'jobs$' });
    fill(hand, '1');
    hand.publish('1', 'my-jobs');
    expect([hand.ready('jobs'), hand.ready('my-jobs')]).toEqual([0, 0]);
  });

  it('outlives a restart', () => {
    const { stage, hand } = aStage();
    set(hand, { maxLength: 1 });
    stage.restart();
    const again = stage.client('again');
    fill(again, '1', '2');
    expect(again.ready('jobs')).toBe(1);
  });

  it('gives an exchange an alternate exchange, unless it was declared with one', () => {
    const { hand } = aStage();
    for (const name of ['own', 'theirs', 'else']) hand.exchange(name, 'fanout');
    hand.queue('jobs-own');
    hand.queue('jobs-theirs');
    hand.bind('own', 'jobs-own');
    hand.bind('theirs', 'jobs-theirs');
    hand.exchange('x1', 'direct');
    hand.exchange('x2', 'direct', 'own');
    set(hand, { alternateExchange: 'theirs' }, { applyTo: 'exchanges', pattern: '^x' });
    hand.publish('1', 'nowhere', {}, 'x1');
    hand.publish('2', 'nowhere', {}, 'x2');
    expect([hand.drain('jobs-theirs'), hand.drain('jobs-own')]).toEqual([['1'], ['2']]);
  });
});

describe('arguments and a policy', () => {
  it('of two lengths the lower counts', () => {
    const { hand } = aStage({ 'x-max-length': 2 });
    set(hand, { maxLength: 3 });
    fill(hand, '1', '2', '3', '4');
    expect(hand.ready('jobs')).toBe(2);
    set(hand, { maxLength: 1 });
    expect(hand.ready('jobs')).toBe(1);
  });

  it.each([['classic', ['1']], ['quorum', ['3']]])('of two ways to overflow, in a %s queue', (type, left) => {
    const { hand } = aStage({ 'x-queue-type': type, 'x-max-length': 1, 'x-overflow': 'reject-publish' });
    set(hand, { overflow: 'drop-head', maxLength: 3 });
    fill(hand, '1', '2', '3');
    expect(hand.drain('jobs')).toEqual(left);
  });

  it('of two exchanges for dead letters that of the arguments counts', () => {
    const { hand } = aStage({ 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'dead-1' });
    hand.queue('dead-1');
    hand.queue('dead-2');
    set(hand, { deadLetterExchange: '', deadLetterRoutingKey: 'dead-2' });
    fill(hand, '1');
    hand.reject(hand.get('jobs')!.deliveryTag, false);
    expect([hand.ready('dead-1'), hand.ready('dead-2')]).toEqual([1, 0]);
  });

  it.each([[3, 1, 2], [1, 3, 2], [-1, 2, 3], [2, -1, 3]])('of the delivery limits %i and %i the lower counts, or the one there is: %i deliveries', (argument, limit, deliveries) => {
    const { hand } = aStage({ 'x-queue-type': 'quorum', 'x-delivery-limit': argument });
    set(hand, { deliveryLimit: limit });
    fill(hand, '1');
    let count = 0;
    for (let delivery = hand.get('jobs'); delivery !== null; delivery = hand.get('jobs')) {
      count++;
      hand.reject(delivery.deliveryTag, true);
    }
    expect(count).toBe(deliveries);
  });

  it('a delivery limit that comes late sends what comes back to the returns, and not to the tail', () => {
    const { hand } = aStage({ 'x-queue-type': 'quorum', 'x-delivery-limit': -1 });
    fill(hand, '1', '2');
    set(hand, { deliveryLimit: 5 });
    hand.nack(hand.get('jobs')!.deliveryTag);
    expect(hand.drain('jobs')).toEqual(['1R', '2']);
  });

  it.each(TYPES)('a time to live is for what comes after it, in a %s queue', (_, args) => {
    const { stage, hand } = aStage(args);
    fill(hand, 'old');
    set(hand, { messageTtlMicros: 300 * MILLI });
    fill(hand, 'new');
    stage.world.pass(SECOND);
    // It stands behind one that lives longer.
    expect(hand.ready('jobs')).toBe(2);
    expect(textOf(hand.get('jobs', true)!)).toBe('old');
    expect(hand.get('jobs')).toBeNull();
  });

  describe.each(TYPES)('over a restart, in a %s queue', (_, args) => {
    it('a time to live holds for what came with it, and not for what came before', () => {
      const { stage, hand } = aStage(args);
      fill(hand, 'old');
      set(hand, { messageTtlMicros: 300 * MILLI });
      fill(hand, 'new');
      stage.restart();
      stage.world.pass(SECOND);
      const again = stage.client('again');
      expect(textOf(again.get('jobs', true)!)).toBe('old');
      expect(again.get('jobs')).toBeNull();
    });

    it('what came with one keeps it when the policy is cleared', () => {
      const { stage, hand } = aStage(args);
      set(hand, { messageTtlMicros: 300 * MILLI });
      fill(hand, 'old');
      hand.say({ operation: 'clearPolicy', name: 'p', isOperator: false });
      fill(hand, 'new');
      stage.restart();
      stage.world.pass(SECOND);
      expect(stage.client('again').drain('jobs')).toEqual(['new']);
    });
  });

  it('an expiry counts from when the queue was used last', () => {
    const { stage, hand } = aStage();
    set(hand, { expiresMicros: SECOND });
    stage.world.pass(2 * SECOND);
    hand.say({ operation: 'queueDeclare', name: 'jobs', passive: true });
    expect(hand.closedWith).toBe(404);
  });
});

describe('an operator policy', () => {
  it('applies beside a policy, and limits it', () => {
    const { hand } = aStage();
    set(hand, { maxLength: 3, overflow: 'reject-publish' });
    set(hand, { maxLength: 2, overflow: 'drop-head' }, { name: 'op', isOperator: true });
    fill(hand, '1', '2', '3');
    expect(hand.drain('jobs')).toEqual(['2', '3']);
  });

  it('may be higher than the policy: then the policy counts', () => {
    const { hand } = aStage();
    set(hand, { maxLength: 1 });
    set(hand, { maxLength: 2 }, { name: 'p', isOperator: true });
    fill(hand, '1', '2');
    expect(hand.ready('jobs')).toBe(1);
  });

  it('goes when it is cleared, and the policy of the same name stays', () => {
    const { hand } = aStage();
    set(hand, { maxLength: 2 });
    set(hand, { maxLength: 1 }, { isOperator: true });
    hand.say({ operation: 'clearPolicy', name: 'p', isOperator: true });
    fill(hand, '1', '2', '3');
    expect(hand.ready('jobs')).toBe(2);
  });
});

it('an operator policy says nothing of the overflow in 3.10', () => {
  const hand = new ChannelStage({ version: '3.10' }).client('hand');
  expect(set(hand, { overflow: 'drop-head' }, { isOperator: true })).toMatchObject([{ operation: 'refused' }]);
});

describe('what cannot be is refused, and changes nothing', () => {
  it.each<[string, PolicyDefinition, Partial<Policy>, string]>([
    ['no definition', {}, {}, 'no policy provided'],
    ['an unknown setting', { maxWidth: 3 } as PolicyDefinition, {}, 'maxWidth is not a recognised policy setting'],
    ['a negative length', { maxLength: -1 }, {}, '-1 is not valid for maxLength'],
    ['an expiry of nothing', { expiresMicros: 0 }, {}, '0 is not valid for expiresMicros'],
    ['an unknown overflow', { overflow: 'explode' as 'drop-head' }, {}, 'explode is not valid for overflow'],
    ['a pattern that is none', { maxLength: 1 }, { pattern: '(' }, 'pattern should be regular expression but is invalid'],
    ['an unknown subject', { maxLength: 1 }, { applyTo: 'bananas' as 'all' }, "apply-to 'bananas' unrecognised"],
    ['a priority that is no number', { maxLength: 1 }, { priority: 0.5 }, 'priority should be a number'],
    ['a setting that operators do not have', { deadLetterExchange: 'x' }, { isOperator: true }, 'deadLetterExchange is not a recognised policy setting'],
  ])('%s', (_, definition, rest, why) => {
    const { hand } = aStage();
    expect(set(hand, definition, rest)).toMatchObject([{ operation: 'refused', text: why }]);
    fill(hand, '1', '2');
    expect(hand.ready('jobs')).toBe(2);
    expect(hand.isOpen).toBe(true);
  });
});
