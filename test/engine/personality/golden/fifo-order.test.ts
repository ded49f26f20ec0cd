import { describe, expect, it } from 'vitest';
import { SECOND } from '../../broker/stage.js';
import { Account, type GoldenQueue } from './account.js';

const CONTENT = { ContentBasedDeduplication: 'true' };

function withMessages(timeout: number, ...bodies: readonly string[]): { account: Account; queue: GoldenQueue } {
  const account = new Account();
  const queue = account.fifo({ ...CONTENT, VisibilityTimeout: String(timeout) });
  for (const body of bodies) queue.send(body, { group: body.split('-')[0]! });
  return { account, queue };
}

describe('SQS FIFO: what a receive takes of the groups', () => {
  it('messages of one group come in the order of their sends, one receive after the other', () => {
    const { queue } = withMessages(30, 'g1-1', 'g1-2', 'g1-3');
    const got: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const message = queue.one();
      got.push(new TextDecoder().decode(message.body));
      queue.delete(message.handle);
    }
    expect(got).toEqual(['g1-1', 'g1-2', 'g1-3']);
  });

  it('one receive takes as many messages of one group as it can, then goes on to the next group', () => {
    const { queue } = withMessages(30, 'g1-1', 'g2-1', 'g1-2', 'g2-2');
    expect(queue.receive({ max: 3 })).toEqual(['g1-1', 'g1-2', 'g2-1']);
  });

  it('a group of which a message is in flight is closed to everyone, and others are open', () => {
    const { queue } = withMessages(30, 'g1-1', 'g1-2', 'g1-3', 'g2-1', 'g3-1');
    expect(queue.receive({ max: 2 })).toEqual(['g1-1', 'g1-2']);
    expect(queue.receive()).toEqual(['g2-1']);
    expect(queue.receive({ max: 10 })).toEqual(['g3-1']);
    expect(queue.receive({ max: 10 })).toEqual([]);
  });

  it('the visibility timeout is shared by the group: when it is over the group comes again from its beginning', () => {
    const { account, queue } = withMessages(1, 'g1-1', 'g1-2', 'g1-3', 'g1-4', 'g2-1', 'g3-1');
    expect(queue.receive({ max: 2 })).toEqual(['g1-1', 'g1-2']);
    expect(queue.receive({ max: 1 })).toEqual(['g2-1']);
    account.pass(2);
    expect(queue.receive({ max: 10, visibility: 0 })).toEqual(['g3-1', 'g1-1', 'g1-2', 'g1-3', 'g1-4', 'g2-1']);
  });

  it('messages come in order again after a timeout', () => {
    const { account, queue } = withMessages(1, 'g1-1', 'g1-2', 'g1-3');
    expect(queue.receive({ max: 3 })).toEqual(['g1-1', 'g1-2', 'g1-3']);
    account.pass(1);
    expect(queue.receive({ max: 3 })).toEqual(['g1-1', 'g1-2', 'g1-3']);
  });

  it('with a visibility timeout of 0 the group is open again at once', () => {
    const { queue } = withMessages(30, 'g1-1', 'g1-2');
    expect(queue.receive({ max: 1, visibility: 0 })).toEqual(['g1-1']);
    expect(queue.receive({ max: 10, visibility: 0 })).toEqual(['g1-1', 'g1-2']);
  });

  // Recorded: of five messages ten were asked for, and five came.
  it('and one answer holds each message once, however many were asked for', () => {
    const { queue } = withMessages(30, 'g1-1', 'g2-1', 'g2-2', 'g3-1', 'g1-2');
    expect(queue.receive({ max: 3, visibility: 0 })).toEqual(['g1-1', 'g1-2', 'g2-1']);
    expect(queue.receive({ max: 10, visibility: 0 })).toHaveLength(5);
  });

  it('a new message does not open a group that is closed', () => {
    const { queue } = withMessages(30, 'g1-1');
    queue.receive();
    queue.send('g1-2', { group: 'g1' });
    expect(queue.receive({ max: 10 })).toEqual([]);
  });
});

