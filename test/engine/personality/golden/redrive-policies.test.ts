import { describe, expect, it } from 'vitest';
import { Account, redriveTo } from './account.js';

const ARN = 'arn:aws:sqs:us-east-1:000000000000:';
const INVALID = 'InvalidParameterValue';

describe('SQS redrive policy: what is refused changes nothing', () => {
  it.each([
    ['not JSON', 'Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.'],
    ['[]', 'Value [] for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: maxReceiveCount.'],
    ['{}', 'Value {} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: maxReceiveCount.'],
    ['{"maxReceiveCount":3}', 'Value {"maxReceiveCount":3} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: deadLetterTargetArn.'],
    [`{"deadLetterTargetArn":"${ARN}dead"}`, `Value {"deadLetterTargetArn":"${ARN}dead"} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: maxReceiveCount.`],
    ['{"deadLetterTargetArn":"dummy","maxReceiveCount":42}', 'Value {"deadLetterTargetArn":"dummy","maxReceiveCount":42} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.'],
  ])('%s', (policy, message) => {
    const account = new Account();
    account.queue('dead');
    const queue = account.queue('q');
    expect(account.refused(() => queue.set({ RedrivePolicy: policy }))).toEqual({ code: INVALID, message });
    expect(account.refused(() => account.create('new', { RedrivePolicy: policy }))).toEqual({ code: INVALID, message });
  });

  it.each([0, -36, 1001, 1.5, 'many', 'refused', ''])('a maximum receive count of %j', (count) => {
    const account = new Account();
    account.queue('dead');
    const queue = account.queue('q');
    const { code, message } = account.refused(() => queue.set({ RedrivePolicy: redriveTo('dead', count) }));
    expect(code).toBe(INVALID);
    expect(message).toContain('Invalid value for maxReceiveCount, valid values are from 1 to 1000 both inclusive.');
  });

  it.each([1, 1000, '3'])('but not one of %j, as a number or as text', (count) => {
    const account = new Account();
    account.queue('dead');
    expect(account.queue('q').set({ RedrivePolicy: redriveTo('dead', count) })).toBeNull();
    expect(account.open('q').get('RedrivePolicy')).toEqual({ RedrivePolicy: redriveTo('dead', Number(count)) });
  });

  it('missingReceiveCount: 10, as the API reference has it: a rule without a count has that', () => {
    const account = new Account({}, { missingReceiveCount: 10 });
    account.queue('dead');
    const queue = account.queue('q', { RedrivePolicy: `{"deadLetterTargetArn":"${ARN}dead"}` });
    expect(queue.get('RedrivePolicy')).toEqual({ RedrivePolicy: redriveTo('dead', 10) });
    expect(account.refused(() => queue.set({ RedrivePolicy: '{}' })).message).toContain('mandatory attribute: deadLetterTargetArn');
    queue.send('a');
    for (let receive = 0; receive < 10; receive += 1) expect(queue.receive({ visibility: 0 })).toEqual(['a']);
    expect(queue.receive()).toEqual([]);
    expect(account.open('dead').receive()).toEqual(['a']);
  });

  it('a dead-letter queue that does not exist', () => {
    const account = new Account();
    const queue = account.queue('q');
    const policy = redriveTo('nowhere', 3);
    const message = `Value ${policy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`;
    expect(account.refused(() => queue.set({ RedrivePolicy: policy }))).toEqual({ code: INVALID, message });
  });

  it('a dead-letter queue of another type, either way', () => {
    const account = new Account();
    const standard = account.queue('q');
    const fifo = account.fifo();
    const reason = 'Dead-letter queue must be same type of queue as the source.';
    expect(account.refused(() => standard.set({ RedrivePolicy: redriveTo('q.fifo', 3) })).message).toContain(reason);
    expect(account.refused(() => fifo.set({ RedrivePolicy: redriveTo('q', 3) })).message).toContain(reason);
  });

  it('itself as its dead-letter queue', () => {
    const account = new Account();
    const queue = account.queue('q');
    expect(account.refused(() => queue.set({ RedrivePolicy: redriveTo('q', 3) })).code).toBe(INVALID);
  });

  it('an empty policy takes it away, and messages are delivered without end', () => {
    const account = new Account();
    account.queue('dead');
    const queue = account.queue('q', { RedrivePolicy: redriveTo('dead', 1) });
    queue.send('a');
    queue.receive({ visibility: 0 });
    expect(queue.set({ RedrivePolicy: '' })).toBeNull();
    expect(queue.get('RedrivePolicy')).toEqual({});
    expect(queue.receive()).toEqual(['a']);
  });

  it('a policy that is set later counts the receives that were before', () => {
    const account = new Account();
    const dead = account.queue('dead');
    const queue = account.queue('q');
    queue.send('a');
    queue.receive({ visibility: 0 });
    queue.receive({ visibility: 0 });
    queue.set({ RedrivePolicy: redriveTo('dead', 2) });
    expect(queue.receive()).toEqual([]);
    expect(dead.receive()).toEqual(['a']);
  });
});

