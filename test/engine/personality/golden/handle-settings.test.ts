import { describe, expect, it } from 'vitest';
import { Account } from './account.js';

describe('SQS standard queues: where documentation and service differ, the service is what is the case unless a setting says otherwise', () => {
  it('a change of the visibility timeout after it has ended hides the message again', () => {
    const account = new Account();
    const queue = account.queue('q', { VisibilityTimeout: '10' });
    queue.send('a');
    const { handle } = queue.one();
    account.pass(11);
    expect(queue.change(handle, 10)).toBeNull();
    expect(queue.receive()).toEqual([]);
  });

  it('expiredChange: refused, as the API reference has it: MessageNotInflight, and the message stays visible', () => {
    const account = new Account();
    const queue = account.queue('q', { VisibilityTimeout: '10' }, { expiredChange: 'refused' });
    queue.send('a');
    const { handle } = queue.one();
    expect(queue.change(handle, 5)).toBeNull();
    account.pass(6);
    expect(account.refused(() => queue.change(handle, 10))).toEqual({ code: 'MessageNotInflight', message: 'The specified message is not in flight.' });
    expect(account.refused(() => queue.change(handle, 0)).code).toBe('MessageNotInflight');
    expect(queue.receive()).toEqual(['a']);
  });

  it('a delete with a handle that a later receive has replaced deletes', () => {
    const account = new Account();
    const queue = account.queue('q', { VisibilityTimeout: '10' });
    queue.send('a');
    const { handle } = queue.one();
    account.pass(11);
    expect(queue.receive()).toEqual(['a']);
    expect(queue.delete(handle)).toBeNull();
    expect(queue.counts()).toEqual([0, 0, 0]);
  });

  it('supersededSettle: ignored: it is answered with success all the same, and the message comes again', () => {
    const account = new Account();
    const queue = account.queue('q', { VisibilityTimeout: '10' }, { supersededSettle: 'ignored' });
    queue.send('a');
    const { handle } = queue.one();
    account.pass(11);
    expect(queue.receive()).toEqual(['a']);
    expect(queue.delete(handle)).toBeNull();
    expect(queue.counts()).toEqual([0, 1, 0]);
    account.pass(11);
    expect(queue.receive()).toEqual(['a']);
  });

  it('and the handle of a receive whose timeout has ended, with none since, deletes in either case', () => {
    for (const supersededSettle of ['settles', 'ignored'] as const) {
      const account = new Account();
      const queue = account.queue('q', { VisibilityTimeout: '10' }, { supersededSettle });
      queue.send('a');
      const { handle } = queue.one();
      account.pass(11);
      expect(queue.delete(handle)).toBeNull();
      expect(queue.counts()).toEqual([0, 0, 0]);
    }
  });
});

describe('SQS FIFO queues look for a free group among the first messages of their backlog', () => {
  /** Five messages of one group, of which the first is in flight, and one of another behind them. */
  function crowded(lookAhead?: number) {
    const account = new Account();
    const queue = account.fifo({ ContentBasedDeduplication: 'true' }, 'q.fifo', lookAhead === undefined ? {} : { lookAhead });
    for (const body of ['a', 'b', 'c', 'd', 'e']) queue.send(body, { group: 'large' });
    queue.send('z', { group: 'small' });
    return { queue, first: queue.one() };
  }

  it('120 000 by default: a group behind a large one that is in flight is found', () => {
    expect(crowded().queue.receive()).toEqual(['z']);
  });

  it('a message beyond that is not, until enough before it has left', () => {
    const { queue, first } = crowded(5);
    expect(queue.receive()).toEqual([]);
    queue.delete(first.handle);
    expect(queue.receive({ max: 10 }).sort()).toEqual(['b', 'c', 'd', 'e', 'z']);
  });
});

describe('SQS FIFO queues: a message that is received with a visibility timeout of 0', () => {
  const received = () => {
    const account = new Account();
    const queue = account.fifo({ ContentBasedDeduplication: 'true' });
    for (const body of ['a', 'b']) queue.send(body, { group: 'g' });
    return { account, queue, handle: queue.one({ visibility: 0 }).handle };
  };
  const EXPIRED = 'InvalidParameterValue';

  it('is deleted within the same millisecond', () => {
    const { account, queue, handle } = received();
    account.pass(0.000_9);
    expect(queue.delete(handle)).toBeNull();
    expect(queue.receive({ max: 10 })).toEqual(['b']);
    expect(queue.delete(handle)).toBeNull();
  });

  it('but not later, nor when another receive has come between', () => {
    const late = received();
    late.account.pass(0.001);
    expect(late.account.refused(() => late.queue.delete(late.handle)).code).toBe(EXPIRED);
    const overtaken = received();
    overtaken.queue.receive();
    expect(overtaken.account.refused(() => overtaken.queue.delete(overtaken.handle)).code).toBe(EXPIRED);
    expect(overtaken.queue.counts()).toEqual([1, 1, 0]);
  });

  it('and its visibility cannot be changed: it is not in flight', () => {
    const { account, queue, handle } = received();
    expect(account.refused(() => queue.change(handle, 10)).code).toBe(EXPIRED);
  });

  it('which holds for no lease that was given back', () => {
    const { account, queue } = received();
    const { handle } = queue.one({ visibility: 10 });
    expect(queue.change(handle, 0)).toBeNull();
    expect(account.refused(() => queue.delete(handle)).code).toBe(EXPIRED);
  });
});
