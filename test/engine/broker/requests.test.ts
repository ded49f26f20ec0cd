import { describe, expect, it } from 'vitest';
import { bodyOf, type Call, code, MINUTE, SECOND, Stage, traces } from './stage.js';

const entry = (trace: number, size = 4) => ({ body: bodyOf(trace, size), trace, delayMicros: null });

describe('send', () => {
  it('of an empty message is refused', () => {
    expect(() => new Stage().client('worker').send(1, { size: 0 })).toThrow('MissingParameter');
  });

  it('of a message larger than the queue allows is refused, and nothing is stored', () => {
    const client = new Stage({ queues: [{ name: 'jobs', settings: { maxMessageBytes: 1024 } }] }).client('worker');
    client.send(1, { size: 1024 });
    expect(() => client.send(2, { size: 1025 })).toThrow('InvalidParameterValue');
    expect(client.counts()).toEqual([1, 0, 0]);
  });

  it('to a queue that does not exist is refused; once it exists it works', () => {
    const client = new Stage().client('worker', ['later']);
    expect(() => client.send(1)).toThrow('QueueDoesNotExist');
    client.call({ operation: 'createQueue', name: 'later', settings: {} });
    expect(client.send(1)).toBe(1);
  });
});

describe('batches', () => {
  it('of sends answer each entry, the bad ones with why', () => {
    const client = new Stage({ queues: [{ name: 'jobs', settings: { maxMessageBytes: 1024 } }] }).client('worker');
    const reply = client.call({ operation: 'sendBatch', queue: 0, entries: [entry(1), entry(2, 2000), entry(3)] });
    expect(reply).toMatchObject({ operation: 'sendBatchReply', results: [1, { code: 'InvalidParameterValue' }, 2] });
    expect(traces(client.receive())).toEqual([1, 3]);
  });

  it('of deletes and of changes answer each entry', () => {
    const client = new Stage().client('worker');
    for (let trace = 1; trace <= 3; trace++) client.send(trace);
    const handles = client.receive().map(({ handle }) => handle);
    expect(client.call({ operation: 'changeVisibilityBatch', queue: 0, entries: [{ handle: handles[0]!, timeoutMicros: 0 }, { handle: 5, timeoutMicros: 0 }] }))
      .toMatchObject({ results: [null, { code: 'ReceiptHandleIsInvalid' }] });
    expect(client.call({ operation: 'deleteBatch', queue: 0, handles: [handles[1]!, 7, handles[2]!] }))
      .toMatchObject({ results: [null, { code: 'ReceiptHandleIsInvalid' }, null] });
    expect(client.counts()).toEqual([1, 0, 0]);
  });

  it.each<[string, Call]>([
    ['EmptyBatchRequest', { operation: 'sendBatch', queue: 0, entries: [] }],
    ['EmptyBatchRequest', { operation: 'deleteBatch', queue: 0, handles: [] }],
    ['EmptyBatchRequest', { operation: 'changeVisibilityBatch', queue: 0, entries: [] }],
    ['TooManyEntriesInBatchRequest', { operation: 'sendBatch', queue: 0, entries: Array.from({ length: 11 }, (_, index) => entry(index)) }],
    ['TooManyEntriesInBatchRequest', { operation: 'deleteBatch', queue: 0, handles: new Array<number>(11).fill(1) }],
    ['BatchRequestTooLong', { operation: 'sendBatch', queue: 0, entries: [entry(1, 600_000), entry(2, 600_000)] }],
  ])('%s', (expected, call) => {
    const client = new Stage().client('worker');
    expect(code(client.call(call))).toBe(expected);
    expect(client.counts()).toEqual([0, 0, 0]);
  });

  it('say how many entries were too many', () => {
    const reply = new Stage().client('worker').call({ operation: 'deleteBatch', queue: 0, handles: new Array<number>(20).fill(1) });
    expect(reply).toMatchObject({ error: { message: 'Maximum number of entries per request are 10. You have sent 20.' } });
  });
});

