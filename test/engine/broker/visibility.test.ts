import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND, Stage, traces, withPolicy } from './stage.js';

/** The broker's own, which looks for sessions that say nothing. */
const TIMER_OF_SESSIONS = 1;

const TIMEOUT = 30 * SECOND;

describe('visibility timeout', () => {
  it('hides a received message until it has passed, then shows it with the next count', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    expect(client.receiveOne().deliveryCount).toBe(1);
    stage.world.pass(TIMEOUT - 1);
    expect(client.receive()).toEqual([]);
    stage.world.pass(1);
    expect(client.receiveOne().deliveryCount).toBe(2);
  });

  it('may be set for one receive', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    client.receiveOne({ timeoutMicros: 5 * SECOND });
    stage.world.pass(5 * SECOND);
    expect(client.receive()).toHaveLength(1);
  });

  it('change message visibility is not permanent: the next receive has the queue default again', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    client.change(client.receiveOne().handle, 2 * MINUTE);
    stage.world.pass(2 * MINUTE);
    client.receiveOne();
    stage.world.pass(TIMEOUT);
    expect(client.receive()).toHaveLength(1);
  });

  it('change message visibility replaces the end, it does not add to it', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    client.change(client.receiveOne().handle, 3 * SECOND);
    stage.world.pass(3 * SECOND);
    expect(client.receive()).toHaveLength(1);
  });

  it('terminate visibility timeout: 0 gives the message back at once, the count stays', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    client.change(client.receiveOne().handle, 0);
    expect(client.receiveOne().deliveryCount).toBe(2);
  });

  it('a receive with timeout 0 returns the message and leaves it visible', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    client.send(2);
    expect(traces(client.receive({ timeoutMicros: 0 }))).toEqual([1, 2]);
    expect(client.receive().map(({ deliveryCount }) => deliveryCount)).toEqual([2, 2]);
    expect(stage.events.story(1)).toEqual(['accept', 'lease-grant', 'lease-expire', 'lease-grant']);
  });

  it('beyond 12 hours after the receive: refused, the end stays as it was', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    const { handle } = client.receiveOne();
    stage.world.pass(SECOND);
    const reply = client.call({ operation: 'changeVisibility', queue: 0, handle, timeoutMicros: 12 * HOUR });
    expect(reply).toMatchObject({
      error: { code: 'InvalidParameterValue', message: expect.stringContaining('Total VisibilityTimeout for the message is beyond the limit [43200 seconds]') },
    });
    stage.world.pass(TIMEOUT - SECOND);
    expect(client.receive()).toHaveLength(1);
  });

  it('can be extended again and again up to 12 hours', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    const { handle } = client.receiveOne({ timeoutMicros: 2 * HOUR });
    for (let hours = 1; hours <= 10; hours++) {
      stage.world.pass(HOUR);
      expect(client.change(handle, 2 * HOUR)).toBe('changeVisibilityReply');
    }
    expect(client.change(handle, 2 * HOUR + 1)).toBe('InvalidParameterValue');
    expect(client.counts()).toEqual([0, 1, 0]);
  });

  it('is measured on the monotonic clock: a jump of the wall clock does not end it', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    client.receiveOne();
    stage.world.wallOffsetMicros = HOUR;
    stage.world.pass(TIMEOUT - 1);
    expect(client.counts()).toEqual([0, 1, 0]);
  });
});

describe('a message that becomes visible again', () => {
  it.each([['tail', [2, 3, 1]], ['head', [1, 2, 3]]] as const)('goes to the %s of the ready ones where the policy says so', (redelivery, order) => {
    const client = new Stage({ config: withPolicy({ redelivery }) }).client('worker');
    for (let trace = 1; trace <= 3; trace++) client.send(trace);
    client.change(client.receiveOne().handle, 0);
    expect(traces(client.receive())).toEqual(order);
  });
});

