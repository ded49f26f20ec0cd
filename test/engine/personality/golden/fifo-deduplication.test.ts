import { describe, expect, it } from 'vitest';
import { Account } from './account.js';

const CONTENT = { ContentBasedDeduplication: 'true' };

describe('SQS FIFO: deduplication', () => {
  it('a second send with the same id is answered with the first message id and not stored', () => {
    const queue = new Account().fifo();
    const first = queue.send('a', { group: 'g', dedup: 'd' });
    expect(queue.send('b', { group: 'g', dedup: 'd' })).toBe(first);
    expect(queue.receive({ max: 10 })).toEqual(['a']);
  });

  it('within five minutes of the first send, however often it is repeated', () => {
    const account = new Account();
    const queue = account.fifo({ MessageRetentionPeriod: '3600' });
    const first = queue.send('a', { group: 'g', dedup: 'd' });
    for (let minute = 1; minute <= 4; minute++) {
      account.pass(60);
      expect(queue.send('a', { group: 'g', dedup: 'd' })).toBe(first);
    }
    account.pass(59.999);
    expect(queue.send('a', { group: 'g', dedup: 'd' })).toBe(first);
    account.pass(0.001);
    expect(queue.send('a', { group: 'g', dedup: 'd' })).not.toBe(first);
  });

  it('though the first was received and deleted', () => {
    const account = new Account();
    const queue = account.fifo(CONTENT);
    const first = queue.send('a', { group: 'g' });
    queue.delete(queue.one().handle);
    account.pass(100);
    expect(queue.send('a', { group: 'g' })).toBe(first);
    expect(queue.receive()).toEqual([]);
  });

  it('though the broker was restarted meanwhile, from checkpoint or journal', () => {
    const account = new Account();
    const queue = account.fifo(CONTENT);
    const first = queue.send('a', { group: 'g' });
    queue.delete(queue.one().handle);
    account.pass(100);
    account.stage.restart();
    const again = new AccountAfterRestart(account);
    expect(again.send('a', 'g')).toBe(first);
    account.pass(199.9);
    expect(again.send('a', 'g')).toBe(first);
    account.pass(0.2);
    expect(again.send('a', 'g')).not.toBe(first);
  });

  it('but not after a purge', () => {
    const queue = new Account().fifo(CONTENT);
    const first = queue.send('a', { group: 'g' });
    expect(queue.purge()).toBeNull();
    expect(queue.send('a', { group: 'g' })).not.toBe(first);
    expect(queue.receive()).toEqual(['a']);
  });

  it.each([CONTENT, {}])('is by queue: the same id in another group is a repetition (%j)', (attributes) => {
    const queue = new Account().fifo(attributes);
    const dedup = 'ContentBasedDeduplication' in attributes ? {} : { dedup: 'd' };
    const first = queue.send('a', { group: 'g1', ...dedup });
    expect(queue.send('a', { group: 'g2', ...dedup })).toBe(first);
    expect(queue.receive({ max: 10 })).toEqual(['a']);
    expect(queue.receive({ max: 10 })).toEqual([]);
  });

  it('is by group where the scope says so, with and without the throughput setting', () => {
    for (const throughput of [{}, { FifoThroughputLimit: 'perMessageGroupId' }]) {
      const queue = new Account().fifo({ ...CONTENT, DeduplicationScope: 'messageGroup', ...throughput });
      const first = queue.send('a', { group: 'g1' });
      expect(queue.send('a', { group: 'g2' })).not.toBe(first);
      expect(queue.send('a', { group: 'g1' })).toBe(first);
      expect(queue.receive({ max: 10 })).toEqual(['a', 'a']);
    }
  });

  it('a scope that is changed later shows, and has no effect: from queue to group', () => {
    const queue = new Account().fifo({ DeduplicationScope: 'queue' });
    queue.send('1', { group: 'g1', dedup: 'd' });
    expect(queue.set({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' })).toBeNull();
    expect(queue.get('DeduplicationScope', 'FifoThroughputLimit')).toEqual({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
    queue.send('2', { group: 'g2', dedup: 'd' });
    queue.send('3', { group: 'g3', dedup: 'e' });
    queue.send('4', { group: 'g4', dedup: 'e' });
    expect(queue.receive({ max: 10 })).toEqual(['1', '3']);
  });

  it('and from group to queue', () => {
    const queue = new Account().fifo({ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' });
    queue.send('1', { group: 'g1', dedup: 'd' });
    expect(queue.set({ DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' })).toBeNull();
    queue.send('2', { group: 'g2', dedup: 'd' });
    expect(queue.receive({ max: 10 })).toEqual(['1', '2']);
  });

  it('an explicit id comes before the content, and collides with a content of which it is the hash', () => {
    const queue = new Account().fifo(CONTENT);
    const first = queue.send('abc', { group: 'g' });
    expect(queue.send('abc', { group: 'g', dedup: 'other' })).not.toBe(first);
    const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(queue.send('different', { group: 'g', dedup: hash })).toBe(first);
  });

  it('content means the body: attributes make no difference', () => {
    const queue = new Account().fifo(CONTENT);
    const first = queue.send('a', { group: 'g', attributes: { n: { dataType: 'Number', value: '1' } } });
    expect(queue.send('a', { group: 'g', attributes: { n: { dataType: 'Number', value: '2' } } })).toBe(first);
  });

  it('works within one batch', () => {
    const queue = new Account().fifo(CONTENT);
    const reply = queue.batch([queue.entry('a', { group: 'g' }), queue.entry('a', { group: 'g' }), queue.entry('b', { group: 'g' })]);
    const [first, second, third] = (reply as { results: readonly number[] }).results;
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(queue.counts()).toEqual([2, 0, 0]);
  });

  it('turned off later, a send without an id is refused', () => {
    const queue = new Account().fifo(CONTENT);
    queue.send('a', { group: 'g' });
    expect(queue.set({ ContentBasedDeduplication: 'false' })).toBeNull();
    expect(queue.get('ContentBasedDeduplication')).toEqual({ ContentBasedDeduplication: 'false' });
    expect(queue.trySend('b', { group: 'g' })?.code).toBe('InvalidParameterValue');
  });
});

describe('SQS FIFO: what a send must say', () => {
  const MISSING_ID = 'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly';

  it('a group', () => {
    const queue = new Account().fifo(CONTENT);
    expect(queue.trySend('a')).toEqual({ code: 'MissingParameter', message: 'The request must contain the parameter MessageGroupId.' });
    expect(queue.counts()).toEqual([0, 0, 0]);
  });

  it('a group, in a batch: the whole batch is turned down with another code', () => {
    const queue = new Account().fifo(CONTENT);
    expect(queue.batch([queue.entry('a', { group: 'g' }), queue.entry('b')])).toMatchObject({
      operation: 'error', error: { code: 'InvalidParameterValue', message: 'The request must contain the parameter MessageGroupId.' },
    });
    expect(queue.counts()).toEqual([0, 0, 0]);
  });

  it('a deduplication id, unless the content is one', () => {
    const queue = new Account().fifo();
    expect(queue.trySend('a', { group: 'g' })).toEqual({ code: 'InvalidParameterValue', message: MISSING_ID });
    expect(queue.batch([queue.entry('a', { group: 'g' })])).toMatchObject({ operation: 'error', error: { message: MISSING_ID } });
    expect(queue.counts()).toEqual([0, 0, 0]);
  });

  it.each(['', 'group 123', 'a'.repeat(129)])('a deduplication id that can be one, unlike %j', (dedup) => {
    const queue = new Account().fifo();
    expect(queue.trySend('a', { group: 'g', dedup })).toEqual({
      code: 'InvalidParameterValue',
      message: `Value ${dedup} for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    });
  });

  it.each(['', 'group 123', 'a'.repeat(129)])('a group id that can be one, unlike %j, on a standard queue, too', (group) => {
    const account = new Account();
    for (const queue of [account.fifo(CONTENT), account.queue('standard')]) {
      expect(queue.trySend('a', { group })).toEqual({
        code: 'InvalidParameterValue',
        message: `Value ${group} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
      });
    }
  });

  it('ids of all printable characters and 128 letters are fine', () => {
    const queue = new Account().fifo();
    expect(queue.trySend('a', { group: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', dedup: 'a'.repeat(128) })).toBeNull();
  });
});

/** The same account's queue `q.fifo` on a new connection. */
class AccountAfterRestart {
  readonly #queue;

  constructor(account: Account) {
    const client = account.stage.client('again', ['q.fifo']);
    this.#queue = (body: string, group: string) => client.call({
      operation: 'send', queue: 0, body: new TextEncoder().encode(body), trace: account.nextTrace(), delayMicros: null,
      properties: { group, deduplicationId: null, attributes: null },
    });
  }

  send(body: string, group: string): number {
    const reply = this.#queue(body, group);
    if (reply.operation !== 'sendReply') throw new Error(JSON.stringify(reply));
    return reply.messageId;
  }
}