describe('create queue', () => {
  it('takes defaults for what is not said, and can be repeated with settings that it has: what is not said does not matter', () => {
    const client = new Stage().client('worker', ['mine']);
    const create = (settings: object) => code(client.call({ operation: 'createQueue', name: 'mine', settings }));
    expect(create({ delayMicros: SECOND })).toBe('createQueueReply');
    expect(create({ delayMicros: SECOND })).toBe('createQueueReply');
    expect(create({})).toBe('createQueueReply');
    expect(create({ delayMicros: 2 * SECOND })).toBe('QueueNameExists');
    expect(client.call({ operation: 'getQueueAttributes', queue: 0 })).toMatchObject({
      settings: { delayMicros: SECOND, visibilityTimeoutMicros: 30 * SECOND, retentionMicros: 345_600 * SECOND, maxMessageBytes: 1_048_576 },
    });
  });

  it.each([
    ['bad name!', {}, 'InvalidParameterValue'],
    ['x'.repeat(81), {}, 'InvalidParameterValue'],
    ['fine', { delayMicros: 901 * SECOND }, 'InvalidAttributeValue'],
    ['fine', { visibilityTimeoutMicros: 43_201 * SECOND }, 'InvalidAttributeValue'],
    ['fine', { retentionMicros: 59 * SECOND }, 'InvalidAttributeValue'],
    ['fine', { receiveWaitMicros: 21 * SECOND }, 'InvalidAttributeValue'],
    ['fine', { maxMessageBytes: 1_048_577 }, 'InvalidAttributeValue'],
    ['fine', { deadLetter: { queue: 'nowhere', maxReceiveCount: 3 } }, 'InvalidParameterValue'],
    ['fine', { deadLetter: { queue: 'fine', maxReceiveCount: 3 } }, 'InvalidParameterValue'],
    ['fine', { deadLetter: { queue: 'jobs', maxReceiveCount: 1001 } }, 'InvalidParameterValue'],
  ])('%s with %j is refused', (name, settings, expected) => {
    expect(code(new Stage().client('worker').call({ operation: 'createQueue', name, settings }))).toBe(expected);
  });

  it('in the configuration with a setting that is not allowed fails before anything is done', () => {
    expect(() => new Stage({ queues: [{ name: 'jobs', settings: { delayMicros: -1 } }] })).toThrow('delayMicros');
    expect(() => new Stage({ queues: [{ name: 'jobs', settings: { deadLetter: { queue: 'none', maxReceiveCount: 1 } } }] })).toThrow('deadLetter');
  });
});

describe('purge queue', () => {
  it('drops visible, in-flight and delayed messages, durably', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    for (let trace = 1; trace <= 3; trace++) client.send(trace);
    client.send(4, { delayMicros: MINUTE });
    client.receiveOne();
    expect(client.counts()).toEqual([2, 1, 1]);
    expect(code(client.call({ operation: 'purgeQueue', queue: 0 }))).toBe('purgeQueueReply');
    expect(client.counts()).toEqual([0, 0, 0]);
    expect(stage.events.of('drop').map(({ a }) => a)).toEqual([2, 2, 2, 2]);
    stage.restart();
    expect(stage.client('worker').counts()).toEqual([0, 0, 0]);
  });

  it('within 60 seconds of another is refused', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.call({ operation: 'purgeQueue', queue: 0 });
    stage.world.pass(59 * SECOND);
    expect(code(client.call({ operation: 'purgeQueue', queue: 0 }))).toBe('PurgeQueueInProgress');
    stage.world.pass(SECOND);
    expect(code(client.call({ operation: 'purgeQueue', queue: 0 }))).toBe('purgeQueueReply');
  });
});

describe('admission', () => {
  const config = {
    limits: { maxQueues: 2, maxSessions: 3, maxMessages: 5, maxPendingReplies: 2, maxPendingLogBytes: 1_000_000, maxWaitingPolls: 1, keepAliveMicros: 0 },
  };

  it('stores no more messages than the node may', () => {
    const client = new Stage({ config }).client('worker');
    for (let trace = 1; trace <= 5; trace++) client.send(trace);
    expect(code(client.call({ operation: 'send', queue: 0, body: bodyOf(1, 1), trace: 6, delayMicros: null }))).toBe('RequestThrottled');
  });

  it('rejects requests, to be tried again, while too many replies wait for the disk', () => {
    const stage = new Stage({ config });
    stage.disk.syncMicros = 10_000;
    const client = stage.client('worker');
    const posted = [1, 2, 3].map((trace) => client.post({ operation: 'send', queue: 0, body: bodyOf(1, 1), trace, delayMicros: null }));
    expect(client.reply(posted[2]!)).toMatchObject({ error: { code: 'RequestThrottled', retriable: true } });
    stage.world.pass(50_000);
    expect(posted.map((id) => code(client.reply(id)))).toEqual(['sendReply', 'sendReply', 'RequestThrottled']);
  });

  it('ends a session that is one too many', () => {
    const stage = new Stage({ config });
    const clients = ['a', 'b', 'c', 'd'].map((name) => stage.client(name));
    expect(clients.map(({ isOpen }) => isOpen)).toEqual([true, true, true, false]);
    clients[0]!.close();
    expect(stage.client('e').isOpen).toBe(true);
  });

  it('lets no more polls wait than it may', () => {
    const stage = new Stage({ config });
    const client = stage.client('worker');
    const wait: Call = { operation: 'receive', queue: 0, maxMessages: 1, timeoutMicros: null, waitMicros: SECOND };
    client.post(wait);
    expect(code(client.call(wait))).toBe('RequestThrottled');
  });

  it('creates no more queues than it may', () => {
    const client = new Stage({ config }).client('worker');
    client.call({ operation: 'createQueue', name: 'second', settings: {} });
    expect(code(client.call({ operation: 'createQueue', name: 'third', settings: {} }))).toBe('OverLimit');
  });

  it('answers an operation that it does not know', () => {
    const client = new Stage().client('worker');
    expect(code(client.call({ operation: 'teleport', queue: 0 } as unknown as Call))).toBe('UnsupportedOperation');
  });
});
