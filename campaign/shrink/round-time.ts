/** Steps in which people say times: 1, 2 and 5 of each unit and their tens. */
const STEPS: readonly number[] = [1, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 60_000_000, 600_000_000, 3_600_000_000, 86_400_000_000];

/** The least multiple of a step that is at least so long, with the largest step that does not make it more than a quarter longer. */
export function roundUp(micros: number): number {
  for (const step of [...STEPS].reverse()) {
    const rounded = Math.ceil(micros / step) * step;
    if (rounded <= micros * 1.25) return rounded;
  }
  return micros;
}

/**
 * Rounder times that are shorter, the shortest first: 0, then the time cut down to whole steps, with fewer and fewer digits lost. Tried
 * in this order, the first that does is the roundest.
 */
export function shorterTimes(micros: number, leastMicros: number): number[] {
  const shorter = [leastMicros, ...[...STEPS].reverse().flatMap((step) => [step, Math.floor(micros / step) * step])];
  return [...new Set(shorter)].filter((time) => time >= leastMicros && time < micros).sort((one, other) => one - other);
}
