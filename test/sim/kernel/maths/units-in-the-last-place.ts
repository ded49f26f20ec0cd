import { readFileSync } from 'node:fs';

/** An argument, and the true result as the nearest double and what is missing to it; computed with 400 bits. */
export type ReferenceRow = readonly [argument: number, nearest: number, rest: number];

export function referenceRows<Row>(name: string): readonly Row[] {
  return JSON.parse(readFileSync(new URL(`${name}.reference.json`, import.meta.url), 'utf8')) as Row[];
}

const SMALLEST = 5e-324;

/** Distance to the next double away from zero. */
export function ulp(x: number): number {
  const bits = new BigUint64Array(new Float64Array([Math.abs(x)]).buffer);
  bits[0] = bits[0]! + 1n;
  return Math.max(new Float64Array(bits.buffer)[0]! - Math.abs(x), SMALLEST);
}

/** Largest error of a function over the rows, in units in the last place, and where. */
export function largestError(f: (x: number) => number, rows: readonly ReferenceRow[]): { error: number; at: number } {
  let worst = { error: 0, at: NaN };
  for (const [at, nearest, rest] of rows) {
    const error = Math.abs(f(at) - nearest - rest) / ulp(nearest);
    if (!(error <= worst.error)) worst = { error, at };
  }
  return worst;
}

/** The 64 bits as sixteen hexadecimal digits. */
export function bitsOf(x: number): string {
  return new BigUint64Array(new Float64Array([x]).buffer)[0]!.toString(16).padStart(16, '0');
}

/** A digest of the bits of many results: FNV-1a over their 32-bit words. */
export function digest(values: Iterable<number>): string {
  let hash = 0x811c9dc5;
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  for (const value of values) {
    double[0] = value;
    for (const word of words) hash = Math.imul(hash ^ word, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