describe('SQS redrive allow policy', () => {
  const allow = (permission: string, ...sources: string[]) =>
    JSON.stringify({ redrivePermission: permission, ...(sources.length === 0 ? {} : { sourceQueueArns: sources.map((name) => ARN + name) }) });
  const NOT_ALLOWED = 'The dead-letter queue does not allow this queue as a source.';

  it('allows all queues, none, or those it names', () => {
    const account = new Account();
    const dead = account.queue('dead');
    const [one, two] = [account.queue('one'), account.queue('two')];
    expect(one.set({ RedrivePolicy: redriveTo('dead', 3) })).toBeNull();
    expect(dead.set({ RedriveAllowPolicy: allow('denyAll') })).toBeNull();
    expect(account.refused(() => two.set({ RedrivePolicy: redriveTo('dead', 3) })).message).toContain(NOT_ALLOWED);
    expect(dead.set({ RedriveAllowPolicy: allow('byQueue', 'two') })).toBeNull();
    expect(two.set({ RedrivePolicy: redriveTo('dead', 3) })).toBeNull();
    expect(account.refused(() => account.create('three', { RedrivePolicy: redriveTo('dead', 3) })).message).toContain(NOT_ALLOWED);
    expect(dead.set({ RedriveAllowPolicy: allow('allowAll') })).toBeNull();
    expect(account.create('three', { RedrivePolicy: redriveTo('dead', 3) })).toBeNull();
  });

  it.each([
    'not JSON', '{}', '[]', allow('some'), allow('byQueue'), allow('allowAll', 'q'), allow('denyAll', 'q'),
    '{"redrivePermission":"byQueue","sourceQueueArns":"q"}', '{"redrivePermission":"byQueue","sourceQueueArns":["q"]}',
  ])('cannot be %s, and that changes nothing', (policy) => {
    const account = new Account();
    const dead = account.queue('dead');
    expect(account.refused(() => dead.set({ RedriveAllowPolicy: policy })).code).toBe(INVALID);
  });

  it('names ten queues at most', () => {
    const account = new Account();
    const dead = account.queue('dead');
    const names = Array.from({ length: 11 }, (_, index) => `q${index}`);
    expect(account.refused(() => dead.set({ RedriveAllowPolicy: allow('byQueue', ...names) })).code).toMatch(/^Invalid/);
    expect(dead.set({ RedriveAllowPolicy: allow('byQueue', ...names.slice(1)) })).toBeNull();
  });
});

