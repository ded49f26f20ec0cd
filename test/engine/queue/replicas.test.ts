import { describe, expect, it } from 'vitest';
import type { ReplicaSettings } from '../../../engine/index.js';
import { SECOND, Stage, traces } from '../broker/stage.js';

const RIGHT: ReplicaSettings = { servers: 8, sampled: 3, missedReceive: 0, staleMicros: 5 * SECOND, missedPoll: 0, missedDelete: 0, counterAgeMicros: 0 };

function stageWith(replicas: Partial<ReplicaSettings>, messages: number) {
  const stage = new Stage({ queues: [{ name: 'jobs', settings: { replicas: { ...RIGHT, ...replicas } } }] });
  const client = stage.client('worker');
  for (let trace = 1; trace <= messages; trace++) client.send(trace);
  return { stage, client };
}

describe('a queue on several storage servers', () => {
  it('answers a short poll with nothing now and then, though messages are there, and a repeated one finds them', () => {
    const { stage, client } = stageWith({}, 1);
    let empty = 0;
    for (let poll = 0; poll < 200; poll++) if (client.receive({ timeoutMicros: 0 }).length === 0) empty++;
    // Three servers of eight are asked: five times in eight the one with the message is not among them.
    expect(empty).toBeGreaterThan(90);
    expect(empty).toBeLessThan(160);
    expect(stage.events.of('empty-receive').map(({ a }) => a)).toEqual(Array.from({ length: empty }, () => 1));
  });

  it('never does so to a long poll', () => {
    const { client } = stageWith({}, 1);
    for (let poll = 0; poll < 100; poll++) expect(client.receive({ timeoutMicros: 0, waitMicros: 20 * SECOND })).toHaveLength(1);
  });

  it('looks once at each message of noisy groups that it leaves where it is, and takes each of the others once', () => {
    const { client } = stageWith({}, 0);
    const send = (trace: number, group: string) => client.send(trace, { properties: { group, deduplicationId: null, attributes: null } });
    const LOUD = 200;
    for (let trace = 1; trace <= LOUD; trace++) send(trace, trace % 2 === 0 ? 'loud' : 'louder');
    for (let trace = LOUD + 1; trace <= LOUD + 5; trace++) send(trace, 'quiet');
    const seen: number[] = [];
    const poll = () => client.receive({ max: 10, timeoutMicros: 600 * SECOND, waitMicros: SECOND });
    for (let turn = 0; turn < 9; turn++) seen.push(...traces(poll()));
    // Both hold more than thirty by now.
    while (seen.length < LOUD + 5) seen.push(...traces(poll()));
    expect(new Set(seen).size).toBe(LOUD + 5);
    expect(client.counts()).toEqual([0, LOUD + 5, 0]);
    // Whoever was quiet did not wait for the backlog of the others, though it came last.
    expect(Math.max(...[1, 2, 3, 4, 5].map((number) => seen.indexOf(LOUD + number)))).toBeLessThan(150);
  });

  it('but for one that misses a server: what is there alone it never finds, and whoever asks beside it does', () => {
    const { stage, client } = stageWith({ servers: 2, sampled: 2, missedPoll: 1 }, 0);
    const poll = () => client.post({ operation: 'receive', queue: 0, maxMessages: 1, timeoutMicros: 0, waitMicros: 20 * SECOND });
    const answers = Array.from({ length: 64 }, () => {
      client.send(1);
      const waiting = poll();
      stage.world.pass(20 * SECOND);
      const reply = client.reply(waiting);
      client.delete(client.receiveOne().handle);
      return reply?.operation === 'receiveReply' ? reply.deliveries.length : -1;
    });
    const empty = answers.filter((count) => count === 0).length;
    expect(empty + answers.filter((count) => count === 1).length).toBe(64);
    expect(empty).toBeGreaterThan(16);
    expect(empty).toBeLessThan(48);
  });

  it('and the polls that wait behind such a one are served past it', () => {
    const { stage, client } = stageWith({ servers: 2, sampled: 2, missedPoll: 1 }, 0);
    const polls = Array.from({ length: 32 }, () => client.post({ operation: 'receive', queue: 0, maxMessages: 1, timeoutMicros: null, waitMicros: 20 * SECOND }));
    client.send(1);
    const answered = polls.map((poll) => client.reply(poll)).filter((reply) => reply !== null);
    expect(answered).toMatchObject([{ deliveries: [{ trace: 1 }] }]);
    stage.world.pass(20 * SECOND);
    expect(polls.every((poll) => client.reply(poll) !== null)).toBe(true);
    expect(stage.events.of('poll-wait')[0]).toMatchObject({ c: 1 });
  });

  it('lets messages overtake each other, and loses none', () => {
    const { client } = stageWith({}, 200);
    const seen: number[] = [];
    while (seen.length < 200) seen.push(...traces(client.receive()));
    expect(seen).not.toEqual([...seen].sort((left, right) => left - right));
    expect([...seen].sort((left, right) => left - right)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('delivers a message twice while it is leased when a server misses the receive, under a new handle that can delete it', () => {
    const { client } = stageWith({ missedReceive: 1, sampled: 8 }, 1);
    const [first] = client.receive();
    const [second] = client.receive();
    expect(second).toMatchObject({ trace: 1, deliveryCount: 2 });
    expect(second!.handle).not.toBe(first!.handle);
    expect(client.delete(second!.handle)).toBe('deleteReply');
    expect(client.counts()).toEqual([0, 0, 0]);
  });

  it('but not when the server has heard of it by then', () => {
    const { stage, client } = stageWith({ missedReceive: 1, sampled: 8 }, 1);
    client.receive();
    stage.world.pass(5 * SECOND);
    expect(client.receive()).toEqual([]);
  });

  it('delivers a deleted message again when a server misses the delete, once the visibility timeout is over', () => {
    const { stage, client } = stageWith({ missedDelete: 1, sampled: 8 }, 1);
    const [first] = client.receive();
    expect(client.delete(first!.handle)).toBe('deleteReply');
    expect(client.receive()).toEqual([]);
    stage.world.pass(30 * SECOND);
    expect(client.receive()).toMatchObject([{ trace: 1, messageId: first!.messageId, deliveryCount: 2 }]);
    expect(stage.events.story(1).slice(-3)).toEqual(['settle', 'reappear', 'lease-grant']);
  });

  it('wakes a long poll with what comes back', () => {
    const { stage, client } = stageWith({ missedDelete: 1, sampled: 8 }, 1);
    client.delete(client.receiveOne().handle);
    const waiting = client.post({ operation: 'receive', queue: 0, maxMessages: 1, timeoutMicros: null, waitMicros: 20 * SECOND });
    stage.world.pass(19 * SECOND);
    const later = client.post({ operation: 'receive', queue: 0, maxMessages: 1, timeoutMicros: null, waitMicros: 20 * SECOND });
    stage.world.pass(12 * SECOND);
    expect(client.reply(waiting)).toMatchObject({ deliveries: [] });
    expect(client.reply(later)).toMatchObject({ deliveries: [{ trace: 1 }] });
  });

  it('brings nothing back after a purge or a restart', () => {
    for (const forget of ['purge', 'restart'] as const) {
      const { stage, client } = stageWith({ missedDelete: 1, sampled: 8 }, 1);
      client.delete(client.receiveOne().handle);
      if (forget === 'purge') client.call({ operation: 'purgeQueue', queue: 0 });
      else stage.restart();
      stage.world.pass(60 * SECOND);
      expect(stage.client('again').receive()).toEqual([]);
    }
  });

  it('tells counters that are a while old', () => {
    const { stage, client } = stageWith({ counterAgeMicros: 60 * SECOND }, 0);
    expect(client.counts()).toEqual([0, 0, 0]);
    client.send(1);
    expect(client.counts()).toEqual([0, 0, 0]);
    stage.world.pass(60 * SECOND);
    expect(client.counts()).toEqual([1, 0, 0]);
  });

  it('draws nothing where it cannot err', () => {
    const { stage, client } = stageWith({ servers: 1, sampled: 1, missedReceive: 1, missedPoll: 1, missedDelete: 1 }, 20);
    expect(traces(client.receive())).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    stage.world.pass(SECOND);
    expect(traces(client.receive({ waitMicros: 20 * SECOND }))).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });
});
