import { describe, expect, it } from 'vitest';
import { CopyState, EventKind, HandleResult, StopCause } from '../../../history/index.js';
import { FIFO, history, type HistoryBuilder, ORDERS, withPush } from '../history-builder.js';

/** The run is given ten minutes to drain from its tenth second on; what happens meanwhile, and why it was not enough. */
const undrained = (before: (run: HistoryBuilder) => unknown, during: (run: HistoryBuilder) => unknown = () => undefined, contract = ORDERS): HistoryBuilder => {
  const run = history(contract);
  before(run);
  run.at(10).drainBegin();
  during(run);
  return run.at(610).drainEnd(false);
};

const why = (run: HistoryBuilder): string => {
  const { verdict, contract } = run.verdict('drains');
  expect(verdict).toBe('inconclusive');
  return contract;
};

describe('drains is violated', () => {
  it('by a consumer that is up and idle and asks for nothing, while a message is ready', () => {
    const run = undrained((it) => it.at(1).life(1).at(2).sent(2));
    expect(run.withVerdict('violated')).toEqual(['drains']);
    expect(run.verdict('drains').first).toMatchObject({ message: 2, queue: 'orders' });
    expect(run.verdict('drains').first?.text).toBe(
      'message 2 is ready in orders and nobody asks for it; consumer-1 has nothing in work: it has done nothing since 1.000s, although for the last 10min it was up, no fault concerned it and the broker worked',
    );
  });

  it('by a producer that never learns what became of a send, though nothing is in its way', () => {
    const run = undrained((it) => it.invoke(1));
    expect(run.withVerdict('violated')).toEqual(['drains']);
    expect(run.verdict('drains').first?.text).toContain('producer-1 never learned what became of message 1 to orders');
  });

  it('by an acknowledgement that never has an outcome', () => {
    const run = undrained((it) => it.sent(1).received(1).works(1).worked(1).ackInvoke(1).settle(1));
    expect(run.withVerdict('violated')).toEqual(['drains']);
    expect(run.verdict('drains').first?.text).toContain('consumer-1 never learned what became of an acknowledgement to orders');
  });

  it('by a broker that is down for longer than a recovery takes, with nothing wrong', () => {
    const run = undrained((it) => it.sent(1), (it) => it.at(20).stop(StopCause.kill).recoverBegin());
    expect(run.withVerdict('violated')).toEqual(['drains']);
    expect(run.verdict('drains').first?.text).toContain('broker went down at 20.000s and was not back when the drain was given up');
  });
});

