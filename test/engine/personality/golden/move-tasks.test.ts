import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../../engine/index.js';
import { Account, errorOf, redriveTo } from './account.js';

/** An account whose queue `dead` holds so many dead letters of queue `q`. */
function withDeadLetters(count: number) {
  const account = new Account();
  const dead = account.queue('dead');
  const queue = account.queue('q', { RedrivePolicy: redriveTo('dead', 1), VisibilityTimeout: '0' });
  for (let index = 0; index < count; index++) queue.send(String(index));
  while (queue.receive({ max: 10 }).length > 0);
  expect(dead.counts()).toEqual([count, 0, 0]);
  const start = (source = 'dead', destination: string | null = null, rate: number | null = null): Reply =>
    account.client.call({ operation: 'startMessageMoveTask', source, destination, maxMessagesPerSecond: rate });
  const list = (maxResults: number | null = null, source = 'dead'): Reply => account.client.call({
    operation: 'listMessageMoveTasks', source, ...(maxResults === null ? {} : { maxResults }),
  });
  const cancel = (taskId: number): Reply => account.client.call({ operation: 'cancelMessageMoveTask', taskId });
  return { account, dead, queue, start, list, cancel };
}

const taskOf = (reply: Reply): number => (reply as Extract<Reply, { operation: 'startMessageMoveTaskReply' }>).taskId;

describe('SQS message move tasks: what is refused changes nothing', () => {
  it('a source that does not exist', () => {
    const { account, start } = withDeadLetters(1);
    expect(account.refused(() => start('missing'))).toEqual({
      code: 'ResourceNotFoundException', message: "The resource that you specified for the SourceArn parameter doesn't exist.",
    });
  });

  it('a destination that does not exist', () => {
    const { account, start } = withDeadLetters(1);
    expect(account.refused(() => start('dead', 'missing'))).toEqual({
      code: 'ResourceNotFoundException', message: "The resource that you specified for the DestinationArn parameter doesn't exist.",
    });
  });

  it('a destination of another type', () => {
    const { account, start } = withDeadLetters(1);
    account.fifo();
    expect(account.refused(() => start('dead', 'q.fifo')).code).toBe('UnsupportedOperation');
  });

  it('a source that is nobody\'s dead-letter queue', () => {
    const { account, start } = withDeadLetters(1);
    expect(account.refused(() => start('q'))).toEqual({ code: 'InvalidParameterValue', message: 'Source queue must be configured as a Dead Letter Queue.' });
  });

  it.each([0, -1, 501, 1.5])('%d messages a second', (rate) => {
    const { account, start } = withDeadLetters(1);
    expect(account.refused(() => start('dead', null, rate)).code).toBe('InvalidParameterValue');
  });

  it('a second task while one is running', () => {
    const { account, start } = withDeadLetters(3);
    start('dead', null, 1);
    expect(account.refused(() => start())).toEqual({
      code: 'InvalidParameterValue', message: 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    });
  });

  it('cancelling what is not running', () => {
    const { account, start, cancel } = withDeadLetters(1);
    const taskId = taskOf(start());
    account.pass(10);
    for (const id of [taskId, 77]) expect(account.refused(() => cancel(id))).toEqual({ code: 'ResourceNotFoundException', message: 'Task does not exist.' });
  });

  it.each([0, 11])('a list of %d tasks', (maxResults) => {
    const { account, list } = withDeadLetters(1);
    expect(account.refused(() => list(maxResults)).code).toBe('InvalidParameterValue');
  });

  it('a list of the tasks of a queue that does not exist', () => {
    const { account, list } = withDeadLetters(1);
    expect(account.refused(() => list(null, 'missing')).code).toBe('ResourceNotFoundException');
  });

  it('the hundred-and-first task of the account', () => {
    const account = new Account();
    const names = Array.from({ length: 101 }, (_, index) => `dead${index}`);
    for (const [index, name] of names.entries()) {
      account.queue(name);
      const source = account.queue(`q${index}`, { RedrivePolicy: redriveTo(name, 1), VisibilityTimeout: '0' });
      source.send('a');
      source.send('b');
      while (source.receive({ max: 10 }).length > 0);
    }
    const start = (source: string) => account.client.call({ operation: 'startMessageMoveTask', source, destination: null, maxMessagesPerSecond: 1 });
    for (const name of names.slice(0, 100)) expect(errorOf(start(name))).toBeNull();
    expect(account.refused(() => start('dead100')).code).toBe('OverLimit');
  });
});

describe('SQS message move tasks', () => {
  it('a destination that is deleted meanwhile: failed, with the reason', () => {
    const { account, start, list } = withDeadLetters(3);
    account.queue('elsewhere');
    start('dead', 'elsewhere', 1);
    account.pass(0.5);
    account.open('elsewhere').remove();
    account.pass(2);
    expect(list()).toMatchObject({ tasks: [{ status: 'failed', failureReason: 'AWS.SimpleQueueService.NonExistentQueue', movedMessages: 1 }] });
    expect(account.open('dead').counts()).toEqual([2, 0, 0]);
  });

  it('ten tasks at most are listed, the newest first; when nothing is said, the newest alone', () => {
    const { account, start, list } = withDeadLetters(0);
    for (let task = 1; task <= 12; task++) {
      start();
      account.pass(1);
    }
    const listed = (reply: Reply) => (reply as Extract<Reply, { operation: 'listMessageMoveTasksReply' }>).tasks.map(({ taskId }) => taskId);
    expect(listed(list(10))).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(listed(list())).toEqual([12]);
  });

  it('cancelled: CANCELLING until its next move would have been, then CANCELLED; it moves nothing more, and only then another can begin', () => {
    const { account, dead, start, list, cancel } = withDeadLetters(5);
    const taskId = taskOf(start('dead', null, 1));
    account.pass(1.5);
    expect(cancel(taskId)).toMatchObject({ movedMessages: 2 });
    expect(list()).toMatchObject({ tasks: [{ status: 'cancelling', movedMessages: 2 }] });
    expect(account.refused(() => cancel(taskId)).code).toBe('ResourceNotFoundException');
    expect(account.refused(() => start()).message).toContain('There is already a task running.');
    account.pass(0.5);
    expect(list()).toMatchObject({ tasks: [{ status: 'cancelled', movedMessages: 2 }] });
    expect(dead.counts()).toEqual([3, 0, 0]);
    expect(errorOf(start())).toBeNull();
  });

  it('a task that is being cancelled is not there any more after a restart', () => {
    const { account, start, cancel } = withDeadLetters(5);
    const taskId = taskOf(start('dead', null, 1));
    cancel(taskId);
    account.stage.restart();
    account.pass(10);
    const client = account.stage.client('again', ['dead']);
    expect(client.counts()).toEqual([4, 0, 0]);
  });

  it('runs for 36 hours at most', () => {
    const { account, dead, start, list } = withDeadLetters(2);
    account.stage.world.pass(0);
    start('dead', null, 1);
    account.stage.world.wallOffsetMicros += 36 * 3600 * 1_000_000;
    account.pass(2);
    expect(list()).toMatchObject({ tasks: [{ status: 'failed', movedMessages: 1 }] });
    expect(dead.counts()).toEqual([1, 0, 0]);
  });
});