describe('SQS dead-letter queues', () => {
  it('standard: the id, body and attributes are kept, the count goes on, and the source is named', () => {
    const account = new Account();
    const dead = account.queue('dead');
    const queue = account.queue('q', { RedrivePolicy: redriveTo('dead', 1) });
    const attributes = { n: { dataType: 'String', value: 'x' } };
    const id = queue.send('a', { attributes });
    queue.receive({ visibility: 0 });
    expect(queue.receive()).toEqual([]);
    const message = dead.one();
    expect(message).toMatchObject({ messageId: id, deliveryCount: 2, details: { deadLetterSource: 'q', properties: { attributes } } });
  });

  it('FIFO: the sequence numbers are those of the dead-letter queue, the group stays', () => {
    const account = new Account();
    const dead = account.fifo({}, 'dead.fifo');
    const queue = account.fifo({ RedrivePolicy: redriveTo('dead.fifo', 1) });
    queue.send('a', { group: 'g', dedup: 'd' });
    queue.send('b', { group: 'g', dedup: 'e' });
    queue.receive({ visibility: 0 });
    expect(queue.receive()).toEqual(['b']);
    const message = dead.one();
    expect(message.details?.properties.group).toBe('g');
    expect(message.details!.sequence).toBeGreaterThan(message.messageId);
  });

  it('FIFO: the deduplication id becomes the id of the message, and two messages that shared one are both kept', () => {
    const account = new Account();
    const dead = account.fifo({}, 'dead.fifo');
    const queue = account.fifo({ RedrivePolicy: redriveTo('dead.fifo', 1) });
    const ids = ['a', 'b'].map((body) => {
      const id = queue.send(body, { group: 'g', dedup: 'shared' });
      queue.receive({ visibility: 0 });
      expect(queue.receive()).toEqual([]);
      account.pass(300);
      return id;
    });
    const messages = dead.messages({ max: 10 });
    expect(messages.map(({ messageId }) => messageId)).toEqual(ids);
    expect(messages.map(({ details }) => details?.properties.deduplicationId)).toEqual(ids.map(String));
  });

  it('FIFO: moved in the order in which they fail, they are in that order there; what follows goes on without them', () => {
    const account = new Account();
    const dead = account.fifo({}, 'dead.fifo');
    const queue = account.fifo({ ContentBasedDeduplication: 'true', RedrivePolicy: redriveTo('dead.fifo', 1) });
    for (const body of ['a', 'b', 'c']) queue.send(body, { group: 'g' });
    queue.receive({ max: 2, visibility: 0 });
    expect(queue.receive({ max: 10 })).toEqual(['c']);
    expect(dead.receive({ max: 10 })).toEqual(['a', 'b']);
  });

  it('standard: retention counts from the send to the source', () => {
    const account = new Account();
    const dead = account.queue('dead', { MessageRetentionPeriod: '400' });
    const queue = account.queue('q', { RedrivePolicy: redriveTo('dead', 1) });
    queue.send('a');
    account.pass(100);
    queue.receive({ visibility: 0 });
    queue.receive();
    account.pass(299);
    expect(dead.counts()).toEqual([1, 0, 0]);
    account.pass(1);
    expect(dead.receive()).toEqual([]);
  });

  it('FIFO: retention begins anew with the move', () => {
    const account = new Account();
    const dead = account.fifo({ MessageRetentionPeriod: '400' }, 'dead.fifo');
    const queue = account.fifo({ RedrivePolicy: redriveTo('dead.fifo', 1) });
    queue.send('a', { group: 'g', dedup: 'd' });
    account.pass(100);
    queue.receive({ visibility: 0 });
    queue.receive();
    account.pass(399);
    expect(dead.receive({ visibility: 0 })).toEqual(['a']);
    account.pass(1);
    expect(dead.receive()).toEqual([]);
  });

  it('a queue can be the dead-letter queue of several, which it lists', () => {
    const account = new Account();
    const dead = account.queue('dead');
    for (const name of ['b', 'a']) account.queue(name, { RedrivePolicy: redriveTo('dead', 1) });
    const sources = account.client.call({ operation: 'listDeadLetterSources', queue: dead.number, page: { maxResults: null, from: null } });
    expect(sources).toMatchObject({ names: ['a', 'b'] });
  });
});
