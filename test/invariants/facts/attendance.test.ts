import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Attendance } from '../../../invariants/facts/attendance.js';

describe('Attendance', () => {
  it('adds up the time in which it was attended', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 60 });
    fc.assert(fc.property(gaps, fc.nat(300), (list, from) => {
      const attendance = new Attendance();
      let now = 0;
      let isAttended = false;
      let expected = 0;
      for (const gap of list) {
        isAttended = !isAttended;
        attendance.set(isAttended, now);
        if (isAttended) expected += Math.max(0, now + gap - Math.max(now, from));
        now += gap;
      }
      if (from <= now) expect(attendance.between(from, now)).toBe(expected);
    }), { numRuns: 200 });
  });

  it('never says too much of what is long ago', () => {
    const attendance = new Attendance();
    for (let at = 0; at < 1000; at += 2) {
      attendance.set(true, at);
      attendance.set(false, at + 1);
    }
    expect(attendance.between(990, 1000)).toBe(5);
    expect(attendance.between(0, 1000)).toBeLessThanOrEqual(500);
    expect(attendance.between(0, 1000)).toBeGreaterThanOrEqual(60);
  });
});
