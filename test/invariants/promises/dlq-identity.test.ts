import { DropReason } from '../../../history/index.js';
import { describe, expect, it } from 'vitest';
import { history, type HistoryBuilder, SHORT_LIVED } from '../history-builder.js';

/** Fails three times from 100 seconds on, is dead-lettered at 193 and dropped at 200, a hundred seconds after it was stored or came back. */
function droppedEarly(run: HistoryBuilder): HistoryBuilder {
  for (const at of [100, 131, 162]) run.at(at).received(1).at(at + 30).expire(1);
  return run.at(193).pollWait().move(1).pollEnd().at(200).drop(1, DropReason.retention);
}

describe('dlq-identity', () => {
  it('is violated by a dead letter that is dropped before its retention, which counts from the send, has ended', () => {
    expect(droppedEarly(history(SHORT_LIVED).at(99).sent(1)).withVerdict('violated')).toEqual(['dropped-with-cause', 'dlq-identity']);
  });

  it('says nothing of a copy that was over and that damage brought back: when it was stored is not known', () => {
    const back = history(SHORT_LIVED).life(1).fault('bit-rot').heal('bit-rot').stop().at(99).recoverBegin().corruption(1).restore(1, { count: 0 }).recoverEnd();
    expect(droppedEarly(back).withVerdict('violated')).toEqual([]);
  });
});
