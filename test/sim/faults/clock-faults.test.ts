import { describe, expect, it } from 'vitest';
import { WALL_EPOCH_MICROS } from '../../../sim/index.js';
import { TestWorld } from '../a-world.js';

const SECOND = 1_000_000;

/** What the machine's wall clock shows more than true time. */
function wallError(test: TestWorld): number {
  return test.host('a').clock.wallMicros() - WALL_EPOCH_MICROS - test.now;
}

describe('clock-drift', () => {
  it('speeds up both clocks and the timers, and ends with a right wall clock', () => {
    const test = new TestWorld(['a']);
    test.world.faults.schedule([{ at: SECOND, fault: 'clock-drift', target: 'a', for: 10 * SECOND, drift: 100_000 }]);
    test.started();
    const monotonic = test.host('a').clock.monotonicMicros();
    test.pass(SECOND);
    let firedAt = 0;
    test.host('a').timers.create(() => (firedAt = test.now)).arm(SECOND);
    test.pass(5 * SECOND);
    expect(wallError(test)).toBe(SECOND / 2);
    expect(firedAt).toBe(SECOND + 909_091);
    test.pass(10 * SECOND);
    expect(wallError(test)).toBe(0);
    expect(test.host('a').clock.monotonicMicros() - monotonic).toBe(16 * SECOND + SECOND);
  });
});

describe('clock-jump', () => {
  it('moves the wall clock and back, and no timer', () => {
    const test = new TestWorld(['a']);
    test.world.faults.schedule([{ at: SECOND, fault: 'clock-jump', target: 'a', for: SECOND, by: -3600 * SECOND }]);
    test.started();
    let firedAt = 0;
    test.host('a').timers.create(() => (firedAt = test.now)).arm(2 * SECOND - 1);
    test.pass(1.5 * SECOND);
    expect(wallError(test)).toBe(-3600 * SECOND);
    test.pass(SECOND);
    expect(wallError(test)).toBe(0);
    expect(firedAt).toBe(2 * SECOND - 1);
  });
});

describe('clock-strobe', () => {
  it('throws the wall clock ahead and back until it ends', () => {
    const test = new TestWorld(['a']);
    test.world.faults.schedule([{ at: 0, fault: 'clock-strobe', target: 'a', for: 1000, by: 77, period: 100 }]);
    test.started();
    const errors: number[] = [];
    for (let count = 0; count < 12; count++) {
      test.pass(count === 0 ? 50 : 100);
      errors.push(wallError(test));
    }
    expect(errors).toEqual([77, 0, 77, 0, 77, 0, 77, 0, 77, 0, 0, 0]);
  });
});
