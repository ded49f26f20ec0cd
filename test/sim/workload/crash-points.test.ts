import { expect, it } from 'vitest';
import { CrashPoints, type ProducerStep } from '../../../sim/workload/crash-points.js';

it('a program dies after a step that it takes for the so-manieth time over all of its lives, and takes no other step in that life', () => {
  const crashes: number[] = [];
  const points = new CrashPoints<ProducerStep>([{ after: 'published', nth: 2, forMicros: 5 }, { after: 'published', nth: 3, forMicros: 9 }], ({ forMicros }) => crashes.push(forMicros));
  points.boot();
  expect([points.reached('published'), points.reached('row-committed'), points.isDying]).toEqual([false, false, false]);
  expect([points.reached('published'), points.reached('row-committed'), points.isDying]).toEqual([true, true, true]);
  points.boot();
  expect([points.isDying, points.reached('row-committed'), points.reached('published')]).toEqual([false, false, true]);
  expect(crashes).toEqual([5, 9]);
});
