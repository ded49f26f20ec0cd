import { describe, expect, it } from 'vitest';
import { StopCause } from '../../history/index.js';
import { history, withHandlers } from './history-builder.js';

describe("the judge's memory", () => {
  it('follows what is in flight, not what has passed', () => {
    const run = history(withHandlers('idempotent'));
    const inFlight = 100;
    const live = (from: number, to: number): void => {
      for (let message = from; message < to; message++) {
        run.at(message / 1000).sent(message);
        const served = message - inFlight;
        if (served > 0) run.received(served).effect(served).acked(served);
      }
      run.recorder.flush();
    };
    live(1, 20_000);
    const early = run.judge.footprint;
    live(20_000, 100_000);
    expect(run.judge.footprint).toEqual(early);
    expect(early).toEqual({ messages: inFlight, messageCapacity: 128, copies: inFlight, copyCapacity: 128, openPages: 4 });
  });

  it('gives back what failed, was dropped, ended unknown, or belonged to a producer that died', () => {
    const run = history();
    for (let message = 1; message <= 3000; message += 5) {
      run.invoke(message).sendFail(message)
        .sent(message + 1).drop(message + 1)
        .invoke(message + 2).sendInfo(message + 2)
        .invoke(message + 3).accept(message + 3).sendInfo(message + 3).received(message + 3).acked(message + 3)
        .invoke(message + 4);
    }
    run.recorder.flush();
    expect(run.judge.footprint).toMatchObject({ messages: 600, copies: 0 });
    run.stop(StopCause.kill, 'producer-1').recorder.flush();
    expect(run.judge.footprint).toMatchObject({ messages: 0, messageCapacity: 1024, copies: 0 });
  });

  it('keeps what a dead-letter queue holds', () => {
    const run = history();
    for (let message = 1; message <= 1000; message++) run.sent(message).move(message);
    run.recorder.flush();
    expect(run.judge.footprint).toMatchObject({ messages: 1000, copies: 1000 });
  });
});
