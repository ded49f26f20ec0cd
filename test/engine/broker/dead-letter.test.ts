import { describe, expect, it } from 'vitest';
import { bodyOf, DAY, HOUR, SECOND, Stage, traces } from './stage.js';

const RULE = { deadLetter: { queue: 'dead', maxReceiveCount: 2 } };

function withDeadLetterQueue(settings = RULE, dead = {}) {
  const stage = new Stage({ queues: [{ name: 'jobs', settings }, { name: 'dead', settings: dead }] });
  return { stage, client: stage.client('worker', ['jobs', 'dead']) };
}

describe('dead-letter queue', () => {
  it('max receive count: delivered that often, moved at the next receive attempt instead of returned', () => {
    const { stage, client } = withDeadLetterQueue();
    client.send(1);
    client.change(client.receiveOne().handle, 0);
    client.change(client.receiveOne().handle, 0);
    expect([client.counts(0), client.counts(1)]).toEqual([[1, 0, 0], [0, 0, 0]]);
    expect(client.receive()).toEqual([]);
    expect([client.counts(0), client.counts(1)]).toEqual([[0, 0, 0], [1, 0, 0]]);
    expect(stage.events.of('move')).toMatchObject([{ dest: 'jobs', peer: 'dead', message: 1, a: 2, b: 1 }]);
  });

  it('no receive, no move: a message that has been received too often stays while nobody polls', () => {
    const { stage, client } = withDeadLetterQueue();
    client.send(1);
    client.receiveOne();
    stage.world.pass(30 * SECOND);
    client.receiveOne();
    stage.world.pass(HOUR);
    expect(client.counts(0)).toEqual([1, 0, 0]);
    expect(stage.events.of('move')).toEqual([]);
  });

  it('a receive that moves a message goes on to the next one', () => {
    const { client } = withDeadLetterQueue();
    client.send(1);
    for (let turn = 0; turn < 2; turn++) client.change(client.receiveOne().handle, 0);
    client.send(2);
    expect(traces(client.receive())).toEqual([2]);
  });

  it('message attributes: id, body and trace are kept, the count continues', () => {
    const { client } = withDeadLetterQueue();
    const messageId = client.send(1, { size: 20 });
    for (let turn = 0; turn < 2; turn++) client.change(client.receiveOne().handle, 0);
    client.receive();
    const delivery = client.receiveOne({ queue: 1 });
    expect(delivery).toMatchObject({ messageId, trace: 1, deliveryCount: 3 });
    expect(delivery.body).toEqual(bodyOf(1, 20));
  });

  it('retention of a standard dead-letter queue counts from the original send', () => {
    const { stage, client } = withDeadLetterQueue({ ...RULE, retentionMicros: 4 * DAY } as typeof RULE, { retentionMicros: 4 * DAY });
    client.send(1);
    stage.world.pass(DAY);
    for (let turn = 0; turn < 2; turn++) client.change(client.receiveOne().handle, 0);
    client.receive();
    stage.world.pass(3 * DAY - 1);
    expect(client.counts(1)).toEqual([1, 0, 0]);
    stage.world.pass(1);
    expect(client.counts(1)).toEqual([0, 0, 0]);
    expect(stage.events.of('drop')).toMatchObject([{ dest: 'dead', message: 1, a: 1 }]);
  });

  it('keeps a moved message over a restart, with its count', () => {
    const { stage, client } = withDeadLetterQueue();
    client.send(1);
    for (let turn = 0; turn < 2; turn++) client.change(client.receiveOne().handle, 0);
    client.receive();
    stage.powerLoss();
    const again = stage.client('worker', ['jobs', 'dead']);
    expect([again.counts(0), again.counts(1)]).toEqual([[0, 0, 0], [1, 0, 0]]);
    expect(again.receiveOne({ queue: 1 }).deliveryCount).toBe(3);
  });
});
