import { randomInt } from 'node:crypto';
import alea from 'seedrandom/lib/alea.js';
import type { RandomPort } from '../engine/index.js';

const TWO_32 = 0x1_0000_0000;
/** More seeds than anyone can try. */
const SEEDS = 281_474_976_710_655;

/** Draws for a live node. Without a seed every node draws differently. */
export function liveRandom(seed: string = String(randomInt(SEEDS))): RandomPort {
  const generator = alea(seed, { state: true });
  return {
    nextFloat: () => generator.double(),
    nextUint32: () => generator() * TWO_32,
  };
}
