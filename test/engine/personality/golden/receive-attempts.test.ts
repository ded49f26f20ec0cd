import { describe, expect, it } from 'vitest';
import { Account } from './account.js';

const CONTENT = { ContentBasedDeduplication: 'true', VisibilityTimeout: '600' };

/** A queue with three messages of a group, of which an attempt got the first two. */
function attempted(settings: { readonly visibility?: number } = {}) {
  const account = new Account();
  const queue = account.fifo(CONTENT);
  for (const body of ['a', 'b', 'c']) queue.send(body, { group: 'g' });
  const first = queue.messages({ max: 2, attempt: 'one', ...settings });
  expect(first.length).toBe(2);
  return { account, queue, first };
}

describe('SQS FIFO: a receive that is repeated with its attempt id', () => {
  it('returns the same messages under the same handles, and counts as no receive', () => {
    const { queue, first } = attempted();
    const again = queue.messages({ max: 2, attempt: 'one' });
    expect(again).toEqual(first);
    expect(again.map(({ deliveryCount }) => deliveryCount)).toEqual([1, 1]);
    expect(queue.deleteBatch(first.map(({ handle }) => handle))).toMatchObject({ results: [null, null] });
  });

  it('begins the visibility timeout anew', () => {
    const { account, queue } = attempted({ visibility: 100 });
    account.pass(90);
    queue.messages({ max: 2, attempt: 'one', visibility: 100 });
    account.pass(90);
    expect(queue.receive()).toEqual([]);
    account.pass(11);
    expect(queue.receive()).toEqual(['a']);
  });

  it('is another receive with another id, or with none: the group is in flight', () => {
    const { queue } = attempted();
    expect(queue.receive({ attempt: 'two' })).toEqual([]);
    expect(queue.receive()).toEqual([]);
  });

  it('is a new receive when one of its messages was deleted', () => {
    const { queue, first } = attempted();
    queue.delete(first[0]!.handle);
    expect(queue.receive({ max: 2, attempt: 'one' })).toEqual([]);
    queue.delete(first[1]!.handle);
    expect(queue.receive({ max: 2, attempt: 'one' })).toEqual(['c']);
  });

  it('is a new receive when the visibility of one of its messages was changed', () => {
    const { queue, first } = attempted();
    queue.change(first[1]!.handle, 0);
    expect(queue.receive({ max: 2, attempt: 'one' })).toEqual([]);
    queue.change(first[0]!.handle, 0);
    expect(queue.messages({ max: 2, attempt: 'one' }).map(({ deliveryCount }) => deliveryCount)).toEqual([2, 2]);
  });

  it('is a new receive when the visibility timeout of its messages was over', () => {
    const { account, queue } = attempted({ visibility: 10 });
    account.pass(11);
    expect(queue.messages({ max: 2, attempt: 'one' }).map(({ deliveryCount }) => deliveryCount)).toEqual([2, 2]);
  });

  it('is known for five minutes', () => {
    const { account, queue, first } = attempted();
    account.pass(299);
    expect(queue.messages({ max: 2, attempt: 'one' })).toEqual(first);
    account.pass(300);
    expect(queue.receive({ max: 2, attempt: 'one' })).toEqual([]);
  });

  it('that got nothing is a new receive', () => {
    const account = new Account();
    const queue = account.fifo(CONTENT);
    expect(queue.receive({ attempt: 'one' })).toEqual([]);
    queue.send('a', { group: 'g' });
    expect(queue.receive({ attempt: 'one' })).toEqual(['a']);
  });
});
