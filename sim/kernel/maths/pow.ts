import { exp } from './exp.js';
import { ln } from './ln.js';

/** Whole exponents up to this are computed by multiplication. */
const LARGEST_MULTIPLIED = 64;

/**
 * A non-negative number to a power, with the same bits on every JavaScript engine. Whole exponents up to 64 are multiplied out, so
 * powers that a double can hold are exact: pow(2, 10) is 1024. Otherwise the relative error is below
 * (1 + |exponent ln(base)|) 2^-51. NaN for a negative base.
 */
export function pow(base: number, exponent: number): number {
  if (!(base >= 0)) return NaN;
  if (Number.isInteger(exponent) && Math.abs(exponent) <= LARGEST_MULTIPLIED) {
    return exponent < 0 ? 1 / multiplyOut(base, -exponent) : multiplyOut(base, exponent);
  }
  if (base === 1) return 1;
  return exp(exponent * ln(base));
}

function multiplyOut(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let bits = exponent; bits !== 0; bits >>= 1) {
    if ((bits & 1) !== 0) result *= square;
    square *= square;
  }
  return result;
}
