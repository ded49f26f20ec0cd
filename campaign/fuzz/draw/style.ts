import type { Dice } from './dice.js';

/** What is left out of a run: nothing, fault families as a whole, or also single kinds of those that are left. */
export type Mask = 'none' | 'families' | 'kinds';

/** How the runs of a strategy are drawn. */
export interface DrawStyle {
  /** Faults are left out of a run with probability ½, so that what they hide is reached. */
  readonly masks: boolean;
  /** Amounts are uniform in their logarithm instead of uniform. */
  readonly heavyTails: boolean;
  /** Faults come in sequences that belong together, and are aimed at moments that matter, instead of one by one at any time. */
  readonly shapes: boolean;
}

export const SWARM_STYLE: DrawStyle = { masks: true, heavyTails: true, shapes: true };
export const UNIFORM_STYLE: DrawStyle = { masks: false, heavyTails: false, shapes: false };

/** How one run is drawn. */
export interface RunStyle extends Omit<DrawStyle, 'masks'> {
  readonly mask: Mask;
}

const MASKS: readonly Mask[] = ['families', 'kinds'];

/**
 * Draws how one run is drawn. A swarm varies that, too: amounts that are small in most runs never fill what has to be full, amounts that
 * are large in most runs never leave anything alone; and some bugs need two kinds of faults of which a mask leaves one in four runs.
 */
export function runStyle({ masks, heavyTails, shapes }: DrawStyle, dice: Dice): RunStyle {
  const hasHeavyTails = heavyTails && dice.chance(0.5);
  return { mask: masks ? dice.pick(MASKS) : 'none', heavyTails: hasHeavyTails, shapes };
}
