import { describe, expect, it } from 'vitest';
import { SECOND } from '../../broker/stage.js';
import { Account } from './account.js';

const STANDARD_NAME = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
const FIFO_NAME = 'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.';

describe('SQS create queue: what is refused creates nothing', () => {
  it.each(['', 'a b', 'a.b', 'ä', 'q/1', 'x'.repeat(81), 'orders.fifo'])('the name %j of a standard queue', (name) => {
    const account = new Account();
    expect(account.refused(() => account.create(name))).toEqual({ code: 'InvalidParameterValue', message: STANDARD_NAME });
  });

  it.each(['orders', '.fifo', 'a.b.fifo', 'orders.FIFO', `${'x'.repeat(76)}.fifo`])('the name %j of a FIFO queue', (name) => {
    const account = new Account();
    expect(account.refused(() => account.create(name, { FifoQueue: 'true' }))).toEqual({ code: 'InvalidParameterValue', message: FIFO_NAME });
  });

  it('but not names of 80 characters, the suffix included', () => {
    const account = new Account();
    expect(account.create('x'.repeat(80))).toBeNull();
    expect(account.create(`${'x'.repeat(75)}.fifo`, { FifoQueue: 'true' })).toBeNull();
  });

  it.each([
    ['DelaySeconds', '1', '2'], ['VisibilityTimeout', '1', '2'], ['MessageRetentionPeriod', '60', '61'],
    ['ReceiveMessageWaitTimeSeconds', '1', '2'], ['MaximumMessageSize', '1024', '1025'],
  ])('a name that is taken by a queue with another %s', (name, first, second) => {
    const account = new Account();
    account.queue('q', { [name]: first });
    expect(account.refused(() => account.create('q', { [name]: second }))).toEqual({
      code: 'QueueNameExists', message: `A queue already exists with the same name and a different value for attribute ${name}`,
    });
  });

  it('of a FIFO queue with another way to deduplicate, too', () => {
    const account = new Account();
    account.fifo({ ContentBasedDeduplication: 'true' });
    expect(account.refused(() => account.create('q.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'false' })).message).toContain('ContentBasedDeduplication');
  });

  it('is done before when all that it says is so: the queue and its messages stay', () => {
    const account = new Account();
    const queue = account.queue('q', { DelaySeconds: '1', VisibilityTimeout: '7' });
    queue.send('a');
    expect(account.create('q', { DelaySeconds: '1', VisibilityTimeout: '7' })).toBeNull();
    expect(account.create('q', { VisibilityTimeout: '7' })).toBeNull();
    expect(account.create('q')).toBeNull();
    expect(queue.counts()).toEqual([0, 0, 1]);
  });
});

describe('SQS delete queue', () => {
  it('takes everything with it; the name is free after 60 seconds', () => {
    const account = new Account();
    const queue = account.queue('q');
    queue.send('a');
    expect(queue.remove()).toBeNull();
    expect(account.list()).toEqual([]);
    account.pass(59.999);
    expect(account.refused(() => account.create('q'))).toEqual({
      code: 'QueueDeletedRecently', message: 'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    });
    account.pass(0.001);
    expect(account.create('q')).toBeNull();
    expect(account.open('q').counts()).toEqual([0, 0, 0]);
  });

  it('keeps other names free', () => {
    const account = new Account();
    account.queue('q').remove();
    expect(account.create('q2')).toBeNull();
  });

  it('ends the long polls that wait at it', () => {
    const account = new Account();
    const queue = account.queue('q');
    const poll = queue.poll();
    queue.remove();
    expect(poll()![0]).toContain('QueueDoesNotExist');
  });
});

/** The API reference has both take up to 60 seconds; recorded, they take effect at once. */
describe('SQS delete queue and purge queue, where they are set to take a while', () => {
  const SLOW = { removalMicros: 45 * SECOND };

  it('a queue that is being deleted takes sends and gives messages as ever, and then is gone with all of it', () => {
    const account = new Account();
    const queue = account.queue('q', { VisibilityTimeout: '100' }, SLOW);
    queue.send('before');
    expect(queue.remove()).toBeNull();
    queue.send('after');
    expect(queue.receive({ max: 10 })).toEqual(['before', 'after']);
    account.pass(44.999);
    expect(queue.trySend('late')).toBeNull();
    const poll = queue.poll({ wait: 20 });
    expect(poll()).toEqual(['late']);
    const vain = queue.poll({ wait: 20 });
    account.pass(0.001);
    expect(vain()![0]).toContain('QueueDoesNotExist');
    expect(account.refused(() => queue.trySend('later')).code).toBe('QueueDoesNotExist');
    expect(account.list()).toEqual([]);
  });

  it('its name is free 60 seconds after the request, not after the end', () => {
    const account = new Account();
    const queue = account.queue('q', {}, SLOW);
    queue.remove();
    expect(account.refused(() => account.create('q')).code).toBe('QueueDeletedRecently');
    expect(queue.remove()).toBeNull();
    account.pass(59.999);
    expect(account.refused(() => account.create('q')).code).toBe('QueueDeletedRecently');
    account.pass(0.001);
    expect(account.create('q')).toBeNull();
  });

  it('a purge takes with it what is sent until it is done, received or not', () => {
    const account = new Account();
    const queue = account.queue('q', {}, SLOW);
    queue.send('before');
    expect(queue.purge()).toBeNull();
    queue.send('meanwhile');
    expect(queue.receive()).toEqual(['before']);
    account.pass(45);
    expect(queue.counts()).toEqual([0, 0, 0]);
    queue.send('after');
    account.pass(15);
    expect(queue.receive({ max: 10 })).toEqual(['after']);
  });

  it('a restart goes on with them, and has not forgotten when they were asked for', () => {
    const account = new Account();
    const deleted = account.queue('deleted', {}, SLOW);
    const purged = account.queue('purged', {}, SLOW);
    for (const queue of [deleted, purged]) queue.send('a');
    deleted.remove();
    purged.purge();
    account.pass(44);
    account.restart();
    expect(deleted.counts()).toEqual([1, 0, 0]);
    account.pass(1);
    expect(account.list()).toEqual(['purged']);
    expect(purged.counts()).toEqual([0, 0, 0]);
    account.restart();
    expect(account.list()).toEqual(['purged']);
  });

  it.each([-1, 61 * SECOND])('%d microseconds are no time for it', (removalMicros) => {
    const account = new Account();
    expect(account.refused(() => account.create('q', {}, { removalMicros })).code).toBe('InvalidAttributeValue');
  });
});

describe('SQS list queues', () => {
  const page = (account: Account, maxResults: number | null, from: string | null, prefix = '') =>
    account.client.call({ operation: 'listQueues', prefix, page: { maxResults, from } });

  it('by prefix, a page at a time', () => {
    const account = new Account();
    for (const name of ['b1', 'a2', 'a1', 'a3']) account.queue(name);
    expect(account.list('a')).toEqual(['a1', 'a2', 'a3']);
    expect(page(account, 2, null, 'a')).toMatchObject({ names: ['a1', 'a2'], next: 'a2' });
    expect(page(account, 2, 'a2', 'a')).toMatchObject({ names: ['a3'], next: null });
    expect(account.list('nothing')).toEqual([]);
  });

  it.each([0, -1, 1001])('%d results at most: refused', (maxResults) => {
    const account = new Account();
    account.queue('q');
    expect(account.refused(() => page(account, maxResults, null)).code).toBe('InvalidParameterValue');
  });

  it('a next token without a number of results: refused', () => {
    const account = new Account();
    account.queue('q');
    expect(account.refused(() => page(account, null, 'q')).code).toBe('InvalidParameterValue');
  });
});

describe('SQS purge queue', () => {
  it('again within 60 seconds is refused and removes nothing', () => {
    const account = new Account();
    const queue = account.queue('q');
    queue.purge();
    queue.send('a');
    account.pass(59.999);
    expect(account.refused(() => queue.purge())).toEqual({
      code: 'PurgeQueueInProgress', message: 'Only one PurgeQueue operation on q is allowed every 60 seconds.',
    });
    account.pass(0.001);
    expect(queue.purge()).toBeNull();
    expect(queue.counts()).toEqual([0, 0, 0]);
  });

  it('of another queue is another matter', () => {
    const account = new Account();
    account.queue('q').purge();
    expect(account.queue('r').purge()).toBeNull();
  });
});

describe('SQS operations that do not exist', () => {
  it('are unsupported, and change nothing', () => {
    const account = new Account();
    account.queue('q').send('a');
    const call = { operation: 'addPermission', queue: 0 } as unknown as Parameters<typeof account.client.call>[0];
    expect(account.refused(() => account.client.call(call))).toEqual({ code: 'UnsupportedOperation', message: 'Unsupported operation: addPermission.' });
  });
});
