import { describe, expect, it } from 'vitest';
import { Account } from './account.js';

const CONTENT = { ContentBasedDeduplication: 'true' };

describe('SQS: messages in flight at most', () => {
  it('standard, short poll: OverLimit (403), and nothing is leased', () => {
    const account = new Account();
    const queue = account.queue('q', {}, { maxInFlight: 2 });
    for (const body of ['a', 'b', 'c']) queue.send(body);
    queue.receive({ max: 10 });
    expect(account.refused(() => queue.tryReceive())).toMatchObject({ code: 'OverLimit' });
    expect(queue.tryReceive()).toMatchObject({ error: { status: 403, retriable: false } });
    expect(queue.counts()).toEqual([1, 2, 0]);
  });

  it('standard, long poll: no error; it waits, and gets a message when one in flight is deleted', () => {
    const account = new Account();
    const queue = account.queue('q', {}, { maxInFlight: 1 });
    for (const body of ['a', 'b']) queue.send(body);
    const { handle } = queue.one();
    const poll = queue.poll();
    account.pass(1);
    expect(poll()).toBeNull();
    queue.delete(handle);
    expect(poll()).toEqual(['b']);
  });

  it('FIFO, short poll: no error, nothing is returned', () => {
    const account = new Account();
    const queue = account.fifo(CONTENT, 'q.fifo', { maxInFlight: 1 });
    for (const group of ['g', 'h']) queue.send(group, { group });
    const { handle } = queue.one();
    expect(queue.receive()).toEqual([]);
    queue.delete(handle);
    expect(queue.receive()).toEqual(['h']);
  });

  it('a receive stops at the limit in the middle of its batch', () => {
    const account = new Account();
    const queue = account.fifo(CONTENT, 'q.fifo', { maxInFlight: 3 });
    for (const body of ['a', 'b', 'c', 'd']) queue.send(body, { group: 'g' });
    expect(queue.receive({ max: 10 })).toEqual(['a', 'b', 'c']);
  });

  it('120 000 by default, for both kinds, and no more', () => {
    const account = new Account();
    for (const queue of [account.queue('plain'), account.fifo()]) {
      expect(account.client.call({ operation: 'getQueueAttributes', queue: queue.number })).toMatchObject({ settings: { maxInFlight: 120_000 } });
    }
    expect(account.create('q', {}, { maxInFlight: 120_001 })).toMatchObject({ code: 'InvalidAttributeValue' });
    expect(account.create('q', {}, { maxInFlight: 120_000 })).toBeNull();
    expect(account.create('r.fifo', { FifoQueue: 'true' }, { maxInFlight: 20_000 })).toBeNull();
  });
});
