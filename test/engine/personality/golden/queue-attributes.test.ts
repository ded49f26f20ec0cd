import { describe, expect, it } from 'vitest';
import { Account } from './account.js';

const SECOND = 1_000_000;

const RANGES: [name: string, lowest: number, highest: number][] = [
  ['VisibilityTimeout', 0, 43_200], ['DelaySeconds', 0, 900], ['MessageRetentionPeriod', 60, 1_209_600],
  ['ReceiveMessageWaitTimeSeconds', 0, 20], ['MaximumMessageSize', 1_024, 1_048_576],
];

/** The API reference has them take up to 60 seconds, and a retention up to 15 minutes; recorded, they hold at once. */
describe('SQS queue attributes, where they are set to take a while', () => {
  const SLOW = { attributesTakeMicros: 45 * SECOND, retentionTakesMicros: 600 * SECOND };

  it('the old ones hold and are told until then', () => {
    const account = new Account();
    const queue = account.queue('q', { VisibilityTimeout: '10' }, SLOW);
    queue.send('a');
    expect(queue.set({ VisibilityTimeout: '100' })).toBeNull();
    expect(queue.get('VisibilityTimeout')).toEqual({ VisibilityTimeout: '10' });
    expect(queue.receive()).toEqual(['a']);
    account.pass(10);
    expect(queue.receive()).toEqual(['a']);
    account.pass(35);
    expect(queue.get('VisibilityTimeout')).toEqual({ VisibilityTimeout: '100' });
    expect(queue.receive()).toEqual(['a']);
    account.pass(99);
    expect(queue.receive()).toEqual([]);
    account.pass(1);
    expect(queue.receive()).toEqual(['a']);
  });

  it('a retention takes its own time, and then holds for what is there', () => {
    const account = new Account();
    const queue = account.queue('q', {}, SLOW);
    queue.send('a');
    expect(queue.set({ MessageRetentionPeriod: '60', DelaySeconds: '5' })).toBeNull();
    account.pass(599);
    expect(queue.get('DelaySeconds', 'MessageRetentionPeriod')).toEqual({ DelaySeconds: '5', MessageRetentionPeriod: '345600' });
    expect(queue.counts()).toEqual([1, 0, 0]);
    account.pass(1);
    expect(queue.get('MessageRetentionPeriod')).toEqual({ MessageRetentionPeriod: '60' });
    expect(queue.receive()).toEqual([]);
  });

  it('what is asked for meanwhile adds to it, and the later one of two counts', () => {
    const account = new Account();
    const queue = account.queue('q', {}, SLOW);
    queue.set({ VisibilityTimeout: '1' });
    account.pass(20);
    queue.set({ VisibilityTimeout: '2', DelaySeconds: '7' });
    account.pass(25);
    expect(queue.get('VisibilityTimeout', 'DelaySeconds')).toEqual({ VisibilityTimeout: '1', DelaySeconds: '0' });
    account.pass(20);
    expect(queue.get('VisibilityTimeout', 'DelaySeconds')).toEqual({ VisibilityTimeout: '2', DelaySeconds: '7' });
  });

  it('they have to go together with what was asked for before', () => {
    const account = new Account();
    const queue = account.fifo({}, 'q.fifo', SLOW);
    expect(account.refused(() => queue.set({ FifoThroughputLimit: 'perMessageGroupId' })).code).toBe('InvalidAttributeValue');
    expect(queue.set({ DeduplicationScope: 'messageGroup' })).toBeNull();
    expect(queue.set({ FifoThroughputLimit: 'perMessageGroupId' })).toBeNull();
  });

  it('a restart goes on with them, and has not forgotten when they were asked for', () => {
    const account = new Account();
    const queue = account.queue('q', {}, SLOW);
    queue.set({ VisibilityTimeout: '5' });
    account.pass(44);
    account.restart();
    expect(queue.get('VisibilityTimeout')).toEqual({ VisibilityTimeout: '30' });
    account.pass(1);
    expect(queue.get('VisibilityTimeout')).toEqual({ VisibilityTimeout: '5' });
    account.restart();
    expect(queue.get('VisibilityTimeout')).toEqual({ VisibilityTimeout: '5' });
    expect(queue.set({ VisibilityTimeout: '6' })).toBeNull();
    account.pass(45);
    expect(queue.get('VisibilityTimeout')).toEqual({ VisibilityTimeout: '6' });
  });

  it('a queue that is gone has nothing of it, nor one that has its name', () => {
    const account = new Account();
    const gone = account.queue('q', {}, SLOW);
    gone.set({ MessageRetentionPeriod: '60' });
    gone.remove();
    account.pass(60);
    const queue = account.queue('q');
    account.pass(600);
    expect(queue.get('MessageRetentionPeriod')).toEqual({ MessageRetentionPeriod: '345600' });
  });

  it('hold although the wall clock of the broker was set back before they were asked for', () => {
    const account = new Account();
    const queue = account.queue('q', {}, SLOW);
    account.stage.world.wallOffsetMicros = -3_600 * SECOND;
    queue.set({ VisibilityTimeout: '5' });
    account.pass(45);
    expect(queue.get('VisibilityTimeout')).toEqual({ VisibilityTimeout: '5' });
  });

  it.each([{ attributesTakeMicros: 60 * SECOND + 1 }, { attributesTakeMicros: -1 }, { retentionTakesMicros: 900 * SECOND + 1 }])('%o is no time for it', (settings) => {
    const account = new Account();
    expect(account.refused(() => account.create('q', {}, settings)).code).toBe('InvalidAttributeValue');
  });
});

