import { describe, expect, it } from 'vitest';
import { CopyState, DropReason, EventKind, Operation } from '../../../history/index.js';
import type { RunContract } from '../../../invariants/index.js';
import { CLASSIC, history, type HistoryBuilder, ORDERS, SECOND, withOrders, withProducer } from '../history-builder.js';

type Rules = NonNullable<RunContract['queues'][number]['drops']>;
const allowing = (rules: Partial<Rules> = {}, run: RunContract = CLASSIC): RunContract =>
  ({ ...run, queues: run.queues.map((queue) => ({ ...queue, drops: { ttlMicros: null, maxLength: null, mayBeDeleted: false, rejecters: [], ...rules } })) });

const verdictOf = (run: HistoryBuilder) => run.verdict('dropped-with-cause');
const dropped = (run: HistoryBuilder, copy: number, reason: DropReason): HistoryBuilder => run.emit(EventKind.drop, 'broker', { dest: 'orders', message: copy, copy, a: reason });
const purge = (run: HistoryBuilder): HistoryBuilder => run.emit(EventKind.operateInvoke, 'operator-1', { dest: 'orders', a: Operation.purge });
const answered = (run: HistoryBuilder, outcome = 'ok'): HistoryBuilder => run.emit(EventKind.operateEnd, 'operator-1', { dest: 'orders', a: Operation.purge, b: run.recorder.name(outcome) });

describe('dropped-with-cause, purges', () => {
  it('acquits what goes while a purge is under way', () => {
    expect(verdictOf(answered(dropped(purge(history(allowing({ maxLength: 9 })).sent(1)), 1, DropReason.purge))).verdict).toBe('holds');
  });

  it('convicts what goes after it was answered', () => {
    const run = dropped(answered(purge(history(allowing({ maxLength: 9 })))).at(1).sent(1), 1, DropReason.purge);
    expect(run.withVerdict('violated')).toEqual(['dropped-with-cause']);
  });

  it('gives a purge of SQS its 60 seconds, and all the time that it takes when its answer or its broker is lost', () => {
    const purged = (seconds: number, between: (run: HistoryBuilder) => HistoryBuilder = (run) => run, outcome = 'ok') =>
      verdictOf(dropped(between(answered(purge(history(ORDERS).sent(1)), outcome)).at(seconds), 1, DropReason.purge)).verdict;
    expect(purged(60)).toBe('holds');
    expect(purged(61)).toBe('violated');
    expect(purged(600, (run) => run, 'unknown')).toBe('holds');
    expect(purged(600, (run) => run.at(30).stop().recoverBegin().restore(1).recoverEnd())).toBe('holds');
    expect(purged(600, (run) => run.at(300).stop().recoverBegin().restore(1).recoverEnd())).toBe('violated');
  });

  it('convicts a queue of RabbitMQ that purges what a consumer holds', () => {
    expect(verdictOf(dropped(purge(history(allowing({ maxLength: 9 })).sent(1).received(1)), 1, DropReason.purge)).verdict).toBe('violated');
  });
});

describe('dropped-with-cause, length limits', () => {
  const three = (rules: Partial<Rules>, bytes: number | null) => {
    const contract = allowing({ maxBytes: bytes, ...rules });
    const run = history({ ...contract, queues: contract.queues.map((queue) => ({ ...queue, push: { ...queue.push!, maxLength: null, maxBytes: bytes } })) });
    return verdictOf(dropped(run.sent(1).sent(2).sent(3), 1, DropReason.maxLength));
  };

  it('counts the bytes of what waits', () => {
    expect(three({}, 3 * 64 - 1).verdict).toBe('holds');
    expect(three({}, 3 * 64)).toMatchObject({ verdict: 'violated', first: { text: 'message 1 left orders at 0.000s because of a length limit, with 192 bytes there; its limit is 192' } });
  });

  it('needs one of two limits to be passed', () => {
    expect(three({ maxLength: 2 }, 1000).verdict).toBe('holds');
    expect(three({ maxLength: 3 }, 3 * 64 - 1).verdict).toBe('holds');
    expect(three({ maxLength: 3 }, 1000)).toMatchObject({ verdict: 'violated', first: { text: expect.stringContaining('with 3 messages there; its limit is 3') as unknown } });
  });
});

