import { describe, expect, it } from 'vitest';
import { CopyState, EventKind, MoveReason, NO_DEADLINE_MICROS, StopCause } from '../../history/index.js';
import { Stage } from './stage.js';

const HANDLE_SERIALS = 1_048_576;

/** Message 1 is stored as copy 1, leased and delivered. */
const delivered = (): Stage => new Stage().at(100).send(1).accept(1).grant(1).deliver(1);

/** A delivery of message 1 as another copy than the first. */
const deliverCopy = (stage: Stage, copy: number, dest = stage.jobs): Stage => stage.grant(1, 1, copy, dest)
  .emit(EventKind.deliver, stage.consumer, 1, copy, copy * HANDLE_SERIALS + 1, 1, 0, 0, dest);

const causes = (stage: Stage) => stage.result().duplicates;

describe('a message that reaches a consumer again is told by its cause:', () => {
  it.each<[string, (stage: Stage) => Stage]>([
    ['expired', (stage) => stage.expire(1).grant(1, 2).deliver(1, 2)],
    ['released', (stage) => stage.emit(EventKind.leaseRelease, stage.broker, 1, 1).grant(1, 2).deliver(1, 2)],
    // A negative acknowledgement with a delay lets the lease run out later.
    ['released', (stage) => stage.emit(EventKind.nackInvoke, stage.consumer, 1, 1, HANDLE_SERIALS + 1, 5_000).at(6_000).expire(1).grant(1, 2).deliver(1, 2)],
    ['recovered', (stage) => stage.stop(stage.broker, StopCause.powerLoss).recoverBegin().restore(1, 0, CopyState.ready).recoverEnd().grant(1, 2).deliver(1, 2)],
    // Its removal was lost.
    ['recovered', (stage) => stage.settle(1).stop(stage.broker, StopCause.powerLoss).recoverBegin().restore(1, 0, CopyState.ready).recoverEnd().grant(1).deliver(1)],
    ['overlapping', (stage) => stage.grant(1, 2).deliver(1, 2)],
    ['dead-lettered', (stage) => stage.expire(1).deadLetter(1).grant(1, 2, 1, stage.dead).emit(EventKind.deliver, stage.consumer, 1, 1, HANDLE_SERIALS + 2, 2, 0, 0, stage.dead)],
    ['retry', (stage) => deliverCopy(stage.emit(EventKind.sendAttempt, stage.producer, 1, 0, 2).accept(1, 2), 2)],
    ['routed', (stage) => deliverCopy(stage.emit(EventKind.accept, stage.broker, 1, 2, 0, 0, 0, 0, stage.dead), 2, stage.dead)],
    ['redriven', (stage) => deliverCopy(stage.emit(EventKind.move, stage.broker, 1, 1, 1, MoveReason.redrive, 0, stage.jobs).accept(1, 2), 2)],
    ['dead-lettered', (stage) => deliverCopy(stage.emit(EventKind.move, stage.broker, 1, 1, 1, MoveReason.rejected, 1, stage.dead).accept(1, 2), 2)],
    ['gone', (stage) => stage.settle(1).deliver(1, 2)],
    ['reappeared', (stage) => stage.settle(1).emit(EventKind.reappear, stage.broker, 1, 1, 1).grant(1, 2).deliver(1, 2)],
  ])('%s', (cause, comesAgain) => {
    expect(causes(comesAgain(delivered()))).toEqual([{ cause, count: 1 }]);
  });

  it('channel', () => {
    const stage = new Stage();
    stage.at(100).send(1).accept(1).emit(EventKind.leaseGrant, stage.broker, 1, 1, HANDLE_SERIALS + 1, 1, NO_DEADLINE_MICROS, stage.consumer).deliver(1);
    expect(causes(stage.expire(1).grant(1, 2).deliver(1, 2))).toEqual([{ cause: 'channel', count: 1 }]);
  });

  it('the retry, too, when a lease of the second copy ran out on the way to its first delivery', () => {
    const stage = delivered().accept(1, 2).grant(1, 1, 2).expire(1, 1, 2).grant(1, 2, 2);
    stage.emit(EventKind.deliver, stage.consumer, 1, 2, 2 * HANDLE_SERIALS + 2, 2);
    expect(causes(stage)).toEqual([{ cause: 'retry', count: 1 }]);
  });

  it('routed, whichever of the queues is first', () => {
    const stage = new Stage();
    stage.at(100).send(1).accept(1).emit(EventKind.accept, stage.broker, 1, 2, 0, 0, 0, 0, stage.dead);
    deliverCopy(stage, 2, stage.dead);
    expect(causes(stage.grant(1).deliver(1))).toEqual([{ cause: 'routed', count: 1 }]);
  });

  it('nothing that comes once, and the most frequent first', () => {
    expect(causes(delivered())).toEqual([]);
    const often = deliverCopy(delivered().accept(1, 2), 2).expire(1).grant(1, 2).deliver(1, 2).expire(1, 2).grant(1, 3).deliver(1, 3);
    expect(causes(often)).toEqual([{ cause: 'expired', count: 2 }, { cause: 'retry', count: 1 }]);
    expect(often.result().counts['duplicates']).toBe(3);
  });
});

it('attempts to send are counted by number, with the time since the one before', () => {
  const stage = new Stage().at(100).send(1);
  const again = (atMicros: number, attempt: number): Stage => stage.at(atMicros).emit(EventKind.sendAttempt, stage.producer, 1, 0, attempt);
  again(1_100, 2);
  again(4_100, 3);
  stage.at(5_000).send(2);
  again(5_000, 4);
  expect(stage.result().attempts).toEqual([
    { number: 1, count: 2, meanGapMicros: 0 }, { number: 2, count: 1, meanGapMicros: 1_000 }, { number: 3, count: 1, meanGapMicros: 3_000 }, { number: 4, count: 1, meanGapMicros: 900 },
  ]);
});