describe('SQS queue attributes: what is refused changes nothing', () => {
  it.each(RANGES)('%s goes from %d to %d, at creation and later', (name, lowest, highest) => {
    const account = new Account();
    const queue = account.queue('q');
    for (const value of [lowest, highest]) {
      expect(queue.set({ [name]: String(value) })).toBeNull();
      expect(queue.get(name)).toEqual({ [name]: String(value) });
    }
    const error = { code: 'InvalidAttributeValue', message: `Invalid value for the parameter ${name}.` };
    for (const value of [lowest - 1, highest + 1, '', 'ten', '1.5', ' 1', '1e3']) {
      expect(account.refused(() => queue.set({ [name]: String(value) })), String(value)).toEqual(error);
      expect(account.refused(() => account.create('new', { [name]: String(value) })), String(value)).toEqual(error);
    }
  });

  it('one wrong attribute refuses all of them', () => {
    const account = new Account();
    const queue = account.queue('q');
    expect(account.refused(() => queue.set({ VisibilityTimeout: '5', DelaySeconds: '901' })).code).toBe('InvalidAttributeValue');
    expect(queue.get('VisibilityTimeout')).toEqual({ VisibilityTimeout: '30' });
  });

  it.each(['Unknown', 'visibilityTimeout', 'QueueArn', 'CreatedTimestamp', 'ApproximateNumberOfMessages'])('%s cannot be set', (name) => {
    const account = new Account();
    const queue = account.queue('q');
    const error = { code: 'InvalidAttributeName', message: `Unknown Attribute ${name}.` };
    expect(account.refused(() => queue.set({ [name]: '1' }))).toEqual(error);
    expect(account.refused(() => account.create('new', { [name]: '1' }))).toEqual(error);
  });

  it('an attribute that is none cannot be asked for', () => {
    const account = new Account();
    const queue = account.queue('q');
    expect(account.refused(() => queue.tryGet('VisibilityTimeout', 'Foobar'))).toEqual({ code: 'InvalidAttributeName', message: 'Unknown Attribute Foobar.' });
  });

  it('content-based deduplication is unknown at a standard queue', () => {
    const account = new Account();
    const queue = account.queue('q');
    expect(account.refused(() => queue.set({ ContentBasedDeduplication: 'true' }))).toEqual({
      code: 'InvalidAttributeName', message: 'Unknown Attribute ContentBasedDeduplication.',
    });
  });

  it.each([['DeduplicationScope', 'queue'], ['FifoThroughputLimit', 'perQueue']])('%s is for FIFO queues', (name, value) => {
    const account = new Account();
    const queue = account.queue('q');
    const error = { code: 'InvalidAttributeName', message: `You can specify the ${name} only when FifoQueue is set to true.` };
    expect(account.refused(() => queue.set({ [name]: value }))).toEqual(error);
    expect(account.refused(() => account.create('new', { [name]: value }))).toEqual(error);
  });

  it.each([['ContentBasedDeduplication', 'yes'], ['DeduplicationScope', 'group'], ['FifoThroughputLimit', 'perGroup']])('%s cannot be %j', (name, value) => {
    const account = new Account();
    const queue = account.fifo();
    expect(account.refused(() => queue.set({ [name]: value }))).toEqual({ code: 'InvalidAttributeValue', message: `Invalid value for the parameter ${name}.` });
  });

  it('a throughput limit by group needs deduplication by group', () => {
    const account = new Account();
    const queue = account.fifo();
    expect(account.refused(() => queue.set({ FifoThroughputLimit: 'perMessageGroupId' })).code).toBe('InvalidAttributeValue');
    expect(queue.set({ FifoThroughputLimit: 'perMessageGroupId', DeduplicationScope: 'messageGroup' })).toBeNull();
  });

  it('FifoQueue false does not exist: a queue without it is standard', () => {
    const account = new Account();
    const error = { code: 'InvalidAttributeName', message: 'Unknown Attribute FifoQueue.' };
    expect(account.refused(() => account.create('q', { FifoQueue: 'false' }))).toEqual(error);
    expect(account.refused(() => account.create('q.fifo', { FifoQueue: 'false' }))).toEqual(error);
  });

  it('a FIFO queue stays one', () => {
    const account = new Account();
    const queue = account.fifo();
    expect(account.refused(() => queue.set({ FifoQueue: 'false' }))).toEqual({
      code: 'InvalidAttributeValue', message: 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    });
    expect(queue.set({ FifoQueue: 'true' })).toBeNull();
  });
});

