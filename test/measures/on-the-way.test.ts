import { describe, expect, it } from 'vitest';
import { EventKind, OutcomeReason, StopCause } from '../../history/index.js';
import { OnTheWay } from '../../measures/on-the-way.js';
import { Stage } from './stage.js';

/** Sent without asking for a confirm. */
const publish = (stage: Stage, message: number): Stage => stage.send(message).emit(EventKind.sendInfo, stage.producer, message, 0, OutcomeReason.unconfirmed, 1);

/** Stored, and acknowledged by being sent to the consumer. */
const push = (stage: Stage, message: number): Stage => stage.send(message).accept(message).grant(message).settle(message).sendOk(message);

const held = (stage: Stage): number => {
  stage.recorder.flush();
  return stage.measures.held.messages;
};

describe('a message that counts as acknowledged when it is sent to its consumer', () => {
  it('has its times, though its producer hears the confirm before the consumer has it', () => {
    const stage = push(new Stage().at(100), 1).at(400).deliver(1).at(500).start(1).at(1_100).end(1);
    expect(stage.latency('delivery')).toEqual({ count: 1, mean: 300 });
    expect(stage.latency('endToEnd')).toEqual({ count: 1, mean: 1_000 });
    expect(held(stage)).toBe(0);
  });

  it('is forgotten when a later one is begun, for it was lost on its way', () => {
    const stage = push(push(push(new Stage().at(100), 1), 2), 3);
    stage.deliver(2);
    expect(held(stage)).toBe(3);
    stage.deliver(3).start(3);
    expect(held(stage)).toBe(1);
    expect(held(stage.end(3))).toBe(0);
    expect(stage.latency('endToEnd').count).toBe(1);
  });

  it('is forgotten when its consumer stops', () => {
    const stage = push(push(new Stage().at(100), 1), 2).deliver(1);
    stage.stop(stage.other, StopCause.kill);
    expect(held(stage)).toBe(2);
    expect(held(stage.stop(stage.consumer, StopCause.kill))).toBe(0);
  });
});

describe('a message that is sent without asking for a confirm', () => {
  it('has its end-to-end latency, but no latency of its send', () => {
    const stage = publish(new Stage().at(100), 1).at(300).accept(1).grant(1).deliver(1).start(1).at(1_100).end(1).settle(1);
    expect(stage.latency('endToEnd')).toEqual({ count: 1, mean: 1_000 });
    expect(stage.latency('send').count).toBe(0);
    expect(held(stage)).toBe(0);
  });

  it('is forgotten when a later one of its producer is stored, or no queue is found for it', () => {
    const stage = publish(publish(publish(new Stage().at(100), 1), 2), 3).accept(2);
    expect(held(stage)).toBe(2);
    expect(held(stage.emit(EventKind.unroutable, stage.broker, 3, 0))).toBe(1);
    expect(held(stage.grant(2).deliver(2).start(2).end(2).settle(2))).toBe(0);
  });
});

describe('OnTheWay', () => {
  it('tells of those that were before one that arrives, for each party by itself', () => {
    const lost: [number, number][] = [];
    const ways = new OnTheWay((message, ticket) => lost.push([message, ticket]));
    const first = ways.add(1, 10);
    ways.add(2, 20);
    const third = ways.add(1, 30);
    ways.add(1, 40);
    ways.arrived(1, third);
    expect(lost).toEqual([[10, first]]);
    ways.forget(2);
    expect(lost.map(([message]) => message)).toEqual([10, 20]);
    ways.arrived(3, third);
    ways.forget(1);
    expect(lost.map(([message]) => message)).toEqual([10, 20, 40]);
  });

  it('gives up the oldest where nothing ever arrives, and loses none of many that do', () => {
    let lost = 0;
    const ways = new OnTheWay(() => lost++);
    for (let message = 1; message <= 100_003; message++) ways.add(1, message);
    expect(lost).toBe(3);
    for (let message = 1; message <= 300_000; message++) ways.arrived(2, ways.add(2, message));
    expect(lost).toBe(3);
  });
});
