import { describe, expect, it } from 'vitest';
import { EventKind, StopCause } from '../../../history/index.js';
import { history, type HistoryBuilder, withPush } from '../history-builder.js';

const SECOND = 1_000_000;

/** Given back at 1 s and set aside for 20 s; the broker dies and finds the message ready. It is handed out at 5 s. */
function setAsideAndFoundReady(afterwards: (run: HistoryBuilder) => HistoryBuilder): HistoryBuilder {
  const run = history(withPush({ type: 'quorum' })).sent(1).synced().received(1).at(1).nackInvoke(1).release(1)
    .emit(EventKind.setAside, 'broker', { dest: 'orders', message: 1, copy: 1, c: 20 * SECOND });
  return afterwards(run.at(2)).at(3).restart(StopCause.powerLoss, 1).at(5).received(1);
}

describe('a message that was set aside, and that a recovery finds ready', () => {
  it('may be handed out at once when what was noted of that was never synced', () => {
    expect(setAsideAndFoundReady((run) => run).verdict('not-before-delay').verdict).not.toBe('violated');
  });

  it('may not when it was', () => {
    expect(setAsideAndFoundReady((run) => run.synced()).verdict('not-before-delay').verdict).toBe('violated');
  });
});
