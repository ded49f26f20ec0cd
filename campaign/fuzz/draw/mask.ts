import type { AtlasEntry } from '../atlas.js';
import type { Dice } from './dice.js';
import type { Mask } from './style.js';

/** Where a scenario leaves no more kinds than this to choose from, families are not masked as a whole: few runs would have two kinds. */
const FEW_KINDS = 4;

/**
 * What is left of an atlas in one run: each family, and then perhaps each kind, stays with probability ½, and one at least. Runs that lack a
 * fault reach what it hides (Groce and others, "Swarm Testing", ISSTA 2012).
 */
export function masked(atlas: readonly AtlasEntry[], mask: Mask, dice: Dice): AtlasEntry[] {
  if (mask === 'none' || atlas.length === 0) return [...atlas];
  const left = atlas.length <= FEW_KINDS ? [...atlas] : withSomeFamilies(atlas, dice);
  return mask === 'kinds' ? dice.some(left) : left;
}

function withSomeFamilies(atlas: readonly AtlasEntry[], dice: Dice): AtlasEntry[] {
  const families = new Set(dice.some([...new Set(atlas.map(({ definition: { family } }) => family))]));
  return atlas.filter(({ definition: { family } }) => families.has(family));
}
