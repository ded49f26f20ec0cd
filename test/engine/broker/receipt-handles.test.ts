import { describe, expect, it } from 'vitest';
import { HOUR, SECOND, Stage, withPolicy } from './stage.js';

const TIMEOUT = 30 * SECOND;
const OK_DELETE = 'deleteReply';
const OK_CHANGE = 'changeVisibilityReply';
const INVALID_HANDLE = 'ReceiptHandleIsInvalid';
const INVALID_VALUE = 'InvalidParameterValue';

/** One message, received once; `handle` is its handle. */
function received() {
  const stage = new Stage();
  const client = stage.client('worker');
  client.send(1);
  const { handle } = client.receiveOne();
  return { stage, client, handle };
}

describe('receipt handles of a standard queue: delete', () => {
  it('current, in flight: ok, gone', () => {
    const { stage, client, handle } = received();
    expect(client.delete(handle)).toBe(OK_DELETE);
    expect(client.counts()).toEqual([0, 0, 0]);
    expect(stage.events.of('settle').map(({ a, b }) => [a, b])).toEqual([[handle, 0]]);
  });

  it('timeout passed, not received again: ok, really deleted', () => {
    const { stage, client, handle } = received();
    stage.world.pass(TIMEOUT);
    expect(client.counts()).toEqual([1, 0, 0]);
    expect(client.delete(handle)).toBe(OK_DELETE);
    expect(client.receive()).toEqual([]);
    expect(stage.events.of('settle').map(({ b }) => b)).toEqual([1]);
  });

  it('superseded: ok, and it settles the message', () => {
    const { stage, client, handle } = received();
    stage.world.pass(TIMEOUT);
    client.receiveOne();
    expect(client.delete(handle)).toBe(OK_DELETE);
    expect(client.counts()).toEqual([0, 0, 0]);
    expect(stage.events.of('settle').map(({ b }) => b)).toEqual([2]);
  });

  it('superseded, where the policy ignores it: ok, and nothing happens', () => {
    const stage = new Stage({ config: withPolicy({ supersededSettle: 'ignored' }) });
    const client = stage.client('worker');
    client.send(1);
    const { handle } = client.receiveOne();
    stage.world.pass(TIMEOUT);
    client.receiveOne();
    expect(client.delete(handle)).toBe(OK_DELETE);
    expect(client.counts()).toEqual([0, 1, 0]);
  });

  it('message already deleted: ok, any number of times', () => {
    const { client, handle } = received();
    expect([client.delete(handle), client.delete(handle), client.delete(handle)]).toEqual([OK_DELETE, OK_DELETE, OK_DELETE]);
  });

  it('more than 12 hours after the receive: expired', () => {
    const { stage, client, handle } = received();
    stage.world.pass(12 * HOUR + 1);
    const reply = client.call({ operation: 'delete', queue: 0, handle });
    expect(reply).toMatchObject({ error: { code: INVALID_VALUE, message: expect.stringContaining('The receipt handle has expired.') } });
  });

  it('garbage, never issued, or of another queue: not a valid handle', () => {
    const stage = new Stage({ queues: [{ name: 'jobs', settings: {} }, { name: 'other', settings: {} }] });
    const client = stage.client('worker', ['jobs', 'other']);
    client.send(1);
    const { handle } = client.receiveOne();
    for (const garbage of [0, -5, 12.5, NaN, handle + 1, handle + 2 ** 20]) expect(client.delete(garbage)).toBe(INVALID_HANDLE);
    expect(client.delete(handle, 1)).toBe(INVALID_HANDLE);
    expect(client.counts()).toEqual([0, 1, 0]);
  });
});