describe('drains does not convict', () => {
  it('what is done, however late', () => {
    const run = history().sent(1).at(10).drainBegin().at(600).received(1).acked(1).drainEnd(true);
    expect(run.verdict('drains')).toMatchObject({ verdict: 'holds', exercised: 1 });
  });

  it('a queue that nobody consumes', () => {
    const run = history().sent(1, { queue: 'dead' }).drained(true);
    expect(run.verdict('drains').verdict).toBe('not-exercised');
    expect(undrained((it) => it.sent(1, { queue: 'dead' })).verdict('drains')).toMatchObject({ count: 0 });
  });

  it('a delay or a lease that is not over, of a dead consumer too, and says how much longer it takes', () => {
    expect(why(undrained((it) => it.sent(1, { delaySeconds: 700 })))).toBe('orders holds 1 message, one of them delayed until 11min 40.000s: a drain that is 1min 30s longer would see it.');
    const dead = undrained((it) => it.sent(1).received(1, 'consumer-9', { seconds: 900 }).stop(StopCause.kill, 'consumer-9'));
    expect(why(dead)).toContain('leased by consumer-9 until 15min 00');
  });

  it('a queue whose consumers are dead, or cut off for good', () => {
    expect(why(undrained((it) => it.sent(1).stop(StopCause.kill, 'consumer-1')))).toContain('none of its consumers is left alive');
    expect(why(undrained((it) => it.sent(1).fault('network-partition', 'consumer-1')))).toContain('none of its consumers is left alive');
    expect(why(undrained((it) => it.sent(1).emit(EventKind.faultBegin, 'broker', { peer: 'producer-1+consumer-1', b: it.recorder.name('network-partition') })))).toContain('left alive');
  });

  it('a consumer beside the single active one, as long as that one holds messages', () => {
    const alone = withPush({ singleActive: { takesOver: false, priorities: {} } });
    const two = { ...alone, clients: [...alone.clients, { name: 'consumer-2', role: 'consumer', queue: 'orders', startMicros: 0, quietMicros: 60_000_000 } as const] };
    expect(why(undrained((it) => it.sent(1).sent(2).received(1, 'consumer-2', { seconds: 9_000 }).works(1), undefined, two))).toContain('still works on 1 message');
    expect(undrained((it) => it.sent(1).sent(2).received(1, 'consumer-2', { seconds: 9_000 }).nackInvoke(1).release(1), undefined, two).withVerdict('violated')).toEqual(['drains']);
  });

  it('a consumer to which is pushed as long as its prefetch is full of what it has left unanswered, and names no drain that would see the end of that', () => {
    const contract = withPush({ prefetch: { 'consumer-1': 1 } });
    const left = (it: HistoryBuilder): HistoryBuilder => it.comes().sent(1).received(1, 'consumer-1', { seconds: 1e9 });
    const words = 'consumer-1 keeps what it was given without an answer, until its channel ends or a consumer timeout takes that away.';
    expect(why(undrained((it) => left(it).sent(2), undefined, contract))).toBe(`orders holds 2 messages; ${words}`);
    expect(why(undrained(left, undefined, contract))).toBe(`orders holds 1 message; ${words}`);
    expect(undrained((it) => left(it).sent(2), undefined, withPush({ prefetch: { 'consumer-1': 2 } })).withVerdict('violated')).toContain('drains');
    expect(why(undrained((it) => left(it).works(1), undefined, contract))).not.toContain('keeps');
  });

  it('a producer or a consumer that is dead: nobody waits for what it asked', () => {
    expect(undrained((it) => it.invoke(1).fault('pause', 'producer-1')).verdict('drains').count).toBe(0);
    expect(undrained((it) => it.sent(1).received(1).ackInvoke(1).settle(1).stop(StopCause.kill, 'consumer-1')).verdict('drains').count).toBe(0);
  });

  it('a client that shows signs of life, or had too little time', () => {
    expect(why(undrained((it) => it.sent(1), (it) => it.at(560).pollWait().pollEnd()))).toContain('none was acknowledged since the faults ended');
    expect(why(undrained((it) => it.invoke(1), (it) => it.at(590).attempt(1, 7)))).toBe('producer-1 still waits for the outcome of 1 send.');
  });

  it('a consumer at work', () => {
    expect(why(undrained((it) => it.sent(1).sent(2).received(1).works(1)))).toContain('consumer-1 still works on 1 message.');
  });

  it('a broker whose fault goes on, whose disk fails, or that is recovering', () => {
    expect(why(undrained((it) => it.sent(1), (it) => it.fault('disk-full').stop(StopCause.storage)))).toBe('A fault of broker goes on, and it is not up.');
    expect(why(undrained((it) => it.sent(1), (it) => it.at(20).stop(StopCause.storage)))).toContain('because its disk failed or is full');
    expect(why(undrained((it) => it.sent(1), (it) => it.at(570).stop(StopCause.kill).recoverBegin()))).toBe('broker was still recovering.');
  });

  it('a broker that came back a moment ago: time in which it was not well does not count', () => {
    const run = undrained((it) => it.sent(1), (it) => it.at(20).stop(StopCause.kill).at(580).recoverBegin().restore(1, { state: CopyState.ready }).recoverEnd());
    expect(why(run)).toContain('none was acknowledged');
  });

  it('a poison message that no dead-letter queue takes', () => {
    const other = { ...ORDERS, clients: [{ name: 'consumer-1', role: 'consumer', queue: 'other', startMicros: 0, quietMicros: 60_000_000 }] } as const;
    const run = undrained((it) => it.sent(1, { queue: 'other' }), (it) => {
      for (let second = 20; second < 600; second += 31) it.at(second).received(1).works(1).worked(1, HandleResult.failed).at(second + 30).expire(1);
    }, other);
    expect(why(run)).toContain('its consumers failed 19 times and no dead-letter queue takes what always fails');
  });

  it('a poison message that is being tried when time is up: more time would not help', () => {
    const other = { ...ORDERS, clients: [{ name: 'consumer-1', role: 'consumer', queue: 'other', startMicros: 0, quietMicros: 60_000_000 }] } as const;
    const run = undrained((it) => it.sent(1, { queue: 'other' }), (it) => {
      for (let second = 20; second < 560; second += 31) it.at(second).received(1).works(1).worked(1, HandleResult.failed).at(second + 30).expire(1);
      it.at(595).received(1).works(1).worked(1, HandleResult.failed);
    }, other);
    expect(why(run)).toMatch(/its consumers failed \d+ times and no dead-letter queue takes what always fails/);
  });

  it.each([
    [['a'], 'jobs.fifo holds 5 messages, 2 of them in a group whose first message was received 13 times: no dead-letter queue takes what always fails'],
    [['a', 'b'], 'jobs.fifo holds 5 messages, 4 of them in 2 groups whose first messages were received 13 times or more: no dead-letter queue takes what always fails'],
  ])('groups of a FIFO queue that poison blocks (%s): how fast the others went says nothing of these', (poisoned, words) => {
    const run = undrained((it) => {
      poisoned.forEach((group, index) => it.sentTo(2 * index + 1, group).sentTo(2 * index + 2, group));
      for (let message = 11; message <= 20; message++) it.sentTo(message, 'good');
    }, (it) => {
      for (let message = 11; message <= 15 + 2 * poisoned.length; message++) it.at(message).received(message).acked(message);
      for (let second = 30; second < 595; second += 45) {
        poisoned.forEach((_, index) => it.at(second).received(2 * index + 1).works(2 * index + 1).worked(2 * index + 1, HandleResult.failed));
        poisoned.forEach((_, index) => it.at(second + 31).expire(2 * index + 1));
      }
    }, { ...FIFO, clients: [{ name: 'consumer-1', role: 'consumer', queue: 'jobs.fifo', startMicros: 0, quietMicros: 60_000_000 }] });
    expect(why(run)).toContain(words);
    expect(why(run)).not.toContain('at this rate');
  });

  it('a load above capacity, and estimates how much longer it takes', () => {
    const run = undrained((it) => {
      for (let message = 1; message <= 30; message++) it.sent(message);
    }, (it) => {
      for (let message = 1; message <= 10; message++) it.at(10 + message * 59).received(message).acked(message);
    });
    expect(why(run)).toBe('orders holds 20 messages; 10 were acknowledged during the drain: at this rate the rest takes 20min more.');
  });

  it('a run without a drain', () => {
    expect(history().sent(1).verdict('drains').verdict).toBe('not-exercised');
  });
});
