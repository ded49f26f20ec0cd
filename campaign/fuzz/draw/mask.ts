import type { AtlasEntry } from '../atlas.js';
import type { Dice } from './dice.js';

const KEPT = 0.5;

/** Where a scenario leaves no more kinds than this to choose from, families are not masked as a whole: few runs would have two kinds. */
const FEW_KINDS = 4;

/**
 * What is left of an atlas in one run: each family, and then each kind, stays with probability ½. Runs that lack a fault reach
 * what it hides (Groce and others, "Swarm Testing", ISSTA 2012).
 */
export function masked(atlas: readonly AtlasEntry[], dice: Dice): AtlasEntry[] {
  const families = new Map<string, boolean>();
  for (const { definition: { family } } of atlas) if (!families.has(family)) families.set(family, atlas.length <= FEW_KINDS || dice.chance(KEPT));
  return atlas.filter(({ definition: { family } }) => {
    const isKept = dice.chance(KEPT);
    return isKept && families.get(family) === true;
  });
}
