import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../engine/index.js';
import { code, HOUR, SECOND, Stage, type HandClient, type StageOptions, traces } from './stage.js';

/** The broker's own, which looks for sessions that say nothing. */
const TIMER_OF_SESSIONS = 1;

const WAIT = 20 * SECOND;

function poll(client: HandClient, { queue = 0, maxMessages = 10, waitMicros = WAIT } = {}): number {
  return client.post({ operation: 'receive', queue, maxMessages, timeoutMicros: null, waitMicros });
}

function got(reply: Reply | null): number[] | null {
  return reply?.operation === 'receiveReply' ? traces(reply.deliveries) : null;
}

describe('short poll', () => {
  it('answers at once, with nothing if there is nothing, and leaves no trace of waiting', () => {
    const stage = new Stage();
    expect(stage.client('worker').receive()).toEqual([]);
    expect(stage.events.of('poll-wait')).toEqual([]);
  });

  it('never returns more than it asked for', () => {
    const client = new Stage().client('worker');
    for (let trace = 1; trace <= 15; trace++) client.send(trace);
    expect(client.receive({ max: 3 })).toHaveLength(3);
    expect(client.receive({ max: 10 })).toHaveLength(10);
    expect(client.receive({ max: 10 })).toHaveLength(2);
  });

  it('with 0 or 11 for maximum number of messages is refused', () => {
    const client = new Stage().client('worker');
    expect(() => client.receive({ max: 0 })).toThrow('InvalidParameterValue');
    expect(() => client.receive({ max: 11 })).toThrow('InvalidParameterValue');
  });
});