describe('dropped-with-cause, times to live', () => {
  it('goes by the time of the very message', () => {
    const contract = allowing({}, { ...withProducer({ expirationMicros: 60 * SECOND }), clients: [...withProducer({ expirationMicros: 60 * SECOND }).clients, { name: 'hasty', role: 'producer', queue: 'orders', startMicros: 0, quietMicros: SECOND, expirationMicros: SECOND }] });
    const expired = (producer: string, seconds: number) => verdictOf(dropped(history(contract).invoke(1, { producer }).accept(1).sendOk(1).at(seconds), 1, DropReason.expired));
    expect(expired('hasty', 1).verdict).toBe('holds');
    expect(expired('producer-1', 60).verdict).toBe('holds');
    expect(expired('producer-1', 2)).toMatchObject({ verdict: 'violated', first: { text: expect.stringContaining('when it was 2s old; it had 1m') as unknown } });
  });

  it('convicts a message that expires and has all the time in the world', () => {
    expect(verdictOf(dropped(history(allowing({ maxLength: 9 })).sent(1).at(1000), 1, DropReason.expired)).verdict).toBe('violated');
  });
});

describe('dropped-with-cause, retention that an operator changes', () => {
  const contract = withOrders({ retentionMicros: 1000 * SECOND, retentionSteps: [{ fromMicros: 0, micros: 1000 * SECOND }, { fromMicros: 200 * SECOND, micros: 100 * SECOND }] });

  it('goes by what may be set by then', () => {
    expect(verdictOf(dropped(history(contract).sent(1).at(150), 1, DropReason.retention)).verdict).toBe('violated');
    expect(verdictOf(dropped(history(contract).sent(1).at(200), 1, DropReason.retention)).verdict).toBe('holds');
  });
});

describe('dropped-with-cause, rejections', () => {
  const contract = allowing({ rejecters: ['consumer-1'], maxLength: 9 });

  it('acquits a message that its last consumer has just rejected', () => {
    expect(verdictOf(history(contract).sent(1).received(1).at(1).nackInvoke(1).at(2).release(1).drop(1, DropReason.rejected)).verdict).toBe('holds');
  });

  it.each<[string, (run: HistoryBuilder) => HistoryBuilder]>([
    ['nobody has asked for', (run) => run.sent(1).received(1).at(2).release(1)],
    ['a consumer gave back that rejects nothing', (run) => run.sent(1).received(1, 'consumer-2').nackInvoke(1).at(2).release(1)],
    ['was rejected in an earlier delivery, and came back from the end of the channel', (run) => run.sent(1).received(1).nackInvoke(1).release(1).received(1).at(2).expire(1)],
    ['came back long before', (run) => run.sent(1).received(1).nackInvoke(1).release(1).at(2)],
    ['another message was rejected for', (run) => run.sent(1).sent(2).received(1).received(2).nackInvoke(2).release(2).at(2)],
  ])('convicts one that %s', (_, until) => {
    expect(verdictOf(until(history(contract)).drop(1, DropReason.rejected)).verdict).toBe('violated');
  });
});

describe('dropped-with-cause, queues that go when nobody uses them', () => {
  const deleted = (seconds: number, rules: Partial<Rules> = { mayBeDeleted: true, expiresMicros: 10 * SECOND }) =>
    verdictOf(history(allowing(rules)).sent(1).sent(2).at(5).received(1).at(seconds).drop(2, DropReason.queueDeleted));

  it('convicts one that somebody got a message of within its time', () => {
    expect(deleted(15).verdict).toBe('holds');
    expect(deleted(14).first?.text).toContain('when nobody had used it for 9s; it has to stay for 10s');
    expect(deleted(14, { mayBeDeleted: true }).verdict).not.toBe('violated');
  });

  it('counts from a restart of the broker', () => {
    const run = history(allowing({ mayBeDeleted: true, expiresMicros: 10 * SECOND })).sent(1).at(8).stop().recoverBegin().restore(1, { state: CopyState.ready }).recoverEnd().at(12).drop(1, DropReason.queueDeleted);
    expect(verdictOf(run).verdict).toBe('violated');
  });
});
