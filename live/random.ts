import { randomInt } from 'node:crypto';
import alea from 'seedrandom/lib/alea.js';
import type { RandomPort } from '../engine/index.js';

/** Draws for a live node. Without a seed every node draws differently. */
export function liveRandom(seed: string = String(randomInt(281_474_976_710_655))): RandomPort {
  const generator = alea(seed);
  return {
    nextFloat: () => generator.quick(),
    nextUint32: () => generator.int32() >>> 0,
  };
}