/** The developer guide has one answer possibly hold duplicates; recorded, it does not. */
describe('SQS FIFO: a visibility timeout of 0, where one answer is set to repeat messages', () => {
  const repeating = (attributes: Record<string, string> = {}) => {
    const account = new Account();
    const dead = account.fifo(CONTENT, 'dead.fifo');
    const queue = account.fifo({ ...CONTENT, ...attributes }, 'q.fifo', { repeatsAtZeroTimeout: true });
    for (const body of ['g1-1', 'g1-2', 'g2-1']) queue.send(body, { group: body.split('-')[0]! });
    return { account, queue, dead };
  };

  it('messages come again, in their order, until there are as many as were asked for', () => {
    const { queue } = repeating();
    expect(queue.receive({ max: 7, visibility: 0 })).toEqual(['g1-1', 'g1-2', 'g2-1', 'g1-1', 'g1-2', 'g2-1', 'g1-1']);
    expect(queue.receive({ max: 2, visibility: 0 })).toHaveLength(2);
    expect(queue.receive({ max: 10 })).toHaveLength(3);
  });

  it('each under a handle and with a count of its own, of which the last deletes it in the same millisecond', () => {
    const { queue } = repeating();
    const messages = queue.messages({ max: 6, visibility: 0 });
    expect(messages.map(({ deliveryCount }) => deliveryCount)).toEqual([1, 1, 1, 2, 2, 2]);
    expect(new Set(messages.map(({ handle }) => handle)).size).toBe(6);
    expect(queue.delete(messages[3]!.handle)).toBeNull();
    expect(queue.receive({ max: 10 })).toHaveLength(2);
  });

  it('but not more often than it may be received: then it moves with the next receive', () => {
    const { queue, dead } = repeating({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo', maxReceiveCount: 2 }) });
    expect(queue.receive({ max: 10, visibility: 0 })).toHaveLength(6);
    expect(dead.counts()).toEqual([0, 0, 0]);
    expect(queue.receive({ max: 10 })).toEqual([]);
    expect(dead.counts()).toEqual([3, 0, 0]);
  });

  it('nor is what stands behind one in its group that may not be received again, before that has moved', () => {
    const { queue, dead } = repeating({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo', maxReceiveCount: 2 }) });
    expect(queue.receive({ max: 1, visibility: 0 })).toEqual(['g1-1']);
    expect(queue.receive({ max: 10, visibility: 0 })).toEqual(['g2-1', 'g1-1', 'g1-2', 'g2-1']);
    expect(dead.counts()).toEqual([0, 0, 0]);
    expect(queue.receive({ max: 10 })).toEqual(['g1-2']);
    expect(dead.counts()).toEqual([2, 0, 0]);
  });

  it('a long poll is answered with the first that comes, again and again', () => {
    const account = new Account();
    const queue = account.fifo(CONTENT, 'q.fifo', { repeatsAtZeroTimeout: true });
    const poll = queue.poll({ max: 3, visibility: 0 });
    queue.send('a', { group: 'g' });
    expect(poll()).toEqual(['a', 'a', 'a']);
  });

  it('a standard queue has no part in that', () => {
    const account = new Account();
    const queue = account.queue('q', {}, { repeatsAtZeroTimeout: true });
    queue.send('a');
    expect(queue.receive({ max: 3, visibility: 0 })).toEqual(['a']);
  });
});

describe('SQS FIFO: what opens a group', () => {
  it('deleting all that is in flight opens it, and wakes who waits', () => {
    const { queue } = withMessages(30, 'g1-1', 'g1-2', 'g1-3');
    const [first, second] = queue.messages({ max: 2 });
    const waiting = queue.poll();
    queue.delete(first!.handle);
    expect(waiting()).toBeNull();
    queue.delete(second!.handle);
    expect(waiting()).toEqual(['g1-3']);
  });

  it('deleting the first of two leaves it closed, whoever asks', () => {
    const { queue } = withMessages(30, 'g1-1', 'g1-2', 'g1-3');
    const [first] = queue.messages({ max: 2 });
    queue.delete(first!.handle);
    expect(queue.receive({ max: 10 })).toEqual([]);
  });

  it('deleting the second of two leaves it closed by the first', () => {
    const { queue } = withMessages(30, 'g1-1', 'g1-2', 'g1-3');
    const [, second] = queue.messages({ max: 2 });
    queue.delete(second!.handle);
    expect(queue.receive({ max: 10 })).toEqual([]);
  });

  it('giving back the first of a batch makes it alone visible: the next is in flight', () => {
    const { queue } = withMessages(30, 'g1-1', 'g1-2', 'g1-3');
    const [first] = queue.messages({ max: 2 });
    queue.change(first!.handle, 0);
    expect(queue.receive({ max: 10 })).toEqual(['g1-1']);
  });

  it('giving back a later one of a batch opens nothing', () => {
    const { queue } = withMessages(30, 'g1-1', 'g1-2', 'g1-3');
    const [, second] = queue.messages({ max: 2 });
    queue.change(second!.handle, 0);
    expect(queue.receive({ max: 10 })).toEqual([]);
  });

  it('of three in flight with the first extended nothing comes when the others time out', () => {
    const { account, queue } = withMessages(2, 'g1-1', 'g1-2', 'g1-3');
    const [first] = queue.messages({ max: 3 });
    queue.change(first!.handle, 5);
    account.pass(3);
    expect(queue.receive({ max: 10 })).toEqual([]);
    account.pass(3);
    expect(queue.receive({ max: 10 })).toEqual(['g1-1', 'g1-2', 'g1-3']);
  });

  it('of three in flight with the second extended the first alone comes', () => {
    const { account, queue } = withMessages(2, 'g1-1', 'g1-2', 'g1-3');
    const [, second] = queue.messages({ max: 3 });
    queue.change(second!.handle, 5);
    account.pass(3);
    expect(queue.receive({ max: 10 })).toEqual(['g1-1']);
  });

  it('of three in flight with the third extended the first two come', () => {
    const { account, queue } = withMessages(2, 'g1-1', 'g1-2', 'g1-3');
    const [, , third] = queue.messages({ max: 3 });
    queue.change(third!.handle, 5);
    account.pass(3);
    expect(queue.receive({ max: 10 })).toEqual(['g1-1', 'g1-2']);
  });

  it('shortening the timeout of the message in flight opens the group when it is over, and wakes who waits', () => {
    const { account, queue } = withMessages(30, 'g1-1', 'g1-2');
    queue.change(queue.one().handle, 2);
    const waiting = queue.poll({ max: 10 });
    account.pass(1.9);
    expect(waiting()).toBeNull();
    account.pass(0.2);
    expect(waiting()).toEqual(['g1-1', 'g1-2']);
  });

  it('a group that was emptied can be used again', () => {
    const { queue } = withMessages(30, 'g1-1');
    queue.delete(queue.one().handle);
    expect(queue.receive()).toEqual([]);
    queue.send('g1-2', { group: 'g1' });
    expect(queue.receive()).toEqual(['g1-2']);
  });

  it('retention that ends for the message in flight opens its group', () => {
    const account = new Account();
    const queue = account.fifo({ ...CONTENT, MessageRetentionPeriod: '60', VisibilityTimeout: '600' });
    queue.send('a', { group: 'g' });
    account.pass(30);
    queue.send('b', { group: 'g' });
    queue.receive();
    const waiting = queue.poll({ wait: 20 });
    account.pass(19);
    expect(waiting()).toBeNull();
    account.pass(12);
    expect(waiting()).toEqual([]);
    expect(queue.receive()).toEqual(['b']);
  });
});

describe('SQS FIFO: sequence numbers and counters', () => {
  it('sequence numbers rise with every send, within a batch, too', () => {
    const account = new Account();
    const queue = account.fifo(CONTENT);
    const first = queue.send('a', { group: 'g1' });
    const batch = queue.batch([queue.entry('b', { group: 'g2' }), queue.entry('c', { group: 'g1' })]);
    const last = queue.send('d', { group: 'g2' });
    const [second, third] = (batch as { results: readonly number[] }).results as [number, number];
    expect([first, second, third, last]).toEqual([first, second, third, last].sort((left, right) => left - right));
    const received = queue.messages({ max: 10 });
    expect(received.map(({ details }) => details!.sequence)).toEqual([first, third, second, last]);
  });

  it('a message shows its group and its deduplication id, which for content-based ones is the SHA-256 of the body', () => {
    const account = new Account();
    const queue = account.fifo(CONTENT);
    queue.send('abc', { group: 'g1', attributes: { colour: { dataType: 'String', value: 'red' } } });
    expect(queue.one().details!.properties).toEqual({
      group: 'g1', deduplicationId: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      attributes: { colour: { dataType: 'String', value: 'red' } },
    });
  });

  it('counters count messages, whether their group is open or not', () => {
    const { queue } = withMessages(30, 'g1-1', 'g1-2', 'g1-3', 'g2-1', 'g3-1');
    expect(queue.counts()).toEqual([5, 0, 0]);
    const got = queue.messages({ max: 4 });
    expect(queue.counts()).toEqual([1, 4, 0]);
    for (const { handle } of got) queue.delete(handle);
    expect(queue.counts()).toEqual([1, 0, 0]);
  });
});

describe('SQS FIFO: delays', () => {
  it('a message cannot have a delay of its own', () => {
    const queue = new Account().fifo(CONTENT);
    expect(queue.trySend('a', { group: 'g', delay: 2 })).toEqual({
      code: 'InvalidParameterValue',
      message: 'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    });
    expect(queue.counts()).toEqual([0, 0, 0]);
  });

  it("a message's delay of 0 is fine, and the queue's own delay counts", () => {
    const account = new Account();
    const queue = account.fifo({ ...CONTENT, DelaySeconds: '2' });
    queue.send('a', { group: 'g', delay: 0 });
    expect(queue.receive()).toEqual([]);
    account.pass(2);
    expect(queue.receive()).toEqual(['a']);
  });

  it('a new delay of the queue counts for what is delayed already', () => {
    const account = new Account();
    const queue = account.fifo({ ...CONTENT, DelaySeconds: '100' });
    queue.send('a', { group: 'g' });
    expect(queue.set({ DelaySeconds: '10' })).toBeNull();
    account.pass(9.9);
    expect(queue.receive()).toEqual([]);
    account.pass(0.1);
    expect(queue.receive()).toEqual(['a']);
  });

  it('and for what is visible and was not received yet: its delay counts from the send', () => {
    const account = new Account();
    const queue = account.fifo({ ...CONTENT, VisibilityTimeout: '2' });
    queue.send('received', { group: 'r' });
    queue.receive();
    queue.send('a', { group: 'g' });
    account.pass(40);
    queue.send('b', { group: 'g' });
    account.pass(10);
    expect(queue.set({ DelaySeconds: '50' })).toBeNull();
    expect(queue.counts()).toEqual([2, 0, 1]);
    expect(queue.receive({ max: 10 }).sort()).toEqual(['a', 'received']);
    account.pass(1);
    expect(queue.set({ DelaySeconds: '100' })).toBeNull();
    expect(queue.set({ DelaySeconds: '60' })).toBeNull();
    account.pass(48.9);
    expect(queue.receive({ max: 10 }).sort()).toEqual(['a', 'received']);
    account.pass(2);
    expect(queue.receive({ max: 10, visibility: 0 }).sort()).toEqual(['a', 'b', 'received']);
  });

  it('a long poll that waits gets it when the new delay is over', () => {
    const account = new Account();
    const queue = account.fifo(CONTENT);
    queue.send('a', { group: 'g' });
    account.pass(1);
    queue.set({ DelaySeconds: '10' });
    const poll = queue.poll();
    account.pass(8.9);
    expect(poll()).toBeNull();
    account.pass(0.2);
    expect(poll()).toEqual(['a']);
  });

  it('a restart does not bring back what waits for a new delay before that is over', () => {
    const account = new Account();
    account.fifo(CONTENT).send('a', { group: 'g' });
    account.fifo({ ...CONTENT, DelaySeconds: '2' }, 'early.fifo').send('b', { group: 'g' });
    account.pass(2);
    for (const name of ['q.fifo', 'early.fifo']) account.open(name).set({ DelaySeconds: '100' });
    const before = account.stage.events.list.length;
    account.stage.restart();
    const restored = account.stage.events.list.slice(before).filter(({ event }) => event === 'restore');
    expect(restored.map(({ dest, b, c }) => [dest, b, c])).toEqual([['q.fifo', 1, 98 * SECOND], ['early.fifo', 1, 98 * SECOND]]);
  });

  it('a standard queue does not do that', () => {
    const account = new Account();
    const queue = account.queue('q', { DelaySeconds: '100' });
    queue.send('a');
    queue.set({ DelaySeconds: '10' });
    account.pass(99.9);
    expect(queue.receive()).toEqual([]);
    account.pass(0.1);
    expect(queue.receive()).toEqual(['a']);
  });
});
