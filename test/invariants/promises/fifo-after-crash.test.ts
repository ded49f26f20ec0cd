import { describe, expect, it } from 'vitest';
import { EventKind, MoveReason, StopCause } from '../../../history/index.js';
import type { RunContract } from '../../../invariants/index.js';
import { FIFO, history, type HistoryBuilder } from '../history-builder.js';

const queue = 'jobs.fifo';

/** A message is stored, nobody is told so, and the broker stops before it is on the disk. */
const unheard = () => history(FIFO).sentTo(1).invoke(2, { queue }).accept(2, 2, { queue }).place(2, 'g', { deduplication: 7 }).restart(StopCause.storage, 1).attempt(2, 2);

describe('what a stop took before its send was acknowledged', () => {
  it('was never there: its sequence number and its deduplication id are as good as new', () => {
    const run = unheard().accept(2, 3, { queue }).place(3, 'g', { sequence: 2, deduplication: 7 }).sendOk(2);
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('leaves the numbers of those before it as they are', () => {
    expect(unheard().accept(2, 3, { queue }).place(3, 'g', { sequence: 1, deduplication: 7 }).withVerdict('violated')).toEqual(['group-fifo']);
  });

  it('took all numbers with it when the disk was replaced, or when a power loss took what was not synced', () => {
    const settled = (contract: RunContract): HistoryBuilder => history(contract).sentTo(1).received(1).acked(1);
    const renumbered = (run: HistoryBuilder) => run.invoke(2, { queue }).accept(2, 2, { queue }).place(2, 'g', { sequence: 1 }).sendOk(2);
    const replaced = settled(FIFO).fault('disk-replace').stop().heal('disk-replace').recoverBegin().recoverEnd();
    expect(renumbered(replaced).verdict('group-fifo').verdict).toBe('anomaly');
    expect(renumbered(settled({ ...FIFO, broker: { name: 'broker', flush: 'never' } }).restart(StopCause.powerLoss)).verdict('group-fifo').verdict).toBe('anomaly');
    expect(renumbered(settled(FIFO).restart(StopCause.powerLoss)).verdict('group-fifo').verdict).toBe('violated');
  });

  it('is not confused with what a recovery puts back into its place', () => {
    const run = history(FIFO).sentTo(1, 'g', { deduplication: 7 }).stop().recoverBegin().restore(1).place(1, 'g', { deduplication: 7 }).recoverEnd();
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('takes back the number of a move that it undoes, unless a consumer had the message there', () => {
    const contract = { ...FIFO, queues: [...FIFO.queues.map((each) => (each.name === queue ? { ...each, deadLetter: { queue: 'dead.fifo', maxReceiveCount: 1 } } : each)), { name: 'dead.fifo', deadLetter: null, handlers: ['plain'], kind: 'fifo' } as const] };
    const moved = (): HistoryBuilder => history(contract).sentTo(1).received(1).at(30).expire(1).pollWait('consumer-2', queue).move(1, 'dead.fifo').place(1, 'g', { sequence: 2 }).pollEnd('consumer-2', queue, 0);
    const undone = (run: HistoryBuilder): HistoryBuilder => run.stop().recoverBegin().restore(1, { queue }).place(1).recoverEnd().at(31).pollWait('consumer-2', queue).move(1, 'dead.fifo').place(1, 'g', { sequence: 2 });
    expect(undone(moved()).withVerdict('violated')).not.toContain('group-fifo');
    expect(undone(moved().received(1)).withVerdict('violated')).toContain('group-fifo');
  });

  it('takes back both numbers of what it does not find, when that was moved before anybody had heard of it', () => {
    const contract = { ...FIFO, queues: [...FIFO.queues, { name: 'dead.fifo', deadLetter: null, handlers: ['plain'], kind: 'fifo' } as const] };
    const moved = history(contract).invoke(1, { queue }).accept(1, 1, { queue }).place(1).grant(1).release(1).move(1, 'dead.fifo').place(1, 'g', { sequence: 2 });
    const again = moved.restart(StopCause.storage).sendInfo(1).invoke(2, { queue }).accept(2, 1, { queue }).place(1).sendOk(2);
    expect(again.withVerdict('violated')).not.toContain('group-fifo');
  });

  it('takes back the number of what a redrive made, unless a consumer had it', () => {
    const dead = { name: 'dead.fifo', deadLetter: null, handlers: ['plain'], kind: 'fifo' } as const;
    const contract = { ...FIFO, queues: [...FIFO.queues.map((each) => (each.name === queue ? { ...each, deadLetter: { queue: 'dead.fifo', maxReceiveCount: 1 } } : each)), dead] };
    const redriven = (): HistoryBuilder => history(contract).sentTo(1).received(1).at(30).expire(1).pollWait('consumer-2', queue).move(1, 'dead.fifo').place(1, 'g', { sequence: 2 })
      .pollEnd('consumer-2', queue, 0).move(1, queue, MoveReason.redrive).accept(1, 2, { queue }).place(2, 'g', { sequence: 3 });
    const again = (run: HistoryBuilder): HistoryBuilder => run.stop().recoverBegin().emit(EventKind.restore, 'broker', { dest: 'dead.fifo', message: 1, copy: 1, a: 1 }).recoverEnd()
      .invoke(9, { queue }).accept(9, 9, { queue }).place(9, 'g', { sequence: 3 });
    expect(again(redriven()).withVerdict('violated')).not.toContain('group-fifo');
    expect(again(redriven().received(2)).withVerdict('violated')).toContain('group-fifo');
  });

  it('does not end the window of what a consumer had acknowledged', () => {
    const run = history(FIFO).sentTo(1, 'g', { deduplication: 7 }).received(1).ackInvoke(1).restart(StopCause.kill).invoke(2, { queue }).deduplicate(2, 1, 7).sendOk(2);
    expect(run.withVerdict('violated')).toEqual([]);
  });
});
