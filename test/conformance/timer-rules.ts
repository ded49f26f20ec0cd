import { expect, it } from 'vitest';
import type { CreateFixture } from './host-suite.js';
import { withFixture } from './with-fixture.js';

export function timerRules(create: CreateFixture): void {
  it(
    'a timer fires once, not before its delay, and never inside the call',
    withFixture(create, async (fixture) => {
      const { clock, timers } = fixture.one.host;
      const fired: number[] = [];
      const timer = timers.create(() => fired.push(clock.monotonicMicros()));
      expect(timer.armed).toBe(false);
      const armedAt = clock.monotonicMicros();
      timer.arm(5000);
      expect(timer.armed).toBe(true);
      await fixture.until(() => fired.length > 0);
      expect(fired[0]! - armedAt).toBeGreaterThanOrEqual(5000);
      expect(timer.armed).toBe(false);
      await fixture.elapse(10_000);
      expect(fired).toHaveLength(1);
    }),
  );

  it(
    'a delay of 0 fires soon, but after the call',
    withFixture(create, async (fixture) => {
      let fired = 0;
      fixture.one.host.timers.create(() => fired++).arm(0);
      expect(fired).toBe(0);
      await fixture.until(() => fired > 0);
    }),
  );

  it(
    'arming again replaces the deadline, earlier or later',
    withFixture(create, async (fixture) => {
      const { clock, timers } = fixture.one.host;
      const fired: number[] = [];
      const later = timers.create(() => fired.push(clock.monotonicMicros()));
      const armedAt = clock.monotonicMicros();
      later.arm(2000);
      later.arm(20_000);
      await fixture.until(() => fired.length > 0);
      expect(fired[0]! - armedAt).toBeGreaterThanOrEqual(20_000);
      later.arm(3_600_000_000);
      later.arm(1000);
      await fixture.until(() => fired.length > 1);
      await fixture.elapse(5000);
      expect(fired).toHaveLength(2);
    }),
  );

  it(
    'a disarmed timer does not fire, and may be armed again',
    withFixture(create, async (fixture) => {
      let fired = 0;
      const timer = fixture.one.host.timers.create(() => fired++);
      timer.arm(1000);
      timer.disarm();
      timer.disarm();
      expect(timer.armed).toBe(false);
      await fixture.elapse(10_000);
      expect(fired).toBe(0);
      timer.arm(1000);
      await fixture.until(() => fired > 0);
    }),
  );

  it(
    'a timer may arm itself in its callback',
    withFixture(create, async (fixture) => {
      let fired = 0;
      const timer = fixture.one.host.timers.create(() => {
        fired++;
        if (fired < 5) timer.arm(fired % 2 === 0 ? 0 : 500);
      });
      timer.arm(500);
      await fixture.until(() => fired === 5);
      expect(timer.armed).toBe(false);
    }),
  );

  it(
    'timers fire in the order of their deadlines',
    withFixture(create, async (fixture) => {
      const { timers } = fixture.one.host;
      const fired: string[] = [];
      timers.create(() => fired.push('third')).arm(60_000);
      timers.create(() => fired.push('first')).arm(0);
      timers.create(() => fired.push('second')).arm(25_000);
      await fixture.until(() => fired.length === 3);
      expect(fired).toEqual(['first', 'second', 'third']);
    }),
  );
}
