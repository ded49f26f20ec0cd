import type { RandomStream } from '../random/random-stream.js';

/** Half of the smallest positive draw. */
const HALF_STEP = 5.551115123125783e-17;

/** Uniform in (0, 1): what a quantile function can be given. 0 is replaced by 2^-54. */
export function drawInside(random: RandomStream): number {
  const u = random.nextFloat();
  return u === 0 ? HALF_STEP : u;
}
