import { expect, it } from 'vitest';
import type { CreateFixture } from './host-suite.js';
import { withFixture } from './with-fixture.js';

export function clockRules(create: CreateFixture): void {
  it(
    'monotonic time is whole microseconds, never goes back and passes',
    withFixture(create, async (fixture) => {
      const { clock } = fixture.one.host;
      const readings = [clock.monotonicMicros(), clock.monotonicMicros()];
      await fixture.elapse(3000);
      readings.push(clock.monotonicMicros());
      expect(readings.every(Number.isSafeInteger)).toBe(true);
      expect(readings[1]).toBeGreaterThanOrEqual(readings[0]!);
      expect(readings[2]! - readings[1]!).toBeGreaterThanOrEqual(3000);
    }),
  );

  it(
    'wall time is whole microseconds since 1970',
    withFixture(create, async (fixture) => {
      const wall = fixture.one.host.clock.wallMicros();
      expect(Number.isSafeInteger(wall)).toBe(true);
      expect(wall).toBeGreaterThan(Date.UTC(2020, 0, 1) * 1000);
      expect(wall).toBeLessThan(Date.UTC(2100, 0, 1) * 1000);
    }),
  );

  it(
    'draws lie in their ranges and differ between nodes',
    withFixture(create, async (fixture) => {
      const { one, two } = fixture;
      const floats = Array.from({ length: 100 }, () => one.host.random.nextFloat());
      const words = Array.from({ length: 100 }, () => one.host.random.nextUint32());
      expect(floats.every((value) => value >= 0 && value < 1)).toBe(true);
      expect(words.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32)).toBe(true);
      expect(words.some((value) => value >= 2 ** 31)).toBe(true);
      expect(new Set(floats).size).toBeGreaterThan(90);
      expect(Array.from({ length: 100 }, () => two.host.random.nextFloat())).not.toEqual(floats);
    }),
  );
}
