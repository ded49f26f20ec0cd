import { describe, expect, it } from 'vitest';
import { StopCause } from '../../../history/index.js';
import { history, SECOND, withHandlers } from '../history-builder.js';

const idempotent = withHandlers('idempotent');
const ackFirst = withHandlers('ack-first');

describe('exactly-once-effects', () => {
  it('is violated when an idempotent handler acknowledged a message without its effect', () => {
    const run = history(idempotent).life(1).sent(2).received(2).acked(2).at(9).drained();
    expect(run.withVerdict('violated')).toEqual(['exactly-once-effects']);
    expect(run.verdict('exactly-once-effects')).toMatchObject({ count: 1, exercised: 2 });
    expect(run.verdict('exactly-once-effects').first).toMatchObject({
      message: 2, text: 'message 2 was acknowledged to its producer, and when the run ended at 9.000s it had never had its effect',
    });
  });

  it('is violated when an idempotent handler repeats an effect, as at-most-once-effects is', () => {
    const run = history(idempotent).sent(1).received(1).effect(1).at(30).expire(1).received(1).effect(1).acked(1).drained();
    expect(run.withVerdict('violated')).toEqual(['at-most-once-effects', 'exactly-once-effects']);
  });

  it('dates a repetition when the second effect happened, whatever came after it and however the message ended', () => {
    const run = history(idempotent).sent(1).received(1).effect(1).at(30).expire(1).received(1).effect(1).at(40).effect(1).acked(1).at(99).drained();
    expect(run.verdict('exactly-once-effects').first).toMatchObject({ atMicros: 30 * SECOND, message: 1, text: 'message 1 had its effect for the second time at 30.000s' });
    const inFlight = history(idempotent).sent(1).received(1).effect(1).at(30).expire(1).received(1).effect(1).at(99);
    expect(inFlight.verdict('exactly-once-effects').first).toMatchObject({ atMicros: 30 * SECOND });
  });

  it('tells the first repetitions in the order of time, and counts all', () => {
    const run = history(idempotent);
    for (let message = 1; message <= 50; message++) run.sent(message).received(message).effect(message);
    for (let message = 50; message >= 1; message--) run.at(100 - message).effect(message).acked(message);
    const { count, breaches } = run.at(200).drained().verdict('exactly-once-effects');
    expect(count).toBe(50);
    expect(breaches!.map(({ message, atMicros }) => [message, atMicros / SECOND]).slice(0, 3)).toEqual([[50, 50], [49, 51], [48, 52]]);
    expect(breaches).toHaveLength(20);
  });

  it('is violated by a lost message, unless the loss is allowed', () => {
    expect(history(idempotent).sent(1).restart(StopCause.kill).drained().withVerdict('violated')).toEqual(['acked-send-not-lost', 'exactly-once-effects']);
    const run = history({ ...idempotent, broker: { name: 'broker', flush: 'never' } }).sent(1).restart(StopCause.powerLoss).drained();
    expect(run.verdict('exactly-once-effects').verdict).toBe('anomaly');
  });

  it('is an anomaly when a plain handler repeats an effect', () => {
    const run = history().sent(1).received(1).effect(1).at(30).expire(1).received(1).effect(1).acked(1).drained();
    expect(run.verdict('exactly-once-effects')).toMatchObject({ verdict: 'anomaly', count: 1 });
  });

  it('is an anomaly when an ack-first handler has no effect', () => {
    const run = history(ackFirst).sent(1).received(1).acked(1).stop(StopCause.kill, 'consumer-1').drained();
    expect(run.verdict('exactly-once-effects')).toMatchObject({ verdict: 'anomaly', count: 1 });
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('holds when each acknowledged send has one effect, over redeliveries and several copies', () => {
    const run = history(idempotent).life(1).sent(2).received(2).effect(2).at(30).expire(2).received(2).effect(2, false).acked(2)
      .invoke(3).accept(3, 3).attempt(3, 2).accept(3, 4).sendOk(3).received(3).effect(3).acked(3).received(4).effect(4, false).acked(4).drained();
    expect(run.verdict('exactly-once-effects')).toMatchObject({ verdict: 'holds', exercised: 3 });
  });

  it('asks nothing of messages that were dead-lettered, dropped, or whose send nobody knows of', () => {
    const run = history(idempotent).life(1).sent(2).move(2).sent(3).drop(3).invoke(4).accept(4).sendInfo(4).received(4).acked(4).drained();
    expect(run.verdict('exactly-once-effects')).toMatchObject({ verdict: 'holds', exercised: 1 });
  });

  it('asks for the effect when a crash undid the move, and not when it kept one that nobody had seen', () => {
    const back = history(idempotent).sent(1).move(1).stop().recoverBegin().restore(1, { queue: 'orders' }).recoverEnd().received(1).acked(1).drained();
    expect(back.verdict('exactly-once-effects').verdict).toBe('violated');
    const gone = history(idempotent).life(9).sent(1).stop().recoverBegin().restore(1, { queue: 'dead' }).recoverEnd().received(1).acked(1).drained();
    expect(gone.verdict('exactly-once-effects').verdict).toBe('holds');
  });

  it('asks for the effect again after a redrive', () => {
    const run = history(idempotent).sent(1).move(1).move(1, 'orders', 2).accept(1, 2).received(2).acked(2).drained();
    expect(run.verdict('exactly-once-effects').verdict).toBe('violated');
  });

  it('asks nothing of a dead-lettered message when the drain was given up', () => {
    expect(history(idempotent).life(1).sent(2).move(2).drained(false).verdict('exactly-once-effects').verdict).toBe('holds');
  });

  it('is inconclusive when an ack-first handler could still be at work, and violated when an idempotent one cannot', () => {
    expect(history(ackFirst).sent(1).received(1).acked(1).verdict('exactly-once-effects').verdict).toBe('inconclusive');
    expect(history(idempotent).sent(1).received(1).acked(1).verdict('exactly-once-effects').verdict).toBe('violated');
  });

  it('is inconclusive when the run ended while a message could still have its effect', () => {
    const run = history(idempotent).life(1).sent(2);
    expect(run.verdict('exactly-once-effects')).toMatchObject({
      verdict: 'inconclusive', contract: 'When the run ended, 1 acknowledged message had not had the effect and could still have had it.',
    });
  });

  it('is not exercised without acknowledged sends', () => {
    expect(history(idempotent).invoke(1).sendInfo(1).drained().verdict('exactly-once-effects').verdict).toBe('not-exercised');
  });
});
