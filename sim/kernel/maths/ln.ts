/*
 * The method and its constants are those of fdlibm's e_log.c:
 *
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunPro, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is
 * freely granted, provided that this notice is preserved.
 */
import { highWord, powerOfTwo } from './float-bits.js';

const LN2_HIGH = 6.93147180369123816490e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const TWO_54 = 18014398509481984;

const L1 = 6.666666666666735130e-1;
const L2 = 3.999999999940941908e-1;
const L3 = 2.857142874366239149e-1;
const L4 = 2.222219843214978396e-1;
const L5 = 1.818357216161805012e-1;
const L6 = 1.531383769920937332e-1;
const L7 = 1.479819860511658591e-1;

/**
 * Natural logarithm, in error by less than one unit in the last place. It uses only operations that IEEE 754 rounds exactly,
 * so it gives the same bits on every JavaScript engine, which `Math.log` need not. ln(0) is -Infinity, ln of a negative
 * number is NaN.
 */
export function ln(x: number): number {
  let high = highWord(x);
  let exponent = 0;
  let scaled = x;
  if (high < 0x00100000) {
    if (x === 0) return -Infinity;
    if (!(x > 0)) return NaN;
    exponent = -54;
    scaled = x * TWO_54;
    high = highWord(scaled);
  }
  if (high >= 0x7ff00000) return x;
  // x = 2^exponent (1 + f) with sqrt(1/2) < 1 + f < sqrt(2).
  const mantissa = high & 0xfffff;
  const shift = (high >> 20) - 1023 + ((mantissa + 0x95f64) >> 20);
  exponent += shift;
  const f = scaled * powerOfTwo(-shift) - 1;
  if ((0xfffff & (2 + mantissa)) < 3) return lnNearOne(f, exponent);

  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const rest = odd + even;
  if (((mantissa - 0x6147a) | (0x6b851 - mantissa)) > 0) {
    const halfSquare = 0.5 * f * f;
    const tail = s * (halfSquare + rest);
    if (exponent === 0) return f - (halfSquare - tail);
    return exponent * LN2_HIGH - (halfSquare - (tail + exponent * LN2_LOW) - f);
  }
  const tail = s * (f - rest);
  if (exponent === 0) return f - tail;
  return exponent * LN2_HIGH - (tail - exponent * LN2_LOW - f);
}

/** ln(2^exponent (1 + f)) for |f| < 2^-20. */
function lnNearOne(f: number, exponent: number): number {
  if (f === 0) return exponent * LN2_HIGH + exponent * LN2_LOW;
  const tail = f * f * (0.5 - 0.3333333333333333 * f);
  if (exponent === 0) return f - tail;
  return exponent * LN2_HIGH - (tail - exponent * LN2_LOW - f);
}
