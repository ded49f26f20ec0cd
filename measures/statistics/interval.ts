import { type ConfidenceLevel, studentT } from './student-t.js';

/** A figure and the interval that holds the true one, at a level of confidence. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Mean and variance of some values. */
export interface Moments {
  readonly mean: number;
  /** Of the sample: divided by one less than the number of values; 0 for a single one. */
  readonly variance: number;
}

export function momentsOf(values: ArrayLike<number>): Moments {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  const mean = count === 0 ? 0 : sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i]! - mean) * (values[i]! - mean);
  return { mean, variance: count < 2 ? 0 : squares / (count - 1) };
}

/** The mean of independent values with its interval; an infinite one for fewer than two values. */
export function meanEstimate(values: ArrayLike<number>, level: ConfidenceLevel): Estimate {
  const { mean, variance } = momentsOf(values);
  const count = values.length;
  const half = count < 2 ? Infinity : studentT(level, count - 1) * Math.sqrt(variance / count);
  return { value: mean, low: mean - half, high: mean + half };
}

/**
 * How values that belong together pairwise differ on average (second less first): two settings under common random numbers, seed
 * by seed. What both have in common cancels, so the interval is far narrower than that of two separate means.
 */
export function pairedDifference(first: ArrayLike<number>, second: ArrayLike<number>, level: ConfidenceLevel): Estimate {
  const count = Math.min(first.length, second.length);
  return meanEstimate(Float64Array.from({ length: count }, (_, i) => second[i]! - first[i]!), level);
}

/** How two figures differ that were found independently of each other (second less first). */
export function separateDifference(first: Estimate, second: Estimate): Estimate {
  const [one, other] = [first.high - first.value, second.high - second.value];
  const half = Math.sqrt(one * one + other * other);
  const value = second.value - first.value;
  return { value, low: value - half, high: value + half };
}

/** Correlation of each value with the next, from -1 to 1; 0 when the values do not vary. */
export function lagOneCorrelation(values: ArrayLike<number>): number {
  const { mean, variance } = momentsOf(values);
  if (values.length < 2 || variance === 0) return 0;
  let products = 0;
  for (let i = 1; i < values.length; i++) products += (values[i - 1]! - mean) * (values[i]! - mean);
  return products / (variance * (values.length - 1));
}
