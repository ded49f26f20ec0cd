import { median } from './median.js';

/** A benchmark in rounds: does `count` units of work, having prepared itself outside of it. */
export type Round = (count: number) => void;

/**
 * Median speed of several contestants in millions of units a second. They take turns, round by round, so that what else the
 * machine does disturbs all of them alike. The first round of each only warms it up.
 */
export function medianSpeeds<Name extends string>(contestants: Readonly<Record<Name, Round>>, count: number, rounds: number): Record<Name, number> {
  const names = Object.keys(contestants) as Name[];
  const speeds = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const start = performance.now();
      contestants[name](count);
      const micros = (performance.now() - start) * 1_000;
      if (round > 0) speeds.get(name)!.push(count / micros);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(speeds.get(name)!)])) as Record<Name, number>;
}
