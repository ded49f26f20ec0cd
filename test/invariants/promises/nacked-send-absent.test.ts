import { describe, expect, it } from 'vitest';
import { history } from '../history-builder.js';

describe('nacked-send-absent', () => {
  it('is violated by a delivery of a message whose send failed', () => {
    const run = history().invoke(1).accept(1).sendFail(1).at(3).received(1);
    expect(run.withVerdict('violated')).toEqual(['nacked-send-absent']);
    expect(run.verdict('nacked-send-absent').first?.text).toBe(
      'message 1 was delivered to consumer-1 at 3.000s, although its producer had been told that the send failed',
    );
  });

  it('is violated when the failure is told after the delivery', () => {
    const run = history().invoke(1).accept(1).received(1).at(4).sendFail(1);
    expect(run.withVerdict('violated')).toEqual(['nacked-send-absent']);
    expect(run.verdict('nacked-send-absent').first?.text).toContain('when it had been delivered already');
  });

  it('remembers a failed send for good', () => {
    const run = history().invoke(1).sendFail(1).sent(2).at(5).accept(1).received(1);
    expect(run.withVerdict('violated')).toEqual(['nacked-send-absent']);
  });

  it('holds when a failed send never appears', () => {
    expect(history().invoke(1).sendFail(1).life(2).verdict('nacked-send-absent')).toMatchObject({ verdict: 'holds', exercised: 1 });
  });

  it('acquits a send of unknown outcome that appears, and is not exercised by it', () => {
    expect(history().invoke(1).sendInfo(1).accept(1).received(1).verdict('nacked-send-absent').verdict).toBe('not-exercised');
  });
});
