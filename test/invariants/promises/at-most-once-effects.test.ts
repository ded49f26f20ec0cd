import { describe, expect, it } from 'vitest';
import { EventKind, StopCause } from '../../../history/index.js';
import { handleOf } from '../../../engine/index.js';
import type { HandlerKind } from '../../../invariants/contracts/run-contract.js';
import { history, ORDERS, withHandlers } from '../history-builder.js';

/** The handle of the first receive of a copy. */
const handleOfFirst = (copy: number): number => handleOf(copy, 1);

describe('at-most-once-effects', () => {
  it('is violated by an ack-first handler that has the effect of one copy twice', () => {
    const run = history(withHandlers('ack-first')).sent(1).received(1).effect(1).at(30).expire(1).at(31).received(1, 'consumer-2').effect(1);
    expect(run.withVerdict('violated')).toEqual(['at-most-once-effects']);
    expect(run.verdict('at-most-once-effects')).toMatchObject({ exercised: 2, count: 1 });
    expect(run.verdict('at-most-once-effects').first?.text).toBe('message 1 had its effect again at consumer-2 at 31.000s');
  });

  it('is violated by an idempotent handler that has an effect twice, also when the message was over', () => {
    const run = history(withHandlers('idempotent')).life(1).effect(1);
    expect(run.withVerdict('violated')).toContain('at-most-once-effects');
  });

  it('is an anomaly under plain handlers, and under handlers that do not agree', () => {
    for (const contract of [ORDERS, withHandlers('ack-first', 'idempotent')]) {
      const run = history(contract).sent(1).received(1).effect(1).at(30).expire(1).received(1).effect(1).acked(1);
      expect(run.verdict('at-most-once-effects')).toMatchObject({ verdict: 'anomaly', count: 1 });
      expect(run.withVerdict('violated')).toEqual([]);
    }
  });

  it('is an anomaly when a plain handler had the effect before the message came to the idempotent one of a dead-letter queue', () => {
    const both = { ...ORDERS, queues: ORDERS.queues.map((queue) => (queue.name === 'dead' ? { ...queue, handlers: ['idempotent'] as const } : queue)) };
    expect(history(both).sent(1).received(1).effect(1).at(30).expire(1).move(1).received(1).effect(1).verdict('at-most-once-effects').verdict).toBe('anomaly');
  });

  it('is an anomaly when a consumer that lost its lease works on what a handler of the dead-letter queue had done already, unless both ask one store', () => {
    const handlers = (here: HandlerKind, dead: HandlerKind) => ({ ...withHandlers(here), queues: withHandlers(here).queues.map((queue) => (queue.name === 'dead' ? { ...queue, handlers: [dead] } : queue)) });
    const late = (here: HandlerKind, dead: HandlerKind, isOver: boolean) => {
      const run = history(handlers(here, dead)).sent(1).received(1).at(30).expire(1).move(1).received(1, 'consumer-2').emit(EventKind.effect, 'consumer-2', { dest: 'dead', message: 1, copy: 1, a: handleOfFirst(1), b: 1 });
      if (isOver) run.acked(1);
      return run.at(40).emit(EventKind.effect, 'consumer-1', { dest: 'orders', message: 1, copy: 1, a: handleOfFirst(1), b: 1 }).verdict('at-most-once-effects').verdict;
    };
    for (const isOver of [false, true]) {
      expect([late('upsert', 'plain', isOver), late('upsert', 'upsert', isOver), late('inbox', 'inbox', isOver)]).toEqual(['anomaly', 'anomaly', 'anomaly']);
      expect(late('idempotent', 'idempotent', isOver)).toBe('violated');
    }
  });

  it('is an anomaly when an ack-first handler works on two copies of a retried send', () => {
    const both = history(withHandlers('ack-first')).invoke(1).accept(1, 1).attempt(1, 2).accept(1, 2).sendOk(1)
      .received(1).acked(1).received(2).acked(2).effect(1).effect(2);
    expect(both.verdict('at-most-once-effects').verdict).toBe('anomaly');
    expect(both.verdict('at-most-once-effects').contract).toContain('stored several copies');
  });

  it('blames the retry of the send, and no redelivery, when a plain handler works on both copies that it stored', () => {
    const stored = history().invoke(1).accept(1, 1).attempt(1, 2).accept(1, 2).sendOk(1).received(1).effect(1).acked(1);
    const { contract, first } = stored.at(9).received(2, 'consumer-2').effect(2).verdict('at-most-once-effects');
    expect(first?.text).toBe('message 1 had its effect again at consumer-2 at 9.000s, from copy 2 after copy 1: its send had been stored more than once');
    expect(contract).toMatch(/stored several copies of the message, because the producer tried again after an unanswered attempt/);
    expect(stored.acked(2).drained().verdict('exactly-once-effects')).toMatchObject({ verdict: 'anomaly', contract, first: { text: expect.stringMatching(/: several copies of it had been stored$/) as string } });
  });

  it('names the queues when an exchange had stored a copy in each', () => {
    const contract = { ...ORDERS, exchanges: [{ name: 'events', type: 'fanout' as const, bindings: [], alternates: [] }] };
    const run = history(contract).invoke(1, { queue: 'events' }).accept(1, 1).accept(1, 2, { queue: 'other' }).sendOk(1).received(1).effect(1).acked(1).at(9).received(2, 'consumer-2').effect(2);
    expect(run.verdict('at-most-once-effects').first?.text).toBe('message 1 had its effect again at consumer-2 at 9.000s, from copy 2 in other after copy 1 in orders');
  });

  it('blames the lease that ended when the same copy of two has its effect twice', () => {
    const run = history().invoke(1).accept(1, 1).attempt(1, 2).accept(1, 2).sendOk(1).received(1).effect(1).at(30).expire(1).received(1).effect(1);
    expect(run.verdict('at-most-once-effects')).toMatchObject({ contract: expect.stringMatching(/acknowledgement is late or lost/) as string, first: { text: 'message 1 had its effect again at consumer-1 at 30.000s' } });
  });

  it('is an anomaly when an acknowledgement of an ended lease was confirmed after another consumer had settled the message', () => {
    const run = history(withHandlers('ack-first')).sent(1).received(1).at(30).expire(1).received(1, 'consumer-2').acked(1).effect(1)
      .emit(EventKind.ackOk, 'consumer', { dest: 'orders', message: 1, copy: 1, a: handleOfFirst(1) }).effect(1);
    expect(run.verdict('at-most-once-effects')).toMatchObject({ verdict: 'anomaly', count: 1 });
    expect(run.verdict('at-most-once-effects').contract).toContain('came too late');
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('is an anomaly when a power loss took the acknowledgement of an ack-first handler', () => {
    const run = history({ ...withHandlers('ack-first'), broker: { name: 'broker', flush: 'never' } }).sent(1).received(1).acked(1).effect(1)
      .restart(StopCause.powerLoss, 1).received(1).acked(1).effect(1);
    expect(run.verdict('at-most-once-effects').verdict).toBe('anomaly');
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('holds when an idempotent handler suppresses the second effect', () => {
    const run = history(withHandlers('idempotent')).sent(1).received(1).effect(1).at(30).expire(1).received(1).effect(1, false).acked(1);
    expect(run.verdict('at-most-once-effects')).toMatchObject({ verdict: 'holds', exercised: 2 });
  });

  it('is not exercised without effects', () => {
    expect(history(withHandlers('ack-first')).sent(1).received(1).acked(1).verdict('at-most-once-effects').verdict).toBe('not-exercised');
  });
});