describe('a receipt handle of a queue whose message was dead-lettered', () => {
  function deadLettered() {
    const stage = new Stage({ queues: [{ name: 'jobs', settings: { deadLetter: { queue: 'dead', maxReceiveCount: 1 } } }, { name: 'dead', settings: {} }] });
    const client = stage.client('worker', ['jobs', 'dead']);
    client.send(1);
    const { handle } = client.receiveOne();
    stage.world.pass(TIMEOUT);
    expect(client.receive()).toEqual([]);
    return { stage, client, handle };
  }

  it('is none of the dead-letter queue, before and after it is received there', () => {
    const { client, handle } = deadLettered();
    expect([client.delete(handle, 1), client.change(handle, 0, 1)]).toEqual([INVALID_HANDLE, INVALID_HANDLE]);
    const [dead] = client.receive({ queue: 1 });
    expect([client.delete(handle, 1), client.change(handle, 0, 1)]).toEqual([INVALID_HANDLE, INVALID_HANDLE]);
    expect(client.counts(1)).toEqual([0, 1, 0]);
    expect(client.delete(dead!.handle, 1)).toBe(OK_DELETE);
    expect(client.counts(1)).toEqual([0, 0, 0]);
  });

  it('deletes nothing in the queue that gave it, and says nothing', () => {
    const { client, handle } = deadLettered();
    expect(client.delete(handle)).toBe(OK_DELETE);
    expect(client.counts(1)).toEqual([1, 0, 0]);
  });

  it('is none of the dead-letter queue after a restart either', () => {
    const { stage, handle } = deadLettered();
    stage.restart();
    const again = stage.client('again', ['jobs', 'dead']);
    expect(again.delete(handle, 1)).toBe(INVALID_HANDLE);
    expect(again.counts(1)).toEqual([1, 0, 0]);
  });
});

describe('receipt handles of a standard queue: change visibility', () => {
  it('current, in flight: the lease ends that long after the call, not later', () => {
    const { stage, client, handle } = received();
    stage.world.pass(10 * SECOND);
    expect(client.change(handle, 5 * SECOND)).toBe(OK_CHANGE);
    stage.world.pass(5 * SECOND - 1);
    expect(client.receive()).toEqual([]);
    stage.world.pass(1);
    expect(client.receive()).toHaveLength(1);
  });

  it('timeout passed, not received again: ok, hidden again', () => {
    const { stage, client, handle } = received();
    stage.world.pass(TIMEOUT + SECOND);
    expect(client.change(handle, 20 * SECOND)).toBe(OK_CHANGE);
    expect(client.receive()).toEqual([]);
    stage.world.pass(20 * SECOND);
    expect(client.receiveOne().deliveryCount).toBe(2);
  });

  it('superseded: takes effect', () => {
    const { stage, client, handle } = received();
    stage.world.pass(TIMEOUT);
    client.receiveOne();
    expect(client.change(handle, 0)).toBe(OK_CHANGE);
    expect(client.counts()).toEqual([1, 0, 0]);
  });

  it('message already deleted: does not exist or is not available', () => {
    const { client, handle } = received();
    client.delete(handle);
    const reply = client.call({ operation: 'changeVisibility', queue: 0, handle, timeoutMicros: SECOND });
    expect(reply).toMatchObject({
      error: { code: INVALID_VALUE, message: expect.stringContaining('Message does not exist or is not available for visibility timeout change.') },
    });
  });

  it('more than 12 hours after the receive: expired', () => {
    const { stage, client, handle } = received();
    stage.world.pass(12 * HOUR + 1);
    const reply = client.call({ operation: 'changeVisibility', queue: 0, handle, timeoutMicros: 0 });
    expect(reply).toMatchObject({ error: { code: INVALID_VALUE, message: expect.stringContaining('The receipt handle has expired.') } });
  });

  it('garbage or of another queue: not a valid handle', () => {
    const { client, handle } = received();
    expect(client.change(handle + 2 ** 21, SECOND)).toBe(INVALID_HANDLE);
    expect(client.change(17, SECOND)).toBe(INVALID_HANDLE);
  });
});

describe('receipt handles', () => {
  it('are new with each receive', () => {
    const { stage, client, handle } = received();
    client.change(handle, 0);
    const second = client.receiveOne().handle;
    stage.world.pass(TIMEOUT);
    expect(new Set([handle, second, client.receiveOne().handle]).size).toBe(3);
  });

  it('of a message that has moved to its dead-letter queue count as deleted in the source', () => {
    const stage = new Stage({
      queues: [{ name: 'jobs', settings: { deadLetter: { queue: 'dead', maxReceiveCount: 1 } } }, { name: 'dead', settings: {} }],
    });
    const client = stage.client('worker', ['jobs', 'dead']);
    client.send(1);
    const { handle } = client.receiveOne();
    client.change(handle, 0);
    expect(client.receive()).toEqual([]);
    expect([client.delete(handle), client.change(handle, 0)]).toEqual([OK_DELETE, INVALID_VALUE]);
    expect(client.counts(1)).toEqual([1, 0, 0]);
  });

  it('still work after the broker restarted', () => {
    const { stage, client, handle } = received();
    client.close();
    stage.restart();
    const again = stage.client('worker');
    expect(again.counts()).toEqual([0, 1, 0]);
    expect(again.delete(handle)).toBe(OK_DELETE);
    expect(again.counts()).toEqual([0, 0, 0]);
  });
});
