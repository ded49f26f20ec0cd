import { describe, expect, it } from 'vitest';
import { EventChunk, EventKind } from '../../history/index.js';
import { type InvariantId, INVARIANTS, Judge, type RunContract } from '../../invariants/index.js';
import { CLASSIC, FIFO, GUARDED, history, HistoryBuilder, ORDERS, withOrders } from './history-builder.js';

describe('Judge', () => {
  it('gives one verdict an invariant that concerns the run, in the order of the catalogue, and nothing is exercised by nothing', () => {
    const verdicts = new Judge({ names: history().recorder.names, contract: ORDERS }).finish();
    expect(verdicts.map((verdict) => verdict.invariant)).toEqual(INVARIANTS.filter(({ concerns }) => concerns(ORDERS)).map((invariant) => invariant.id));
    for (const verdict of verdicts) {
      expect(verdict).toMatchObject({ verdict: 'not-exercised', expected: null, met: true, count: 0, exercised: 0, contract: '', first: null });
    }
  });

  it.each([
    ['a queue that pushes', 'prefetch-bound', CLASSIC, ORDERS],
    ['a queue that is asked', 'longpoll-contract', ORDERS, CLASSIC],
    ['a queue that is asked', 'inflight-cap', ORDERS, CLASSIC],
    ['a lease that ends by itself', 'extend-from-now', ORDERS, CLASSIC],
    ['a lease that ends by itself', 'lease-cap', ORDERS, CLASSIC],
    ['retention', 'dlq-identity', ORDERS, CLASSIC],
    ['a count that clients see', 'count-exact', ORDERS, CLASSIC],
    ['a FIFO queue', 'group-fifo', FIFO, ORDERS],
    ['a dead-letter rule', 'max-deliveries', ORDERS, withOrders({ deadLetter: null })],
    ['a dead-letter rule', 'dlq-conservation', ORDERS, withOrders({ deadLetter: null })],
    ['a client with guards', 'client-guards', GUARDED, ORDERS],
    ['a client that keeps rows', 'row-and-message', GUARDED, ORDERS],
    ['a delay', 'not-before-delay', ORDERS, { ...ORDERS, neverHappens: ['delay'] }],
    ['an extension', 'extend-from-now', ORDERS, { ...ORDERS, neverHappens: ['extension'] }],
    ['a group', 'fair-dwell', withOrders({ isFair: true }), { ...withOrders({ isFair: true }), neverHappens: ['group'] }],
    ['an age', 'not-after-ttl', ORDERS, { ...ORDERS, neverHappens: ['end-of-retention'] }],
    ['a full queue', 'inflight-cap', ORDERS, { ...ORDERS, neverHappens: ['full-flight'] }],
  ] satisfies [string, InvariantId, RunContract, RunContract][])('says nothing of a promise without %s that it needs, unless something is expected of it: %s', (_, id, concerned, other) => {
    const { names } = history().recorder;
    const judged = (contract: RunContract, expected = {}): readonly string[] => new Judge({ names, contract, expected }).finish().map(({ invariant }) => invariant);
    expect(judged(concerned)).toContain(id);
    expect(judged(other)).not.toContain(id);
    expect(judged(other, { [id]: 'not-exercised' })).toContain(id);
  });

  it('answers the same when it is asked again', () => {
    const run = history().sent(1).restart(1).drained();
    expect(run.verdict('acked-send-not-lost').count).toBe(1);
    expect(run.verdict('acked-send-not-lost').count).toBe(1);
  });

  it('lists the first twenty breaches of a promise with their messages, and counts them all', () => {
    const run = history();
    for (let message = 1; message <= 22; message++) run.at(message).sent(message).received(message).at(message + 0.5).received(message);
    const { count, first, breaches = [] } = run.verdict('lease-exclusive');
    expect([count, breaches[0]]).toEqual([22, first]);
    expect(breaches.map(({ message }) => message)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(breaches[19]).toMatchObject({ atMicros: 20_500_000, queue: 'orders', text: expect.stringContaining('message 20') as string });
    expect(history().sent(1).verdict('lease-exclusive')).not.toHaveProperty('breaches');
  });

  it('meets an expectation with that verdict and no other', () => {
    const broken = (expected: 'violated' | 'holds'): HistoryBuilder =>
      new HistoryBuilder(ORDERS, { 'lease-exclusive': expected, 'no-phantom': 'holds', 'max-deliveries': 'holds' }).sent(1).received(1).at(1).received(1);
    expect(broken('violated').verdict('lease-exclusive')).toMatchObject({ expected: 'violated', met: true });
    expect(broken('holds').verdict('lease-exclusive')).toMatchObject({ expected: 'holds', met: false });
    expect(broken('holds').verdict('no-phantom')).toMatchObject({ expected: 'holds', met: true });
    expect(broken('holds').verdict('max-deliveries')).toMatchObject({ verdict: 'not-exercised', expected: 'holds', met: false });
  });

  it('judges a history the same however it is cut into stretches', () => {
    const whole = history();
    const cut = history();
    for (const run of [whole, cut]) {
      for (let message = 1; message <= 50; message++) {
        run.at(message).sent(message).received(message);
        if (message % 7 === 0) run.received(message, 'consumer-2');
        if (run === cut) run.recorder.flush();
        run.acked(message);
      }
    }
    expect(cut.verdicts()).toEqual(whole.verdicts());
    expect(cut.verdict('lease-exclusive').count).toBe(7);
  });

  it('keeps the violation when there are anomalies too, and counts violations', () => {
    const run = history({ ...ORDERS, clockDrift: 0.01 }).sent(1).received(1).at(29.9).expire(1).sent(2).received(2).at(31).expire(2).sent(3).received(3).at(32).expire(3);
    expect(run.verdict('lease-not-early')).toMatchObject({ verdict: 'violated', count: 2, contract: '' });
    expect(run.verdict('lease-not-early').first?.message).toBe(2);
  });

  it('holds a run to some promises alone, where that is asked', () => {
    const run = history();
    const judge = new Judge({ names: run.recorder.names, contract: ORDERS, only: new Set(['lease-exclusive', 'max-deliveries']) });
    run.recorder.subscribe(judge);
    run.sent(1).received(1).received(1, 'consumer-2').recorder.flush();
    expect(judge.finish().map(({ invariant, verdict }) => [invariant, verdict])).toEqual([['lease-exclusive', 'violated'], ['max-deliveries', 'not-exercised']]);
  });

  it('survives events that make no sense', () => {
    const run = history();
    for (const kind of Object.values(EventKind)) {
      run.emit(kind, 'broker', {});
      run.emit(kind, 'broker', { peer: 'dead', dest: 'orders', message: 9, copy: 9, a: 9, b: 1, c: 1 });
    }
    expect(run.verdict('no-phantom').exercised).toBe(2);
  });

  it('is told of kinds that it does not know, and says nothing of them', () => {
    const judge = new Judge({ names: history().recorder.names, contract: ORDERS });
    const chunk = new EventChunk();
    chunk.kind[0] = 250;
    judge.onChunk(chunk, 0, 1);
    expect(judge.finish().every((verdict) => verdict.verdict === 'not-exercised')).toBe(true);
  });
});