describe('one timer', () => {
  it('serves all leases of a queue', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    for (let trace = 1; trace <= 500; trace++) client.send(trace);
    for (let turn = 0; turn < 50; turn++) {
      client.receive();
      stage.world.pass(1000);
    }
    expect(client.counts()).toEqual([0, 500, 0]);
    expect(stage.world.armedTimers).toBe(1 + TIMER_OF_SESSIONS);
    stage.world.pass(TIMEOUT);
    expect(client.counts()).toEqual([500, 0, 0]);
  });

  it('serves leases, delays and retention of a queue together', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    for (let trace = 1; trace <= 20; trace++) client.send(trace, { delayMicros: trace * SECOND });
    client.send(21);
    client.receiveOne();
    expect(stage.world.armedTimers).toBe(1 + TIMER_OF_SESSIONS);
    stage.world.pass(20 * SECOND);
    expect(client.counts()).toEqual([20, 1, 0]);
  });
});

describe('delay', () => {
  it('of the queue holds back every message', () => {
    const stage = new Stage({ queues: [{ name: 'jobs', settings: { delayMicros: 10 * SECOND } }] });
    const client = stage.client('worker');
    client.send(1);
    expect(client.counts()).toEqual([0, 0, 1]);
    stage.world.pass(10 * SECOND - 1);
    expect(client.receive()).toEqual([]);
    stage.world.pass(1);
    expect(traces(client.receive())).toEqual([1]);
  });

  it('of a message beats that of the queue, also when it is 0', () => {
    const stage = new Stage({ queues: [{ name: 'jobs', settings: { delayMicros: 10 * SECOND } }] });
    const client = stage.client('worker');
    client.send(1, { delayMicros: 0 });
    client.send(2, { delayMicros: 3 * SECOND });
    expect(traces(client.receive())).toEqual([1]);
    stage.world.pass(3 * SECOND);
    expect(traces(client.receive())).toEqual([2]);
  });

  it('of more than 15 minutes is refused', () => {
    const client = new Stage().client('worker');
    expect(() => client.send(1, { delayMicros: 15 * MINUTE + 1 })).toThrow('InvalidParameterValue');
    expect(client.counts()).toEqual([0, 0, 0]);
  });
});

describe('message retention', () => {
  const queues = [{ name: 'jobs', settings: { retentionMicros: HOUR, visibilityTimeoutMicros: 2 * HOUR } }];

  it('drops what nobody received', () => {
    const stage = new Stage({ queues });
    const client = stage.client('worker');
    client.send(1);
    stage.world.pass(HOUR - 1);
    expect(client.counts()).toEqual([1, 0, 0]);
    stage.world.pass(1);
    expect(client.counts()).toEqual([0, 0, 0]);
    expect(stage.events.of('drop').map(({ message, a }) => [message, a])).toEqual([[1, 1]]);
  });

  it('with inflight: drops a message that is leased, too', () => {
    const stage = new Stage({ queues });
    const client = stage.client('worker');
    client.send(1);
    const { handle } = client.receiveOne();
    stage.world.pass(HOUR);
    expect(client.counts()).toEqual([0, 0, 0]);
    expect(stage.events.story(1)).toEqual(['accept', 'lease-grant', 'drop']);
    expect(client.delete(handle)).toBe('deleteReply');
  });

  it('follows the wall clock: after a jump forward an old message is dropped instead of delivered', () => {
    const stage = new Stage({ queues });
    const client = stage.client('worker');
    client.send(1);
    stage.world.wallOffsetMicros = 2 * HOUR;
    expect(client.receive()).toEqual([]);
    expect(client.counts()).toEqual([0, 0, 0]);
  });

  it('notices a jump of the wall clock also when nobody receives', () => {
    const stage = new Stage({ queues });
    const client = stage.client('worker');
    client.send(1);
    stage.world.wallOffsetMicros = 2 * HOUR;
    stage.world.pass(10 * SECOND);
    expect(client.counts()).toEqual([0, 0, 0]);
  });

  it('is four days unless the queue says otherwise', () => {
    const stage = new Stage();
    const client = stage.client('worker');
    client.send(1);
    stage.world.pass(4 * DAY - 1);
    expect(client.counts()).toEqual([1, 0, 0]);
    stage.world.pass(1);
    expect(client.counts()).toEqual([0, 0, 0]);
  });
});
