/**
 * What is remembered of a message that is over, in four bits: how it ended and how often it had its effect.
 *
 * | fate        | meaning                                                                                            |
 * | ----------- | -------------------------------------------------------------------------------------------------- |
 * | `promised`  | its send was acknowledged, a consumer acknowledged it, and its queue promises its effect exactly once |
 * | `completed` | the same, and its queue promises less                                                              |
 * | `several`   | it was stored as several copies, and its queue does not promise its effect exactly once            |
 * | `failed`    | its send failed: it was certainly not stored                                                       |
 * | `other`     | nobody knows whether it was stored, or it was dropped or dead-lettered                             |
 */
export const Fate = { promised: 0, completed: 1, several: 2, failed: 3, other: 4 } as const;
export type Fate = (typeof Fate)[keyof typeof Fate];

/** Effects are counted up to here: "more than once" is all that matters. */
export const MAX_EFFECTS = 2;

const STEPS = MAX_EFFECTS + 1;

/** The mark of a fate and a number of effects, 1 to 15; 0 means "not over, or never seen". */
export function markOf(fate: Fate, effects: number): number {
  return 1 + fate * STEPS + effects;
}

export function fateOf(mark: number): Fate {
  return Math.floor((mark - 1) / STEPS) as Fate;
}

export function effectsOf(mark: number): number {
  return (mark - 1) % STEPS;
}
