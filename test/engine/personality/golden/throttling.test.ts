import { describe, expect, it } from 'vitest';
import { Account } from './account.js';

const THROTTLED = { code: 'RequestThrottled', message: 'The request was denied due to request throttling.' };
const HIGH_THROUGHPUT = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId', ContentBasedDeduplication: 'true' };

describe('SQS FIFO quotas: beyond so many requests of a kind in a second a queue throttles', () => {
  const three = (attributes: Record<string, string> = { ContentBasedDeduplication: 'true' }) => {
    const account = new Account();
    return { account, queue: account.fifo(attributes, 'q.fifo', { quotaPerSecond: 3 }) };
  };

  it('sends, and stores nothing of what is throttled', () => {
    const { account, queue } = three();
    for (const body of ['a', 'b', 'c']) queue.send(body, { group: 'g' });
    expect(account.refused(() => queue.trySend('d', { group: 'g' }))).toEqual(THROTTLED);
    account.pass(1);
    expect(queue.trySend('d', { group: 'g' })).toBeNull();
    expect(queue.receive({ max: 10 })).toEqual(['a', 'b', 'c', 'd']);
  });

  it('of which a batch is one', () => {
    const { account, queue } = three();
    for (let batch = 0; batch < 3; batch += 1) {
      const entries = Array.from({ length: 10 }, (_, index) => queue.entry(`${batch}/${index}`, { group: 'g' }));
      expect(queue.batch(entries)).toMatchObject({ operation: 'sendBatchReply' });
    }
    expect(queue.batch([queue.entry('more', { group: 'g' })])).toMatchObject({ operation: 'error', error: { ...THROTTLED, retriable: true, status: 403 } });
    expect(queue.counts()).toEqual([30, 0, 0]);
    account.pass(1);
    expect(queue.batch([queue.entry('more', { group: 'g' })])).toMatchObject({ operation: 'sendBatchReply' });
  });

  it('each kind for itself: sends, receives, deletes with their batches, changes of visibility with theirs', () => {
    const { account, queue } = three();
    for (const body of ['a', 'b', 'c']) queue.send(body, { group: body });
    const handles = [queue.one(), queue.one(), queue.one()].map(({ handle }) => handle);
    expect(account.refused(() => queue.tryReceive())).toEqual(THROTTLED);
    for (let change = 0; change < 3; change += 1) expect(queue.change(handles[0]!, 60)).toBeNull();
    expect(account.refused(() => queue.change(handles[0]!, 0))).toEqual(THROTTLED);
    expect(queue.delete(handles[0]!)).toBeNull();
    expect(queue.deleteBatch(handles.slice(1))).toMatchObject({ results: [null, null] });
    expect(queue.delete(handles[0]!)).toBeNull();
    expect(account.refused(() => queue.delete(handles[0]!))).toEqual(THROTTLED);
    expect(queue.purge()).toBeNull();
  });

  it('a refused request counts, too: it was one', () => {
    const { account, queue } = three();
    for (let index = 0; index < 3; index += 1) expect(queue.trySend('', { group: 'g', dedup: 'd' })).toMatchObject({ code: 'MissingParameter' });
    expect(account.refused(() => queue.trySend('a', { group: 'g' }))).toEqual(THROTTLED);
  });

  it('high throughput: each message group has a quota of its own, and receives have none', () => {
    const { account, queue } = three(HIGH_THROUGHPUT);
    for (const group of ['g', 'h']) for (const body of ['a', 'b', 'c']) queue.send(body, { group });
    expect(account.refused(() => queue.trySend('d', { group: 'g' }))).toEqual(THROTTLED);
    expect(queue.trySend('a', { group: 'i' })).toBeNull();
    for (let index = 0; index < 5; index += 1) expect(queue.tryReceive()).toMatchObject({ operation: 'receiveReply' });
  });

  it('high throughput: a batch is throttled as a whole when one of its groups is', () => {
    const { account, queue } = three(HIGH_THROUGHPUT);
    for (const body of ['a', 'b', 'c']) queue.send(body, { group: 'g' });
    expect(account.refused(() => queue.batch([queue.entry('x', { group: 'h' }), queue.entry('y', { group: 'g' })]))).toEqual(THROTTLED);
    for (const body of ['a', 'b', 'c']) expect(queue.trySend(body, { group: 'h' })).toBeNull();
  });

  it.each([0, -1, 1.5])('a quota of %d is none', (quotaPerSecond) => {
    const account = new Account();
    expect(account.refused(() => account.create('q', {}, { quotaPerSecond })).code).toBe('InvalidAttributeValue');
  });
});

it('SQS standard queues have no quota', () => {
  const queue = new Account().queue('q');
  for (let index = 0; index < 1_000; index += 1) expect(queue.trySend('a')).toBeNull();
});
