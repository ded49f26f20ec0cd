import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../engine/index.js';
import { code, type HandClient, SECOND, Stage, traces } from './stage.js';

/** A stage whose dead-letter queue (number 1) holds messages 1 … `count` that came from `jobs` (number 0). */
function withDeadLetters(count: number) {
  const stage = new Stage({
    queues: [
      { name: 'jobs', settings: { deadLetter: { queue: 'dead', maxReceiveCount: 1 } } },
      { name: 'dead', settings: {} }, { name: 'elsewhere', settings: {} },
    ],
  });
  const client = stage.client('worker', ['jobs', 'dead', 'elsewhere']);
  for (let trace = 1; trace <= count; trace++) {
    client.send(trace);
    client.change(client.receiveOne().handle, 0);
    client.receive();
  }
  return { stage, client };
}

function start(client: HandClient, options: { destination?: string; rate?: number } = {}): Reply {
  return client.call({
    operation: 'startMessageMoveTask', source: 'dead', destination: options.destination ?? null, maxMessagesPerSecond: options.rate ?? null,
  });
}

function tasks(client: HandClient) {
  const reply = client.call({ operation: 'listMessageMoveTasks', source: 'dead' });
  return reply.operation === 'listMessageMoveTasksReply' ? reply.tasks : [];
}

describe('message move task', () => {
  it('moves dead letters back to where they came from, as new messages: new id, new time, count from the beginning', () => {
    const { stage, client } = withDeadLetters(3);
    stage.world.pass(60 * SECOND);
    expect(code(start(client))).toBe('startMessageMoveTaskReply');
    stage.world.pass(SECOND);
    const deliveries = client.receive();
    expect(traces(deliveries)).toEqual([1, 2, 3]);
    expect(deliveries.map(({ messageId, deliveryCount }) => [messageId, deliveryCount])).toEqual([[4, 1], [5, 1], [6, 1]]);
    expect(deliveries[0]!.sentWallMicros).toBeGreaterThanOrEqual(60 * SECOND);
    expect(tasks(client)).toMatchObject([{ status: 'completed', movedMessages: 3, destination: null }]);
    expect(stage.events.story(1).slice(-3)).toEqual(['move', 'accept', 'lease-grant']);
    expect(stage.events.of('move').at(-1)).toMatchObject({ dest: 'dead', peer: 'jobs', b: 2 });
  });

  it('moves to another queue when told so', () => {
    const { stage, client } = withDeadLetters(2);
    start(client, { destination: 'elsewhere' });
    stage.world.pass(SECOND);
    expect([client.counts(0), client.counts(1), client.counts(2)]).toEqual([[0, 0, 0], [0, 0, 0], [2, 0, 0]]);
  });

  it('moves 500 messages a second at most, or fewer if it is told so', () => {
    const { stage, client } = withDeadLetters(12);
    start(client, { rate: 10 });
    stage.world.pass(SECOND / 2);
    expect(client.counts(1)[0]).toBe(6);
    expect(code(start(client, { rate: 501 }))).toBe('InvalidParameterValue');
  });

  it('of a queue that is no dead-letter queue is refused', () => {
    const { client } = withDeadLetters(0);
    const reply = client.call({ operation: 'startMessageMoveTask', source: 'jobs', destination: null, maxMessagesPerSecond: null });
    expect(reply).toMatchObject({ error: { code: 'InvalidParameterValue', message: 'Source queue must be configured as a Dead Letter Queue.' } });
  });

  it('is the only one of its source', () => {
    const { client } = withDeadLetters(5);
    start(client, { rate: 1 });
    expect(start(client)).toMatchObject({ error: { message: expect.stringContaining('There is already a task running.') } });
  });

  it('can be cancelled; what was moved stays moved', () => {
    const { stage, client } = withDeadLetters(5);
    const reply = start(client, { rate: 1 });
    stage.world.pass(1.5 * SECOND);
    const taskId = reply.operation === 'startMessageMoveTaskReply' ? reply.taskId : 0;
    expect(client.call({ operation: 'cancelMessageMoveTask', taskId })).toMatchObject({ movedMessages: 2 });
    stage.world.pass(5 * SECOND);
    expect([client.counts(0)[0], client.counts(1)[0]]).toEqual([2, 3]);
    expect(code(client.call({ operation: 'cancelMessageMoveTask', taskId }))).toBe('ResourceNotFoundException');
    expect(tasks(client)).toMatchObject([{ status: 'cancelled', movedMessages: 2 }]);
  });

  it('fails at a message that was sent to the dead-letter queue itself, whose source nobody knows', () => {
    const { stage, client } = withDeadLetters(0);
    client.send(9, { queue: 1 });
    start(client);
    stage.world.pass(SECOND);
    expect(tasks(client)).toMatchObject([{ status: 'failed', failureReason: 'CouldNotDetermineMessageSource' }]);
    expect(client.counts(1)).toEqual([1, 0, 0]);
  });

  it('goes on after a restart with what it had moved', () => {
    const { stage, client } = withDeadLetters(5);
    start(client, { rate: 1 });
    stage.world.pass(1.5 * SECOND);
    stage.restart();
    const again = stage.client('worker', ['jobs', 'dead']);
    expect(tasks(again)).toMatchObject([{ status: 'running', movedMessages: 3 }]);
    stage.world.pass(5 * SECOND);
    expect(tasks(again)).toMatchObject([{ status: 'completed', movedMessages: 5 }]);
    expect([again.counts(0)[0], again.counts(1)[0]]).toEqual([5, 0]);
  });

  it('moves no more than was there when it started', () => {
    const { stage, client } = withDeadLetters(2);
    start(client, { rate: 1 });
    client.send(9, { queue: 1 });
    stage.world.pass(10 * SECOND);
    expect(client.counts(1)).toEqual([1, 0, 0]);
    expect(tasks(client)).toMatchObject([{ status: 'completed', movedMessages: 2 }]);
  });
});
