import { describe, expect, it } from 'vitest';
import { DropReason, EventKind, MoveReason, StopCause } from '../../../history/index.js';
import { CLASSIC, history, type HistoryBuilder, ORDERS, REFUSING, withProducer, withPush } from '../history-builder.js';
import { deadLetterRefused, dropsAtRestart, unroutable } from '../matrix/convicting.js';

const NO_LIMITS = { ttlMicros: null, maxLength: null, mayBeDeleted: false, rejecters: [] } as const;
const lazily = { ...ORDERS, broker: { name: 'broker', flush: 'interval' } } as const;

describe('acked-send-not-lost', () => {
  it('is violated when a recovery does not find an acknowledged message', () => {
    const run = history().at(0.25).sent(17).at(0.5).sent(18).at(12).restart(StopCause.powerLoss, 17).received(17).acked(17).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost']);
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ count: 1, exercised: 2, contract: '' });
    expect(run.verdict('acked-send-not-lost').first).toMatchObject({ atMicros: 12_000_000, message: 18, queue: 'orders' });
    expect(run.verdict('acked-send-not-lost').first?.text).toBe(
      'message 18 was acknowledged to producer-1 at 0.500s, and since 12.000s no copy of it is left, though no consumer had acknowledged it',
    );
  });

  it('is violated when a crash of the process alone loses it, whatever the flush policy', () => {
    const run = history(lazily).sent(1).restart(StopCause.kill).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost']);
  });

  it('is an anomaly when the power was lost and the journal is synced now and then', () => {
    const run = history(lazily).sent(1).restart(StopCause.powerLoss).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'anomaly', count: 1, met: true });
    expect(run.verdict('acked-send-not-lost').contract).toContain('before its journal is synced');
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('excuses only the recovery after the fault', () => {
    const run = history(lazily).sent(1).sent(2).restart(StopCause.powerLoss, 2).restart(StopCause.kill).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'violated', count: 1 });
    expect(run.verdict('acked-send-not-lost').first?.message).toBe(2);
  });

  it.each(['disk-replace', 'bit-rot', 'misdirected-write'])('is an anomaly after %s, even when every reply waits for the disk', (fault) => {
    const run = history().sent(1).fault(fault).heal(fault).stop().recoverBegin().corruption(1).recoverEnd().drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('anomaly');
  });

  it('is violated by a corrupt record that no fault explains, and an anomaly when one does', () => {
    expect(history().sent(1).drop(1, DropReason.corrupt).drained().verdict('acked-send-not-lost').verdict).toBe('violated');
    expect(history().sent(1).fault('bit-rot').drop(1, DropReason.corrupt).drained().verdict('acked-send-not-lost').verdict).toBe('anomaly');
  });

  it('is violated when an acknowledged message was never stored', () => {
    const run = history().invoke(1).at(2).sendOk(1).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost']);
    expect(run.verdict('acked-send-not-lost').first?.text).toBe('message 1 was acknowledged to producer-1 at 2.000s and never stored in orders');
  });

  it('is violated when a message is taken out that no consumer asked to acknowledge', () => {
    const run = history().sent(1).received(1).at(4).settle(1).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost']);
    expect(run.verdict('acked-send-not-lost').first?.text).toBe(
      'message 1 was acknowledged to producer-1 at 0.000s and taken out of orders as acknowledged at 4.000s, though no consumer had asked for that',
    );
  });

  it('is violated when the acknowledgement of a lost copy takes out another message that was given its id', () => {
    const run = history(lazily).invoke(1).accept(1, 5).received(5).restart(StopCause.powerLoss).sendInfo(1);
    run.invoke(3).accept(3, 5).sendOk(3).emit(EventKind.ackInvoke, 'consumer-1', { dest: 'orders', message: 1, copy: 5, a: 5 }).settle(5).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'violated', count: 1, first: { message: 3 } });
  });

  it('is an anomaly when that is so because the ids went with a disk that was replaced', () => {
    const run = history().sent(1).received(1).fault('disk-replace').stop().heal('disk-replace').recoverBegin().recoverEnd();
    run.invoke(3).accept(3, 1).sendOk(3).emit(EventKind.ackInvoke, 'consumer-1', { dest: 'orders', message: 1, copy: 1, a: 1 }).settle(1).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'anomaly', count: 2 });
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('is violated when the queue is empty and nothing took the message out', () => {
    const run = history().sent(1).ledger('orders', 0).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost', 'message-ledger']);
    expect(run.verdict('acked-send-not-lost').first?.text).toContain('the broker says that orders is empty');
  });

  it('takes the word of an empty queue only as long as nothing happens in it', () => {
    expect(history().life(1).ledger('orders', 0).sent(2).drained().verdict('acked-send-not-lost').verdict).toBe('holds');
  });

  it('is an anomaly when damage shows at a later recovery', () => {
    const run = history().sent(1).fault('bit-rot').restart(StopCause.kill, 1).stop().recoverBegin().corruption(1).recoverEnd().drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('anomaly');
  });

  describe('with `flush: interval`, after a power loss', () => {
    const bounded = { ...ORDERS, broker: { name: 'broker', flush: 'interval', syncDueMicros: 2_000_000 } } as const;
    const verdictOf = (run: HistoryBuilder): string => run.drained().verdict('acked-send-not-lost').verdict;

    it('is violated by the loss of what was written when a sync was due', () => {
      expect(verdictOf(history(bounded).sent(1).at(2).restart(StopCause.powerLoss))).toBe('anomaly');
      expect(verdictOf(history(bounded).sent(1).at(2.001).restart(StopCause.powerLoss))).toBe('violated');
      expect(verdictOf(history(lazily).sent(1).at(900).restart(StopCause.powerLoss))).toBe('anomaly');
    });

    it('counts from the answer: until then it may have waited to be written', () => {
      const late = (run: HistoryBuilder): HistoryBuilder => run.invoke(1).accept(1).at(60).sendOk(1);
      expect(verdictOf(late(history(bounded)).at(62).restart(StopCause.powerLoss))).toBe('anomaly');
      expect(verdictOf(late(history(bounded)).at(62.001).restart(StopCause.powerLoss))).toBe('violated');
    });

    it('gives a sync that is under way as long as it takes, and counts anew after one that covers nothing of it', () => {
      const running = (run: HistoryBuilder): HistoryBuilder => run.sent(1).at(1).emit(EventKind.fsyncBegin, 'broker', { a: 64 });
      expect(verdictOf(running(history(bounded)).at(60).restart(StopCause.powerLoss))).toBe('anomaly');
      const before = (run: HistoryBuilder): HistoryBuilder => run.emit(EventKind.fsyncBegin, 'broker', { a: 64 }).at(1).sent(1).at(60).synced(60);
      expect(verdictOf(before(history(bounded)).at(62).restart(StopCause.powerLoss))).toBe('anomaly');
      expect(verdictOf(before(history(bounded)).at(62.001).restart(StopCause.powerLoss))).toBe('violated');
      expect(verdictOf(running(history(bounded)).at(60).synced(59).restart(StopCause.powerLoss))).toBe('violated');
    });

    it('says nothing of a copy of which it is not known whether it was written', () => {
      const again = (run: HistoryBuilder): HistoryBuilder => run.invoke(1).accept(1, 1).attempt(1, 2).accept(1, 2).sendOk(1);
      expect(verdictOf(again(history(bounded)).at(60).restart(StopCause.powerLoss))).toBe('anomaly');
    });

    it('does not count the time in which the broker was hindered by a fault', () => {
      expect(verdictOf(history(bounded).sent(1).at(1).fault('disk-stall').at(60).heal('disk-stall').restart(StopCause.powerLoss))).toBe('anomaly');
      expect(verdictOf(history(bounded).sent(1).at(1).fault('disk-stall').at(60).heal('disk-stall').at(62).restart(StopCause.powerLoss))).toBe('violated');
    });

    it('is violated by the loss of what a recovery had found', () => {
      expect(verdictOf(history(bounded).sent(1).at(1).restart(StopCause.kill, 1).at(1.5).restart(StopCause.powerLoss))).toBe('violated');
      expect(verdictOf(history(lazily).sent(1).at(1).restart(StopCause.kill, 1).at(1.5).restart(StopCause.powerLoss))).toBe('violated');
    });

    it('is violated by the loss of what a sync had covered, however short the time', () => {
      expect(verdictOf(history(lazily).sent(1).at(0.5).synced(0.2).at(0.6).restart(StopCause.powerLoss))).toBe('violated');
      expect(verdictOf(history(lazily).at(0.4).sent(1).at(0.5).synced(0.2).at(0.6).restart(StopCause.powerLoss))).toBe('anomaly');
      expect(verdictOf(history({ ...lazily, clockDrift: 0.5 }).at(0.25).sent(1).at(0.5).synced(0.2).at(0.6).restart(StopCause.powerLoss))).toBe('anomaly');
    });
  });

  describe('after bit rot', () => {
    const rotting = { ...ORDERS, broker: { name: 'broker', flush: 'always', rotBits: 1 } } as const;
    const verdictOf = (run: HistoryBuilder): string => run.drained().verdict('acked-send-not-lost').verdict;
    const rotten = (run: HistoryBuilder): HistoryBuilder => run.fault('bit-rot').heal('bit-rot').stop().recoverBegin();
    /** Two messages, and as many syncs after them as named. */
    const synced = (run: HistoryBuilder, times: number): HistoryBuilder => {
      run.sent(1).sent(2);
      for (let time = 1; time <= times; time++) run.at(time).synced();
      return run;
    };

    it('is violated when the recovery neither reported damage nor cut anything off', () => {
      expect(verdictOf(rotten(history(rotting).sent(1)).recoverEnd())).toBe('violated');
    });

    describe('when the recovery that met the damage was cut short', () => {
      const cutShort = (run: HistoryBuilder): HistoryBuilder => run.stop().recoverBegin();

      it('is an anomaly where the end of the journal is gone, which it may have cut off', () => {
        expect(verdictOf(cutShort(rotten(synced(history(rotting), 4))).recoverEnd())).toBe('anomaly');
        expect(verdictOf(cutShort(rotten(synced(history(rotting), 5))).recoverEnd())).toBe('violated');
        expect(verdictOf(cutShort(synced(history(rotting), 4).stop().recoverBegin()).recoverEnd())).toBe('violated');
        expect(verdictOf(cutShort(rotten(synced(history(rotting), 4))).restore(1).restore(2).recoverEnd().restart(StopCause.kill))).toBe('violated');
      });

      it('is an anomaly where it had told of the damage, and violated where more is gone', () => {
        expect(verdictOf(cutShort(rotten(synced(history(rotting), 9)).corruption(2)).recoverEnd())).toBe('anomaly');
        expect(verdictOf(cutShort(rotten(synced(history(rotting), 9)).corruption(1)).recoverEnd())).toBe('violated');
        expect(verdictOf(cutShort(rotten(synced(history(rotting), 9)).corruption(1)).corruption(1, 700).recoverEnd())).toBe('anomaly');
        expect(verdictOf(cutShort(cutShort(rotten(synced(history(rotting), 9)).corruption(2))).recoverEnd())).toBe('anomaly');
      });

      it('counts damage once that both tell of, and nothing that a recovery before told of which came to an end', () => {
        expect(verdictOf(cutShort(rotten(synced(history(rotting), 9)).corruption(1)).corruption(1).recoverEnd())).toBe('violated');
        const told = rotten(synced(history(rotting), 9)).corruption(2).restore(1).restore(2).recoverEnd();
        expect(verdictOf(cutShort(told.stop().recoverBegin()).recoverEnd())).toBe('violated');
      });
    });

    it('puts down to damage first what was written for certain', () => {
      const first = (): HistoryBuilder => history(rotting).invoke(1).invoke(2).accept(2).accept(1).sendOk(1);
      expect(verdictOf(rotten(first()).corruption(1).recoverEnd())).toBe('anomaly');
      expect(verdictOf(rotten(first().sendOk(2)).corruption(1).recoverEnd())).toBe('violated');
    });

    it('is violated when more goes later, and the recovery reports nothing but what was missing before', () => {
      const once = (): HistoryBuilder => rotten(synced(history(rotting), 9)).corruption(1).restore(1).recoverEnd().stop().recoverBegin();
      expect(verdictOf(once().corruption(1).restore(1).recoverEnd())).toBe('anomaly');
      expect(verdictOf(once().corruption(1).recoverEnd())).toBe('violated');
      expect(verdictOf(once().corruption(2).recoverEnd())).toBe('anomaly');
      expect(verdictOf(once().corruption(1).corruption(1, 700).recoverEnd())).toBe('anomaly');
    });

    it('is violated when more is gone than the recovery reported', () => {
      expect(verdictOf(rotten(synced(history(rotting), 9)).corruption(2).recoverEnd())).toBe('anomaly');
      expect(verdictOf(rotten(synced(history(rotting), 9)).corruption(-1).recoverEnd())).toBe('anomaly');
      expect(verdictOf(rotten(synced(history(rotting), 9)).corruption(1).recoverEnd())).toBe('violated');
      expect(verdictOf(rotten(synced(history(rotting), 9)).corruption(0).recoverEnd())).toBe('violated');
    });

    it('is an anomaly when the damaged end was cut off, and nothing behind it showed that it had been synced', () => {
      expect(verdictOf(rotten(synced(history(rotting), 4)).recoverEnd(64))).toBe('anomaly');
    });

    it('is violated when what was cut off had been synced long before, so that what follows it says so', () => {
      expect(verdictOf(rotten(synced(history(rotting), 5)).recoverEnd(64))).toBe('violated');
      // Damage may have struck those that say so.
      expect(verdictOf(rotten(synced(history({ ...rotting, broker: { ...rotting.broker, rotBits: 2 } }), 5)).recoverEnd(64))).toBe('anomaly');
      expect(verdictOf(rotten(synced(history(rotting), 5).fault('bit-rot')).recoverEnd(64))).toBe('anomaly');
      expect(verdictOf(rotten(synced(history(rotting), 50).fault('misdirected-write').heal('misdirected-write')).recoverEnd(64))).toBe('anomaly');
    });

    it('counts only damage that came after the syncs', () => {
      const struck = history(rotting).fault('misdirected-write').heal('misdirected-write');
      expect(verdictOf(rotten(synced(struck, 5)).recoverEnd(64))).toBe('violated');
    });

    it('is an anomaly when a write at the end went astray: nothing has to look damaged', () => {
      const astray = (run: HistoryBuilder): HistoryBuilder => run.fault('misdirected-write').heal('misdirected-write').stop().recoverBegin();
      expect(verdictOf(astray(synced(history(rotting), 1)).recoverEnd())).toBe('anomaly');
      expect(astray(history(rotting).life(1)).restore(1).recoverEnd().received(1).withVerdict('violated')).toEqual([]);
    });

    it('excuses no settled message that comes back when the recovery reported nothing', () => {
      const back = (run: HistoryBuilder): HistoryBuilder => run.fault('bit-rot').heal('bit-rot').stop().recoverBegin().restore(1);
      expect(back(history(rotting).life(1)).recoverEnd().received(1).withVerdict('violated')).toEqual(['acked-not-redelivered']);
      expect(back(history(rotting).life(1)).corruption(1).recoverEnd().received(1).withVerdict('anomaly')).toEqual(['acked-not-redelivered']);
    });
  });

  it('tells the earliest loss first', () => {
    const run = history().at(1).sent(1).sent(2).at(2).restart(StopCause.kill, 1).at(3).restart(StopCause.kill).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ count: 2, first: { message: 2, atMicros: 2_000_000 }, breaches: [{ message: 2 }, { message: 1 }] });
  });

  it('lists the twenty earliest losses, in whatever order they are found', () => {
    const run = history().at(1);
    for (let message = 1; message <= 25; message++) run.sent(message);
    // The broker keeps fewer and fewer, the last messages go first.
    for (let kept = 24; kept >= 0; kept--) run.at(50 - kept).restart(StopCause.kill, ...Array.from({ length: kept }, (_, index) => index + 1));
    const { count, first, breaches = [] } = run.drained().verdict('acked-send-not-lost');
    expect([count, breaches[0]]).toEqual([25, first]);
    expect(breaches.map(({ message }) => message)).toEqual(Array.from({ length: 20 }, (_, index) => 25 - index));
  });

  it('holds for what was acknowledged by a consumer, dropped by its owner, dead-lettered, or kept as another copy', () => {
    const run = history().life(1).sent(2).drop(2, DropReason.purge).sent(3).move(3)
      .invoke(4).accept(4, 4).attempt(4, 2).accept(4, 5).sendOk(4).restart(StopCause.kill, 3, 5).received(5).acked(5).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'holds', exercised: 4 });
  });

  it('holds when the acknowledgement was on its way as the broker stopped', () => {
    const run = history().sent(1).received(1).ackInvoke(1).restart(StopCause.kill).drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('holds');
  });

  describe('of what its settings give away', () => {
    const verdictOf = (run: HistoryBuilder) => run.drained().verdict('acked-send-not-lost');
    const restarted = (contract: typeof CLASSIC, cause: StopCause = StopCause.kill) => verdictOf(history(contract).sent(1).restart(cause));
    const transient = withProducer({ sendsTransient: true });

    it('is an anomaly when a restart takes a transient message, or a queue that is not durable, and names the setting', () => {
      for (const [contract, words] of [[transient, 'transient'], [withPush({ isTransient: true }), 'not durable']] as const) {
        for (const cause of Object.values(StopCause)) expect(restarted(contract, cause)).toMatchObject({ verdict: 'anomaly', contract: expect.stringContaining(words) as unknown });
        expect(verdictOf(dropsAtRestart(history(contract)))).toMatchObject({ verdict: 'anomaly', contract: expect.stringContaining(words) as unknown });
      }
    });

    it('is violated when a restart takes a persistent message out of a durable queue, or a transient one out of a quorum queue', () => {
      expect(restarted(CLASSIC).verdict).toBe('violated');
      expect(verdictOf(dropsAtRestart(history(CLASSIC))).verdict).toBe('violated');
      const quorum = { ...transient, queues: withPush({ type: 'quorum' }).queues };
      expect(restarted(quorum).verdict).toBe('violated');
      expect(verdictOf(dropsAtRestart(history(quorum))).verdict).toBe('violated');
    });

    it('is violated when a transient message goes without a restart', () => {
      expect(verdictOf(history(transient).sent(1).drop(1, DropReason.restart)).verdict).toBe('violated');
    });

    it('goes by what each producer and each queue says', () => {
      const contract = { ...transient, clients: [...transient.clients, { ...CLASSIC.clients[0]!, name: 'careful' }], queues: [...CLASSIC.queues, { ...CLASSIC.queues[0]!, name: 'durable' }, { ...withPush({ isTransient: true }).queues[0]!, name: 'loose' }] };
      const by = (producer: string, queue: string) => verdictOf(history(contract).invoke(1, { producer, queue }).accept(1, 1, { queue }).sendOk(1).restart(StopCause.kill)).verdict;
      expect(by('producer-1', 'durable')).toBe('anomaly');
      expect(by('careful', 'durable')).toBe('violated');
      expect(by('careful', 'loose')).toBe('anomaly');
    });

    it('is violated when the durable one of two queues loses its copy, whichever goes first', () => {
      const contract = { ...CLASSIC, exchanges: [{ name: 'events', type: 'fanout' as const, bindings: [], alternates: [] }], queues: [...CLASSIC.queues, { ...withPush({ isTransient: true }).queues[0]!, name: 'loose' }] };
      const both = () => history(contract).invoke(1, { queue: 'events' }).accept(1, 1).accept(1, 2, { queue: 'loose' }).sendOk(1);
      expect(verdictOf(both().stop().recoverBegin().restore(2).drop(2, DropReason.restart).recoverEnd()).verdict).toBe('violated');
      expect(verdictOf(both().restart(StopCause.kill, 2).stop().recoverBegin().restore(2).drop(2, DropReason.restart).recoverEnd()).verdict).toBe('violated');
      const lost = verdictOf(both().restart(StopCause.kill, 2).received(2).acked(2));
      expect(lost).toMatchObject({ verdict: 'violated', count: 1, first: { queue: 'orders', text: expect.stringContaining('its copy in orders was lost') as unknown } });
      expect(verdictOf(both().restart(StopCause.kill, 1).received(1).acked(1)).verdict).toBe('holds');
    });

    it('is an anomaly when no queue was bound for a publish that may miss them all, and violated when there always is one', () => {
      const missing = verdictOf(unroutable(history(withProducer({ mayMissQueues: true }))));
      expect(missing).toMatchObject({ verdict: 'anomaly', contract: expect.stringContaining('RabbitMQ confirms a publish that no queue is bound for') as unknown });
      expect(missing.first?.text).toBe('message 1 was acknowledged to producer-1 at 0.000s and stored nowhere: no queue was bound for it at orders');
      expect(verdictOf(unroutable(history(CLASSIC))).verdict).toBe('violated');
    });

    it('holds when such a publish was mandatory: it came back', () => {
      const run = history(CLASSIC).invoke(1).emit(EventKind.unroutable, 'broker', { dest: 'orders', message: 1, a: 1 })
        .emit(EventKind.returned, 'producer-1', { dest: 'orders', message: 1, a: 312 }).sendOk(1);
      expect(verdictOf(run).verdict).toBe('holds');
    });

    it('is an anomaly when a full queue refuses a dead letter that was not kept, and violated when it had room, or when the letter is nowhere', () => {
      const refused = verdictOf(deadLetterRefused(history(REFUSING)).received(3).acked(3));
      expect(refused).toMatchObject({ verdict: 'anomaly', count: 1, contract: expect.stringContaining('without a confirm') as unknown });
      expect(refused.first?.text).toContain('it is in no queue: its dead letter was refused');
      expect(verdictOf(deadLetterRefused(history(REFUSING), false)).verdict).toBe('violated');
      const inBytes = (maxBytes: number) => ({ ...REFUSING, queues: REFUSING.queues.map((queue) => (queue.name === 'dead' ? { ...queue, push: { ...queue.push!, maxLength: null, maxBytes } } : queue)) });
      expect(verdictOf(deadLetterRefused(history(inBytes(127))).received(3).acked(3)).verdict).toBe('anomaly');
      expect(verdictOf(deadLetterRefused(history(inBytes(128))).received(3).acked(3)).verdict).toBe('violated');
      const lost = history(REFUSING).sent(2).received(2).nackInvoke(2).release(2)
        .emit(EventKind.move, 'broker', { peer: '(default exchange)', dest: 'orders', message: 2, copy: 2, a: 1, b: MoveReason.rejected, c: 1 });
      expect(verdictOf(lost).verdict).toBe('violated');
    });
  });

  describe('of publishes without confirms', () => {
    const unasked = withProducer({ asksNoConfirm: true });
    const verdictOf = (run: HistoryBuilder) => run.drained().verdict('acked-send-not-lost');

    /** Nothing refuses anything there. */
    const roomy = { ...unasked, queues: REFUSING.queues.slice(0, 1) };
    const arriving = (run: HistoryBuilder, message: number): HistoryBuilder => run.published(message).accept(message).received(message).acked(message);

    it('is an anomaly when one was lost on the way, or with the broker', () => {
      for (const lost of [history(roomy).published(1).restart(StopCause.kill), history(roomy).published(1).accept(1).restart(StopCause.kill), history(roomy).published(1).fault('packet-loss', 'producer-1')]) {
        expect(verdictOf(lost)).toMatchObject({ verdict: 'anomaly', exercised: 1, contract: expect.stringContaining('Without confirms') as unknown });
      }
    });

    it('is violated when one is lost though nothing struck, or after its broker had it and did not restart', () => {
      expect(verdictOf(history(roomy).published(1)).first?.text).toBe('message 1 was published by producer-1 without a confirm at 0.000s and never stored in orders');
      expect(verdictOf(history(roomy).published(1)).verdict).toBe('violated');
      expect(verdictOf(history(roomy).published(1).accept(1).drop(1, DropReason.restart)).verdict).toBe('violated');
    });

    it('is violated when one is lost between others that arrived, and nothing was wrong meanwhile', () => {
      const struck = (when: 'before' | 'meanwhile' | 'after' | 'at others'): HistoryBuilder => {
        const run = history(roomy);
        const strike = (at: typeof when): HistoryBuilder => (at === when ? run.fault('packet-loss', 'producer-1').heal('packet-loss', 'producer-1') : run);
        strike('before').at(1);
        arriving(run, 1).at(2).published(2).at(3);
        strike('meanwhile').at(4);
        if (when === 'at others') run.fault('packet-loss', 'consumer-1').heal('packet-loss', 'consumer-1');
        arriving(run, 3).at(5);
        return strike('after');
      };
      expect(verdictOf(struck('meanwhile'))).toMatchObject({ verdict: 'anomaly', count: 1 });
      for (const when of ['before', 'after', 'at others'] as const) expect(verdictOf(struck(when))).toMatchObject({ verdict: 'violated', count: 1, first: { message: 2 } });
    });

    it('is an anomaly when the broker closed the channel meanwhile, or a queue was full', () => {
      const refused = arriving(arriving(history(roomy).at(1), 1).at(2).published(2).at(3).emit(EventKind.refused, 'producer-1', { dest: 'orders', a: 0, b: 1 }).at(4), 3);
      expect(verdictOf(refused).verdict).toBe('anomaly');
      const small = { ...unasked, queues: [...roomy.queues, ...REFUSING.queues.slice(1)] };
      const full = (takes: boolean): HistoryBuilder => {
        const run = arriving(history(small).at(1), 1).published(2).at(2).accept(2, 2, { queue: 'dead' }).at(3).published(3);
        if (takes) run.at(4).received(2).acked(2).at(5);
        return arriving(arriving(run, 4).at(6), 5);
      };
      expect(verdictOf(full(true)).verdict).toBe('anomaly');
      const later = arriving(arriving(history(small).at(1), 1).published(2).at(2).accept(2, 2, { queue: 'dead' }).received(2).acked(2).at(3), 3).at(4).published(4).at(5);
      expect(verdictOf(arriving(later, 5))).toMatchObject({ verdict: 'violated', first: { message: 4 } });
    });

    it('is an anomaly when a queue had no room for so many bytes, and violated when it had', () => {
      const limited = (maxBytes: number) => ({ ...unasked, queues: withPush({ maxLength: null, maxBytes, overflow: 'reject-publish' }).queues.map((queue) => ({ ...queue, drops: NO_LIMITS })) });
      /** Of 64 bytes each, as all of them. */
      const beside = (held: number, maxBytes: number): HistoryBuilder => {
        const run = arriving(history(limited(maxBytes)).at(1), 1).at(2);
        for (let message = 11; message <= 10 + held; message++) run.published(message).accept(message);
        run.at(3).published(2).at(4);
        for (let message = 11; message <= 10 + held; message++) run.received(message).acked(message);
        return arriving(arriving(run.at(5), 3).at(6), 4);
      };
      expect(verdictOf(beside(3, 4 * 64 - 1))).toMatchObject({ verdict: 'anomaly', count: 1 });
      expect(verdictOf(beside(3, 4 * 64))).toMatchObject({ verdict: 'violated', first: { message: 2 } });
      expect(verdictOf(history(limited(63)).at(1).published(1)).verdict).toBe('anomaly');
      // It was full, and had room again before the last that arrived.
      const later = arriving(beside(3, 4 * 64 - 1).at(7), 5).at(8).published(6).at(9);
      expect(verdictOf(arriving(later, 7))).toMatchObject({ verdict: 'violated', first: { message: 6 } });
    });

    it('is an anomaly while a quorum queue, which goes on refusing, holds more than four fifths of its limit, and violated while it holds less', () => {
      const quorum = { ...unasked, queues: withPush({ type: 'quorum', maxLength: 10, overflow: 'reject-publish' }).queues.map((queue) => ({ ...queue, drops: NO_LIMITS })) };
      const beside = (held: number): HistoryBuilder => {
        const run = arriving(history(quorum).at(1), 1).at(2);
        for (let message = 11; message <= 10 + held; message++) run.published(message).accept(message);
        run.at(3).published(2).at(4);
        for (let message = 11; message <= 10 + held; message++) run.received(message).acked(message);
        return arriving(arriving(run.at(5), 3).at(6), 4);
      };
      expect(verdictOf(beside(9))).toMatchObject({ verdict: 'anomaly', count: 1 });
      expect(verdictOf(beside(7))).toMatchObject({ verdict: 'violated', first: { message: 2 } });
    });

    it('is violated by the loss of what had been written to a durable queue for certain, when its broker was killed', () => {
      const killed = (synced: boolean, contract = roomy): HistoryBuilder => {
        const run = history(contract).published(1).at(1).accept(1).at(2);
        if (synced) run.synced(0.5);
        return run.at(3).restart(StopCause.kill);
      };
      expect(verdictOf(killed(false)).verdict).toBe('anomaly');
      expect(verdictOf(killed(true)).verdict).toBe('violated');
      const transient = { ...roomy, clients: withProducer({ asksNoConfirm: true, sendsTransient: true }).clients };
      expect(verdictOf(killed(true, transient))).toMatchObject({ verdict: 'anomaly', contract: expect.stringContaining('transient') as unknown });
    });

    it('holds when it comes, and says nothing before everything is over', () => {
      expect(verdictOf(history(unasked).published(1).at(1).accept(1).received(1).acked(1))).toMatchObject({ verdict: 'holds', exercised: 1 });
      expect(history(unasked).published(1).restart(StopCause.kill).verdict('acked-send-not-lost').verdict).toBe('holds');
    });
  });

  it('never speaks of a send of unknown outcome', () => {
    const run = history().sent(9).acked(9).invoke(1).accept(1).sendInfo(1).restart(StopCause.kill).drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('holds');
  });

  it('takes a late copy of another attempt for the message', () => {
    const run = history().invoke(1).accept(1, 1).attempt(1, 2).sendOk(1).restart(StopCause.kill).accept(1, 2).received(2).acked(2).drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('holds');
  });

  it('is inconclusive when the run ended with messages inside and without a drain, or with the broker down', () => {
    expect(history().sent(1).verdict('acked-send-not-lost')).toMatchObject({ verdict: 'inconclusive', count: 0, met: true });
    expect(history().sent(1).drained(false).verdict('acked-send-not-lost').contract).toBe(
      'When the drain was given up, 1 acknowledged message had neither come out nor been lost.',
    );
    expect(history().sent(1).drained().stop().verdict('acked-send-not-lost').contract).toContain('The broker was down');
  });

  it('is violated by the loss of what a program gave to its client anew, when all that is known of the time before is that nobody had an effect from it', () => {
    const anew = (run: HistoryBuilder): HistoryBuilder => run.emit(EventKind.sendAttempt, 'producer-1', { dest: 'orders', message: 1, a: 2, b: 1 }).accept(1, 2).sendOk(1);
    const lost = anew(history().invoke(1).stop(StopCause.kill, 'producer-1')).restart(StopCause.kill).drained();
    expect(lost.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'violated', first: { text: expect.stringContaining('acknowledged to producer-1') as unknown } });
    // It may have been done before.
    const had = history().invoke(1).accept(1, 1).stop(StopCause.kill, 'producer-1').received(1).effect(1).acked(1);
    expect(anew(had).restart(StopCause.kill).drained().withVerdict('violated')).toEqual([]);
  });

  describe('of what a transaction has committed', () => {
    const committing = (push: Parameters<typeof withPush>[0]) => {
      const { clients, ...contract } = withPush(push);
      const queues = contract.queues.map((queue) => ({ ...queue, drops: { ttlMicros: null, maxLength: queue.push!.maxLength, mayBeDeleted: false, rejecters: [] } }));
      return history({ ...contract, queues, clients: clients.map((client) => (client.role === 'producer' ? { ...client, commits: true } : client)) });
    };

    it.each([{ maxLength: 1 }, { maxLength: null, maxBytes: 100 }])('allows that a quorum queue refused it that was full, which is committed all the same: %o', (limit) => {
      const refusing = { type: 'quorum', overflow: 'reject-publish', ...limit } as const;
      const full = committing(refusing).sent(1).at(1).invoke(2).sendOk(2).received(1).acked(1).drained();
      expect(full.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'anomaly', count: 1 });
      expect(committing(refusing).invoke(2).sendOk(2).drained().verdict('acked-send-not-lost')).toMatchObject({ verdict: 'violated', count: 1 });
    });

    it.each([{ type: 'classic', overflow: 'reject-publish' }, { type: 'quorum', overflow: 'reject-publish', maxLength: null }] as const)('is violated where no quorum queue refuses: %o', (push) => {
      expect(committing(push).invoke(1).sendOk(1).drained().withVerdict('violated')).toContain('acked-send-not-lost');
    });

    it('is violated when it was stored and is gone', () => {
      expect(committing({ type: 'quorum', overflow: 'reject-publish' }).sent(1).restart(StopCause.kill).drained().withVerdict('violated')).toContain('acked-send-not-lost');
    });
  });

  it('needs no drain when nothing is left inside', () => {
    expect(history().life(1).verdict('acked-send-not-lost').verdict).toBe('holds');
  });

  it('is not exercised when no send was acknowledged', () => {
    const run = history().invoke(1).accept(1).emit(EventKind.sendInfo, 'producer-1', { dest: 'orders', message: 1, a: 1 }).drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('not-exercised');
  });
});