describe('SQS queue attributes: as they are told', () => {
  it('all of a standard queue, with its defaults', () => {
    const all = new Account().queue('q').get('All');
    expect(all).toMatchObject({
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:q', ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0', VisibilityTimeout: '30', MaximumMessageSize: '1048576', MessageRetentionPeriod: '345600',
      DelaySeconds: '0', ReceiveMessageWaitTimeSeconds: '0',
    });
    for (const absent of ['FifoQueue', 'ContentBasedDeduplication', 'RedrivePolicy', 'RedriveAllowPolicy']) expect(all).not.toHaveProperty(absent);
  });

  it('of a FIFO queue in addition its four', () => {
    expect(new Account().fifo().get('All')).toMatchObject({
      FifoQueue: 'true', ContentBasedDeduplication: 'false', DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue',
    });
  });

  it('none when none is asked for, and only those that are', () => {
    const queue = new Account().queue('q');
    expect(queue.get()).toEqual({});
    expect(queue.get('DelaySeconds')).toEqual({ DelaySeconds: '0' });
  });

  it('what is set later leaves the rest as it was, and moves the time of the last change', () => {
    const account = new Account();
    const queue = account.queue('q', { VisibilityTimeout: '20', MessageRetentionPeriod: '604800' });
    const { CreatedTimestamp } = queue.get('CreatedTimestamp');
    account.pass(10);
    queue.set({ VisibilityTimeout: '69', MaximumMessageSize: '2048', DelaySeconds: '420' });
    expect(queue.get('All')).toMatchObject({
      VisibilityTimeout: '69', MaximumMessageSize: '2048', DelaySeconds: '420', MessageRetentionPeriod: '604800',
      CreatedTimestamp, LastModifiedTimestamp: String(Number(CreatedTimestamp) + 10),
    });
  });

  it('a new visibility timeout is for the next receive; leases that began keep theirs', () => {
    const account = new Account();
    const queue = account.queue('q', { VisibilityTimeout: '2' });
    queue.send('a');
    queue.one();
    queue.set({ VisibilityTimeout: '100' });
    account.pass(2);
    expect(queue.receive()).toEqual(['a']);
    account.pass(99);
    expect(queue.receive()).toEqual([]);
    account.pass(1);
    expect(queue.receive()).toEqual(['a']);
  });

  it('a shorter retention may expire messages that are there', () => {
    const account = new Account();
    const queue = account.queue('q');
    queue.send('old');
    account.pass(100);
    queue.send('new');
    queue.set({ MessageRetentionPeriod: '60' });
    expect(queue.receive({ max: 10 })).toEqual(['new']);
  });

  it('a smaller maximum size is for new messages', () => {
    const queue = new Account().queue('q');
    queue.send('x'.repeat(2000));
    queue.set({ MaximumMessageSize: '1024' });
    expect(queue.trySend('x'.repeat(2000))?.code).toBe('InvalidParameterValue');
    expect(queue.receive()).toEqual(['x'.repeat(2000)]);
  });
});
