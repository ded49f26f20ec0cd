import { describe, expect, it } from 'vitest';
import { Account } from './account.js';

const INVALID = 'InvalidParameterValue';

describe('SQS receive: what is refused changes nothing', () => {
  it.each([0, -1, 11, 1.5])('%d messages at most', (max) => {
    const account = new Account();
    const queue = account.queue('q');
    queue.send('a');
    expect(account.refused(() => queue.tryReceive({ max }))).toEqual({
      code: INVALID, message: `Value ${max} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
    });
  });

  it.each([-1, 21])('a wait of %d seconds', (wait) => {
    const account = new Account();
    const queue = account.queue('q');
    queue.send('a');
    expect(account.refused(() => queue.tryReceive({ wait }))).toEqual({
      code: INVALID, message: `Value ${wait} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.`,
    });
  });

  it.each([-1, 43_201])('a visibility timeout of %d seconds', (visibility) => {
    const account = new Account();
    const queue = account.queue('q');
    queue.send('a');
    expect(account.refused(() => queue.tryReceive({ visibility })).code).toBe(INVALID);
  });

  it('an attempt id at a standard queue', () => {
    const account = new Account();
    const queue = account.queue('q');
    queue.send('a');
    expect(account.refused(() => queue.tryReceive({ attempt: 'x' })).code).toBe(INVALID);
  });

  it.each(['', 'a b', 'x'.repeat(129)])('the attempt id %j', (attempt) => {
    const account = new Account();
    const queue = account.fifo();
    queue.send('a', { group: 'g', dedup: 'd' });
    expect(account.refused(() => queue.tryReceive({ attempt })).code).toBe(INVALID);
  });

  it.each(['send', 'receive', 'delete', 'change', 'get', 'set', 'purge', 'remove'] as const)('%s at a queue that does not exist', (operation) => {
    const account = new Account();
    account.queue('other');
    const queue = account.open('missing');
    const calls = {
      send: () => queue.trySend('a'), receive: () => queue.tryReceive(), delete: () => queue.delete(1), change: () => queue.change(1, 0),
      get: () => queue.tryGet('All'), set: () => queue.set({ DelaySeconds: '1' }), purge: () => queue.purge(), remove: () => queue.remove(),
    };
    expect(account.refused(calls[operation])).toEqual({ code: 'QueueDoesNotExist', message: 'The specified queue does not exist.' });
  });
});

describe('SQS change message visibility: what is refused changes nothing', () => {
  it.each([-1, 43_201])('%d seconds', (seconds) => {
    const account = new Account();
    const queue = account.queue('q');
    queue.send('a');
    const { handle } = queue.one();
    expect(account.refused(() => queue.change(handle, seconds))).toEqual({
      code: INVALID, message: `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and 43200.`,
    });
    account.pass(29.999);
    expect(queue.receive()).toEqual([]);
    account.pass(0.001);
    expect(queue.receive()).toEqual(['a']);
  });

  it('12 hours in all, counted from the receive, and the timeout stays what it was', () => {
    const account = new Account();
    const queue = account.queue('q');
    queue.send('a');
    const { handle } = queue.one({ visibility: 40_000 });
    account.pass(10);
    expect(account.refused(() => queue.change(handle, 43_200))).toEqual({
      code: INVALID,
      message: 'Value for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].',
    });
    expect(queue.change(handle, 43_190)).toBeNull();
  });

  it('of a message that was deleted', () => {
    const account = new Account();
    const queue = account.queue('q');
    queue.send('a');
    const { handle } = queue.one();
    queue.delete(handle);
    expect(account.refused(() => queue.change(handle, 5))).toEqual({
      code: INVALID,
      message: `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    });
  });

  it('with a handle of another queue, or garbage; the same goes for delete', () => {
    const account = new Account();
    const queue = account.queue('q');
    const other = account.queue('other');
    queue.send('a');
    other.send('b');
    const { handle } = other.one();
    for (const wrong of [handle, 0, -5, 1.5, 12_345]) {
      const error = { code: 'ReceiptHandleIsInvalid', message: `The input receipt handle "${wrong}" is not a valid receipt handle.` };
      expect(account.refused(() => queue.delete(wrong))).toEqual(error);
      expect(account.refused(() => queue.change(wrong, 0))).toEqual(error);
    }
  });

  it('in a batch each entry has its own answer', () => {
    const account = new Account();
    const queue = account.queue('q');
    queue.send('a');
    const { handle } = queue.one();
    expect(queue.changeBatch([{ handle, seconds: 43_201 }, { handle: 3, seconds: 1 }, { handle, seconds: 0 }])).toMatchObject({
      results: [{ code: INVALID }, { code: 'ReceiptHandleIsInvalid' }, null],
    });
    expect(queue.receive()).toEqual(['a']);
  });
});

describe('SQS FIFO: handles whose timeout has passed are refused, and change nothing', () => {
  function expired() {
    const account = new Account();
    const queue = account.fifo({ VisibilityTimeout: '2' });
    queue.send('a', { group: 'g', dedup: 'd' });
    const { handle } = queue.one();
    account.pass(2.5);
    queue.counts();
    return { account, queue, handle, message: `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.` };
  }

  it('for delete', () => {
    const { account, queue, handle, message } = expired();
    expect(account.refused(() => queue.delete(handle))).toEqual({ code: INVALID, message });
    expect(queue.receive()).toEqual(['a']);
  });

  it('for change message visibility', () => {
    const { account, queue, handle, message } = expired();
    expect(account.refused(() => queue.change(handle, 30))).toEqual({ code: INVALID, message });
    expect(queue.receive()).toEqual(['a']);
  });

  it('when the message was received again, too: the new holder keeps it', () => {
    const { account, queue, handle } = expired();
    const again = queue.one({ visibility: 30 });
    expect(account.refused(() => queue.delete(handle)).code).toBe(INVALID);
    expect(account.refused(() => queue.change(handle, 0)).code).toBe(INVALID);
    expect(queue.receive()).toEqual([]);
    expect(queue.delete(again.handle)).toBeNull();
    expect(queue.counts()).toEqual([0, 0, 0]);
  });
});
