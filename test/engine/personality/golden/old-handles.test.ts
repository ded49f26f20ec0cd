import { describe, expect, it } from 'vitest';
import { Account } from './account.js';

const HOURS = 3_600;
const EXPIRED = 'The receipt handle has expired.';

/** A message whose lease of an hour ends, and which is received again after five: the handles of both receives. */
function receivedTwice(settings: object = {}) {
  const account = new Account();
  const queue = account.queue('q', { VisibilityTimeout: '3600', MessageRetentionPeriod: '1209600' }, settings);
  queue.send('a');
  const first = queue.one().handle;
  account.pass(5 * HOURS);
  const second = queue.one().handle;
  return { account, queue, first, second };
}

describe('SQS standard queues: a receipt handle does nothing any more twelve hours after its own receive', () => {
  it('deletes until then, though the message has been received again', () => {
    const { account, queue, first } = receivedTwice();
    account.pass(6.9 * HOURS);
    expect(queue.delete(first)).toBeNull();
    expect(queue.counts()).toEqual([0, 0, 0]);
  });

  it('is refused after that, for a delete and for a change of the visibility timeout; the handle of the later receive is not', () => {
    const { account, queue, first, second } = receivedTwice();
    account.pass(7.1 * HOURS);
    expect(account.refused(() => queue.delete(first)).message).toContain(EXPIRED);
    expect(account.refused(() => queue.change(first, 60)).message).toContain(EXPIRED);
    expect(account.refused(() => queue.change(first, 0)).message).toContain(EXPIRED);
    expect(queue.delete(second)).toBeNull();
    expect(queue.counts()).toEqual([0, 0, 0]);
  });

  it('nor is it answered with success where a delete with a replaced handle is ignored', () => {
    const { account, queue, first } = receivedTwice({ supersededSettle: 'ignored' });
    expect(queue.delete(first)).toBeNull();
    account.pass(7.1 * HOURS);
    expect(account.refused(() => queue.delete(first)).message).toContain(EXPIRED);
    expect(queue.receive()).toEqual(['a']);
  });
});
