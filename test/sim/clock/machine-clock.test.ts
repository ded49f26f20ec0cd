import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MachineClock, WALL_EPOCH_MICROS } from '../../../sim/clock/index.js';

/** True time that a test moves by hand. */
class HandMovedTime {
  now = 0;
}

const drifts = fc.integer({ min: -500_000, max: 1_000_000 });

describe('MachineClock', () => {
  it('shows true time when nothing is the matter', () => {
    const time = new HandMovedTime();
    const clock = new MachineClock(time);
    time.now = 1_234_567;
    expect(clock.monotonicMicros()).toBe(1_234_567);
    expect(clock.wallMicros()).toBe(WALL_EPOCH_MICROS + 1_234_567);
  });

  it('an offset is of the wall clock alone', () => {
    const clock = new MachineClock(new HandMovedTime(), { offsetMicros: -5000 });
    expect(clock.wallMicros()).toBe(WALL_EPOCH_MICROS - 5000);
    expect(clock.monotonicMicros()).toBe(0);
  });

  it('a drift makes both clocks run faster, and at its end the wall clock is set right', () => {
    const time = new HandMovedTime();
    const clock = new MachineClock(time);
    time.now = 1_000_000;
    const drift = clock.beginDrift(100_000);
    time.now = 3_000_000;
    expect(clock.monotonicMicros()).toBe(3_200_000);
    expect(clock.wallMicros()).toBe(WALL_EPOCH_MICROS + 3_200_000);
    clock.endDrift(drift);
    time.now = 4_000_000;
    expect(clock.monotonicMicros()).toBe(4_200_000);
    expect(clock.wallMicros()).toBe(WALL_EPOCH_MICROS + 4_000_000);
  });

  it('drifts add up and end in any order', () => {
    const time = new HandMovedTime();
    const clock = new MachineClock(time, { driftPpm: 1000 });
    const first = clock.beginDrift(10_000);
    const second = clock.beginDrift(-20_000);
    expect(clock.driftPpm).toBe(-9000);
    clock.endDrift(first);
    clock.endDrift(first);
    expect(clock.driftPpm).toBe(-19_000);
    clock.endDrift(second);
    expect(clock.driftPpm).toBe(1000);
  });

  it('drifts that overlap beyond what a clock can do leave the wall clock right when the last has ended', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ ppm: drifts, wait: fc.nat({ max: 10_000_000 }), last: fc.boolean() }), { minLength: 2, maxLength: 8 }), (steps) => {
        const time = new HandMovedTime();
        const clock = new MachineClock(time);
        const begun = [];
        for (const { ppm, wait, last } of steps) {
          begun.push(clock.beginDrift(ppm));
          time.now += wait;
          if (last) clock.endDrift(begun.pop()!);
          time.now += wait;
        }
        for (const drift of begun) clock.endDrift(drift);
        // A microsecond for each stretch that was rounded.
        expect(Math.abs(clock.wallMicros() - WALL_EPOCH_MICROS - time.now)).toBeLessThanOrEqual(steps.length * (2 * steps.length + 2));
      }),
    );
  });

  it('refuses a drift that no clock has', () => {
    expect(() => new MachineClock(new HandMovedTime(), { driftPpm: -600_000 })).toThrow(expect.objectContaining({ code: 'QL_SIM_SETTING' }));
  });

  it('a jump moves the wall clock and nothing else', () => {
    const time = new HandMovedTime();
    const clock = new MachineClock(time);
    time.now = 500;
    clock.stepWall(-1_000_000);
    expect(clock.wallMicros()).toBe(WALL_EPOCH_MICROS + 500 - 1_000_000);
    expect(clock.monotonicMicros()).toBe(500);
  });

  it('a strobe is ahead for one period and right for the next, until it ends', () => {
    const time = new HandMovedTime();
    const clock = new MachineClock(time);
    time.now = 100;
    const strobe = clock.beginStrobe(7000, 50);
    const errors = [100, 149, 150, 199, 200, 260].map((now) => {
      time.now = now;
      return clock.wallMicros() - WALL_EPOCH_MICROS - now;
    });
    expect(errors).toEqual([7000, 7000, 0, 0, 7000, 0]);
    time.now = 200;
    clock.endStrobe(strobe);
    expect(clock.wallMicros()).toBe(WALL_EPOCH_MICROS + 200);
    expect(clock.monotonicMicros()).toBe(200);
  });

  it('a reboot gives the monotonic clock another origin', () => {
    const time = new HandMovedTime();
    const clock = new MachineClock(time, { driftPpm: 500_000 });
    time.now = 1000;
    clock.reboot(77);
    expect(clock.monotonicMicros()).toBe(77);
    time.now = 1100;
    expect(clock.monotonicMicros()).toBe(77 + 150);
  });

  it('the monotonic clock never goes back, whatever the drifts do', () => {
    const steps = fc.array(fc.record({ wait: fc.nat({ max: 5000 }), drift: drifts, end: fc.boolean() }), { maxLength: 30 });
    fc.assert(
      fc.property(steps, drifts, (changes, own) => {
        const time = new HandMovedTime();
        const clock = new MachineClock(time, { driftPpm: own });
        let last = clock.monotonicMicros();
        for (const { wait, drift, end } of changes) {
          const begun = clock.beginDrift(drift);
          for (let passed = 0; passed < wait; passed += 1 + (wait >> 4)) {
            time.now += 1 + (wait >> 4);
            const reading = clock.monotonicMicros();
            expect(reading).toBeGreaterThanOrEqual(last);
            expect(Number.isSafeInteger(reading)).toBe(true);
            last = reading;
          }
          if (end) clock.endDrift(begun);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('trueTimeOf is the first time at which the monotonic clock shows so much', () => {
    fc.assert(
      fc.property(drifts, fc.nat({ max: 10_000_000 }), fc.nat({ max: 10_000_000 }), (drift, start, wait) => {
        const time = new HandMovedTime();
        const clock = new MachineClock(time, { driftPpm: drift });
        time.now = start;
        const deadline = clock.monotonicMicros() + wait;
        const at = clock.trueTimeOf(deadline);
        time.now = at;
        expect(clock.monotonicMicros()).toBeGreaterThanOrEqual(deadline);
        time.now = at - 1;
        if (at > start) expect(clock.monotonicMicros()).toBeLessThan(deadline);
      }),
    );
  });
});
