/*
 * The method and its constants are those of fdlibm's e_exp.c:
 *
 * Copyright (C) 2004 by Sun Microsystems, Inc. All rights reserved.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */
import { powerOfTwo } from './float-bits.js';

/** Beyond these the result is Infinity, or less than half the smallest number. */
const LARGEST = 7.09782712893383973096e2;
const SMALLEST = -7.45133219101941108420e2;

const LN2_HIGH = 6.93147180369123816490e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const LOG2_E = 1.44269504088896338700;
const HALF_LN2 = 0.34657359027997264;
const TWO_MINUS_28 = 3.725290298461914e-9;

const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.65339022054652515390e-6;
const P5 = 4.13813679705723846039e-8;

/**
 * e to the power of x, in error by less than one unit in the last place (by less than one of the smallest number where the
 * result is subnormal), with the same bits on every JavaScript engine.
 */
export function exp(x: number): number {
  if (x !== x) return NaN;
  if (x > LARGEST) return Infinity;
  if (x < SMALLEST) return 0;
  const magnitude = Math.abs(x);
  if (magnitude < TWO_MINUS_28) return 1 + x;
  if (magnitude <= HALF_LN2) {
    const c = correction(x);
    return 1 - ((x * c) / (c - 2) - x);
  }
  // x = exponent ln 2 + (high - low), the difference at most ln 2 / 2.
  const exponent = Math.trunc(LOG2_E * x + (x < 0 ? -0.5 : 0.5));
  const high = x - exponent * LN2_HIGH;
  const low = exponent * LN2_LOW;
  const r = high - low;
  const c = correction(r);
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return scale(y, exponent);
}

/** r - r² (P1 + r² (P2 + …)): what makes r c / (2 - c) + r equal e^r - 1. */
function correction(r: number): number {
  const t = r * r;
  return r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
}

/** y times 2^exponent, rounded once. */
function scale(y: number, exponent: number): number {
  if (exponent > 1023) return y * 2 * powerOfTwo(exponent - 1);
  if (exponent >= -1021) return y * powerOfTwo(exponent);
  return y * powerOfTwo(exponent + 1000) * powerOfTwo(-1000);
}
