import { describe, expect, it } from 'vitest';
import { DropReason, EventKind, LetterFate, MoveReason } from '../../../history/index.js';
import { history, type HistoryBuilder, ROUTED } from '../history-builder.js';

const verdictOf = (run: HistoryBuilder) => run.verdict('routed-by-bindings');
const unroutable = (run: HistoryBuilder, message: number): HistoryBuilder => run.emit(EventKind.unroutable, 'broker', { dest: 'events', message });

/** Message 1 comes to both its queues. */
const placed = (): HistoryBuilder => history(ROUTED).publish(1, 'order.new').accept(1, 1).accept(1, 2, { queue: 'audit' }).sendOk(1);
/** It is rejected, and its dead letter stored in this queue. */
const letterIn = (queue: string): HistoryBuilder => placed().received(1).nackInvoke(1).release(1)
  .emit(EventKind.move, 'broker', { peer: '(default exchange)', dest: 'orders', message: 1, copy: 1, b: MoveReason.rejected, c: 1 }).accept(1, 3, { queue });

describe('routed-by-bindings', () => {
  it('convicts a copy in a queue to which no binding leads', () => {
    const run = history(ROUTED).publish(1, 'order').accept(1, 1, { queue: 'audit' }).accept(1, 2, { queue: 'orders' }).sendOk(1);
    expect(verdictOf(run)).toMatchObject({ verdict: 'violated', count: 1 });
    expect(verdictOf(run).first?.text).toContain('was stored in orders at 0.000s, and its exchange leads it to audit');
  });

  it('convicts an acknowledgement when one of the queues has not got it', () => {
    const run = history(ROUTED).publish(1, 'order.new').accept(1, 1).sendOk(1);
    expect(verdictOf(run)).toMatchObject({ verdict: 'violated', count: 1 });
    expect(verdictOf(run).first?.text).toContain('not stored in audit, to which events leads it');
  });

  it('acquits a commit when a quorum queue that has not got it was full: it refuses, and the commit is answered all the same', () => {
    const committed = (commits: boolean, isFull: boolean) => {
      const push = { ...ROUTED.queues[0]!.push!, type: 'quorum', maxLength: 1, overflow: 'reject-publish' } as const;
      const run = history({
        ...ROUTED, clients: ROUTED.clients.map((client) => ({ ...client, ...(client.role === 'producer' && commits ? { commits } : {}) })),
        queues: ROUTED.queues.map((queue) => (queue.name === 'audit' ? { ...queue, push, drops: { ttlMicros: null, maxLength: 1, mayBeDeleted: false, rejecters: [] } } : queue)),
      });
      if (isFull) run.publish(5, 'order').accept(5, 5, { queue: 'audit' }).sendOk(5);
      return verdictOf(run.publish(1, 'order.new').accept(1, 1).sendOk(1)).verdict;
    };
    expect([committed(true, true), committed(true, false), committed(false, true)]).toEqual(['holds', 'violated', 'violated']);
  });

  it('convicts a second copy in one queue, and acquits the one of a second attempt', () => {
    const twice = history(ROUTED).publish(1, 'order').accept(1, 1, { queue: 'audit' }).accept(1, 2, { queue: 'audit' }).sendOk(1);
    expect(twice.withVerdict('violated')).toEqual(['routed-by-bindings']);
    const again = history(ROUTED).publish(1, 'order').accept(1, 1, { queue: 'audit' }).attempt(1, 2).accept(1, 2, { queue: 'audit' }).sendOk(1);
    expect(verdictOf(again).verdict).toBe('holds');
  });

  it('convicts a message that is called unroutable and is not', () => {
    expect(verdictOf(unroutable(history(ROUTED).publish(1, 'order'), 1)).first?.text).toContain('was unroutable at 0.000s, though events leads it to audit');
    // What nothing is bound for goes to the alternate exchange.
    expect(verdictOf(unroutable(history(ROUTED).publish(1, 'other'), 1)).first?.text).toContain('leads it to unrouted');
  });

  it('acquits a message that is unroutable because its queue may have been deleted', () => {
    const contract = { ...ROUTED, queues: ROUTED.queues.map((queue) => ({ ...queue, drops: { ...queue.drops!, mayBeDeleted: true } })) };
    expect(verdictOf(unroutable(history(contract).publish(1, 'order'), 1)).verdict).toBe('holds');
  });

  it('acquits an acknowledgement of what a queue that is full made a dead letter of', () => {
    const contract = { ...ROUTED, queues: ROUTED.queues.map((queue) => ({ ...queue, push: { ...queue.push!, overflow: 'reject-publish-dlx' as const } })) };
    const run = history(contract).publish(1, 'order.new').accept(1, 1, { queue: 'audit' }).accept(1, 2, { queue: 'audit' }).sendFail(1);
    expect(verdictOf(run).verdict).toBe('holds');
  });

  it('takes what may be such a letter for the message itself', () => {
    const contract = { ...ROUTED, queues: ROUTED.queues.map((queue) => ({ ...queue, push: { ...queue.push!, overflow: 'reject-publish-dlx' as const } })) };
    const run = history(contract).publish(1, 'order.new').accept(1, 1).accept(1, 2, { queue: 'audit' }).sendOk(1);
    expect(verdictOf(run).verdict).toBe('holds');
  });

  it('convicts a dead letter where its queue does not send it', () => {
    expect(verdictOf(letterIn('audit')).verdict).toBe('holds');
    expect(verdictOf(letterIn('unrouted')).first?.text).toContain('was stored in unrouted as a dead letter');
  });

  it('convicts a dead letter that is dropped though there is a queue for it', () => {
    const run = placed().received(1).nackInvoke(1).release(1).drop(1, DropReason.rejected);
    expect(run.withVerdict('violated')).toEqual(['routed-by-bindings']);
    expect(verdictOf(run).first?.text).toContain('died in orders at 0.000s and led to no queue as a dead letter, though it should have gone to audit');
    const kept = placed().emit(EventKind.deadLetter, 'broker', { peer: '(default exchange)', dest: 'orders', message: 1, copy: 1, a: 1, b: MoveReason.rejected, c: LetterFate.unroutable });
    expect(verdictOf(kept).verdict).toBe('violated');
  });

  it('acquits a letter that would come back to the queue in which its message died', () => {
    const contract = { ...ROUTED, queues: ROUTED.queues.map((queue) => (queue.name === 'orders' ? { ...queue, push: { ...queue.push!, letters: { exchange: '', key: 'orders' } } } : queue)) };
    const run = history(contract).publish(1, 'order.new').accept(1, 1).accept(1, 2, { queue: 'audit' }).sendOk(1).drop(1, DropReason.maxLength);
    expect(verdictOf(run).verdict).toBe('holds');
  });

  it('says nothing of a run in which nobody publishes', () => {
    expect(history().life(1).verdict('routed-by-bindings')).toBeUndefined();
  });
});