describe('long poll', () => {
  it('returns as soon as a message is sent', () => {
    const stage = new Stage();
    const worker = stage.client('worker');
    const waiting = poll(worker);
    expect(worker.reply(waiting)).toBeNull();
    stage.world.pass(5 * SECOND);
    stage.client('sender').send(1);
    expect(got(worker.reply(waiting))).toEqual([1]);
    expect(stage.events.of('poll-wait')).toMatchObject([{ at: 0, actor: 'broker', peer: 'worker', dest: 'jobs', a: 10 }]);
    expect(stage.events.of('poll-end')).toMatchObject([{ at: 5 * SECOND, peer: 'worker', a: 1 }]);
  });

  it('ends empty after its wait, no earlier and no later', () => {
    const stage = new Stage();
    const worker = stage.client('worker');
    const [first, second] = [poll(worker), poll(worker, { waitMicros: 3 * SECOND })];
    stage.world.pass(3 * SECOND - 1);
    expect(worker.reply(second)).toBeNull();
    stage.world.pass(1);
    expect(got(worker.reply(second))).toEqual([]);
    stage.world.pass(WAIT - 3 * SECOND - 1);
    expect(worker.reply(first)).toBeNull();
    stage.world.pass(1);
    expect(got(worker.reply(first))).toEqual([]);
  });

  it('takes the queue\'s wait when it does not say', () => {
    const stage = new Stage({ queues: [{ name: 'jobs', settings: { receiveWaitMicros: 2 * SECOND } }] });
    const worker = stage.client('worker');
    const waiting = worker.post({ operation: 'receive', queue: 0, maxMessages: 1, timeoutMicros: null, waitMicros: null });
    stage.world.pass(2 * SECOND - 1);
    expect(worker.reply(waiting)).toBeNull();
    stage.world.pass(1);
    expect(got(worker.reply(waiting))).toEqual([]);
  });

  it('of more than 20 seconds is refused', () => {
    expect(() => new Stage().client('worker').receive({ waitMicros: WAIT + 1 })).toThrow('InvalidParameterValue');
  });

  it('waiting polls are served in the order of their arrival', () => {
    const stage = new Stage();
    const clients = ['a', 'b', 'c'].map((name) => stage.client(name));
    const waiting = clients.map((client) => poll(client, { maxMessages: 1 }));
    const sender = stage.client('sender');
    for (let trace = 1; trace <= 3; trace++) sender.send(trace);
    expect(clients.map((client, index) => got(client.reply(waiting[index]!)))).toEqual([[1], [2], [3]]);
  });

  it.each([
    ['a lease that expires', (stage: Stage) => stage.world.pass(8 * SECOND)],
    ['a message that is given back', (_: Stage, other: HandClient, handle: number) => other.change(handle, 0)],
  ])('is woken by %s', (_name, wake) => {
    const stage = new Stage();
    const other = stage.client('other');
    other.send(1);
    const { handle } = other.receiveOne({ timeoutMicros: 23 * SECOND });
    const worker = stage.client('worker');
    stage.world.pass(15 * SECOND);
    const waiting = poll(worker);
    wake(stage, other, handle);
    expect(got(worker.reply(waiting))).toEqual([1]);
  });

  it('is woken by a delay that ends', () => {
    const stage = new Stage();
    const worker = stage.client('worker');
    worker.send(1, { delayMicros: 7 * SECOND });
    const waiting = poll(worker);
    stage.world.pass(7 * SECOND);
    expect(got(worker.reply(waiting))).toEqual([1]);
  });

  it('at a dead-letter queue is woken by a message that moves there', () => {
    const stage = new Stage({
      queues: [{ name: 'jobs', settings: { deadLetter: { queue: 'dead', maxReceiveCount: 1 } } }, { name: 'dead', settings: {} }],
    });
    const worker = stage.client('worker', ['jobs', 'dead']);
    worker.send(1);
    const waiting = poll(worker, { queue: 1 });
    worker.change(worker.receiveOne().handle, 0);
    expect(worker.reply(waiting)).toBeNull();
    worker.receive();
    expect(got(worker.reply(waiting))).toEqual([1]);
  });

  it('goes on waiting when what became visible moves to the dead-letter queue', () => {
    const stage = new Stage({
      queues: [{ name: 'jobs', settings: { deadLetter: { queue: 'dead', maxReceiveCount: 1 } } }, { name: 'dead', settings: {} }],
    });
    const worker = stage.client('worker', ['jobs', 'dead']);
    worker.send(1);
    const { handle } = worker.receiveOne();
    const waiting = poll(worker);
    worker.change(handle, 0);
    expect([worker.reply(waiting), worker.counts(1)]).toEqual([null, [1, 0, 0]]);
    worker.send(2);
    expect(got(worker.reply(waiting))).toEqual([2]);
  });

  it('of a client that has gone takes no messages', () => {
    const stage = new Stage();
    const gone = stage.client('gone');
    poll(gone);
    gone.close();
    expect(stage.events.of('poll-end')).toMatchObject([{ peer: 'gone', a: 0 }]);
    const worker = stage.client('worker');
    worker.send(1);
    expect(traces(worker.receive())).toEqual([1]);
  });

  it('keeps one timer for all that wait', () => {
    const stage = new Stage();
    const worker = stage.client('worker');
    for (let number = 0; number < 100; number++) poll(worker);
    expect(stage.world.armedTimers).toBe(1 + TIMER_OF_SESSIONS);
  });
});

describe('messages in flight', () => {
  const small: StageOptions = { queues: [{ name: 'jobs', settings: { maxInFlight: 3 } }] };

  it('at the limit a short poll is refused with OverLimit', () => {
    const client = new Stage(small).client('worker');
    for (let trace = 1; trace <= 5; trace++) client.send(trace);
    expect(client.receive()).toHaveLength(3);
    expect(() => client.receive()).toThrow('OverLimit');
    expect(client.counts()).toEqual([2, 3, 0]);
  });

  it('at the limit a long poll waits without error, and goes on when one is deleted', () => {
    const stage = new Stage(small);
    const client = stage.client('worker');
    for (let trace = 1; trace <= 5; trace++) client.send(trace);
    const held = client.receive();
    const waiting = poll(client);
    expect(client.reply(waiting)).toBeNull();
    client.delete(held[0]!.handle);
    expect(got(client.reply(waiting))).toEqual([4]);
  });

  it('a long poll at the limit ends empty', () => {
    const stage = new Stage(small);
    const client = stage.client('worker');
    for (let trace = 1; trace <= 5; trace++) client.send(trace);
    client.receive({ timeoutMicros: HOUR });
    const waiting = poll(client);
    stage.world.pass(WAIT);
    expect(code(client.reply(waiting))).toBe('receiveReply');
    expect(got(client.reply(waiting))).toEqual([]);
  });
});
