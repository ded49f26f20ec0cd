import fc from 'fast-check';
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { encodeHistogram, HIGHEST_MICROS, LatencyHistogram, latencyResult } from '../../measures/index.js';

/** HdrHistogram's own, of the same range and precision. */
function hdr(values: readonly number[]): Histogram {
  const histogram = build({ lowestDiscernibleValue: 1, highestTrackableValue: HIGHEST_MICROS, numberOfSignificantValueDigits: 3, bitBucketSize: 32, useWebAssembly: false });
  for (const value of values) histogram.recordValue(value);
  return histogram;
}

function ours(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** Durations of every magnitude, and those around powers of two. */
const duration = fc.oneof(
  fc.integer({ min: 0, max: 5000 }),
  fc.integer({ min: 0, max: 2 ** 31 }),
  fc.integer({ min: 0, max: HIGHEST_MICROS }),
  fc.tuple(fc.integer({ min: 0, max: 45 }), fc.integer({ min: -2, max: 2 })).map(([power, offset]) => Math.max(0, 2 ** power + offset)),
);

describe('LatencyHistogram', () => {
  it('counts as HdrHistogram does: its quantiles, and its bytes decoded by it', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 300 }), (values) => {
        const mine = ours(values);
        const theirs = hdr(values);
        for (const [parts, whole] of [[0, 1], [1, 2], [9, 10], [95, 100], [99, 100], [999, 1000], [1, 1]] as const) {
          const expected = theirs.getValueAtPercentile((100 * parts) / whole);
          // Theirs is the end of the bucket, which may lie above the maximum; the 0th percentile is the start of it.
          if (parts > 0) expect(mine.quantile(parts, whole)).toBe(Math.min(expected, mine.maxMicros));
        }
        const decoded = decodeFromCompressedBase64(encodeHistogram(mine));
        expect(decoded.totalCount).toBe(values.length);
        for (let percentile = 1; percentile <= 100; percentile++) {
          expect(decoded.getValueAtPercentile(percentile)).toBe(theirs.getValueAtPercentile(percentile));
        }
        expect(encodeIntoCompressedBase64(decoded)).toBe(encodeIntoCompressedBase64(theirs));
      }),
      { numRuns: 25 },
    );
  });

  it('is exact in count, minimum, maximum and mean, and within a thousandth elsewhere', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 200 }), fc.integer({ min: 0, max: 1000 }), (values, permille) => {
        const histogram = ours(values);
        const sorted = [...values].sort((left, right) => left - right);
        expect(histogram.count).toBe(values.length);
        expect(histogram.minMicros).toBe(sorted[0]);
        expect(histogram.maxMicros).toBe(sorted.at(-1));
        const sum = values.reduce((left, right) => left + right, 0);
        expect(histogram.meanMicros).toBe(sum / values.length);
        const rank = Math.max(1, Math.ceil((values.length * permille) / 1000));
        const exact = sorted[rank - 1]!;
        const value = histogram.quantile(permille, 1000);
        expect(value).toBeGreaterThanOrEqual(exact);
        expect(value).toBeLessThanOrEqual(exact * 1.001);
      }),
      { numRuns: 200 },
    );
  });

  it('takes what is negative as 0 and what is beyond its range as the end of it', () => {
    const histogram = ours([-5, HIGHEST_MICROS + 1, Number.MAX_SAFE_INTEGER]);
    expect(histogram.minMicros).toBe(0);
    expect(histogram.maxMicros).toBe(HIGHEST_MICROS);
    expect(histogram.quantile(1, 1)).toBe(HIGHEST_MICROS);
    expect(HIGHEST_MICROS).toBe(2 ** 46 - 1);
  });

  it('of nothing is zeros, and still an encoding that HdrHistogram reads', () => {
    const { histogram, ...figures } = latencyResult(new LatencyHistogram());
    expect(figures).toEqual({
      count: 0, minMicros: 0, meanMicros: 0, maxMicros: 0, p50Micros: 0, p90Micros: 0, p95Micros: 0, p99Micros: 0, p999Micros: 0, quantiles: [],
    });
    expect(decodeFromCompressedBase64(histogram).totalCount).toBe(0);
  });

  it('has one spelling: the same bytes wherever it is encoded', () => {
    expect(encodeHistogram(ours([0, 1, 1, 5000, 30_000_000]))).toBe('HISTFAAAADx4AQExAM7/HISTEwAAAAkAAAAAAAAAAwAAAAAAAAABAAA///////8/8AAAAAAAAAIEvzMCh8kBAsZECgo=');
  });

  it('encodes a histogram longer than one stored block', () => {
    const histogram = new LatencyHistogram();
    const values = Array.from({ length: 2048 }, (_, value) => value);
    for (let width = 2; width <= 2 ** 35; width *= 2) for (let sub = 1024; sub < 2048; sub++) values.push(sub * width);
    // From 64 on a count takes two bytes.
    for (let i = 0; i < 64; i++) for (const value of values) histogram.record(value);
    const encoded = encodeHistogram(histogram);
    expect(encoded.length).toBeGreaterThan((4 / 3) * 0xffff);
    const decoded = decodeFromCompressedBase64(encoded);
    expect(decoded.totalCount).toBe(64 * values.length);
    for (const percentile of [1, 50, 99, 99.9]) expect(decoded.getValueAtPercentile(percentile)).toBe(histogram.quantile(percentile * 10, 1000));
  });
});

describe('the quantile points of a result', () => {
  it('rise in both coordinates and end at the maximum', () => {
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 2000 }), (values) => {
        const histogram = ours(values);
        const { quantiles } = latencyResult(histogram);
        expect(quantiles.at(-1)).toEqual({ quantile: 1, micros: histogram.maxMicros });
        for (let i = 1; i < quantiles.length; i++) {
          expect(quantiles[i]!.quantile).toBeGreaterThan(quantiles[i - 1]!.quantile);
          expect(quantiles[i]!.micros).toBeGreaterThanOrEqual(quantiles[i - 1]!.micros);
        }
        for (const { quantile, micros } of quantiles) {
          const below = values.filter((value) => value <= micros).length;
          expect(below).toBeGreaterThanOrEqual(Math.floor(quantile * values.length));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('reach as many nines as there are values', () => {
    const { quantiles } = latencyResult(ours(Array.from({ length: 10_000 }, (_, i) => i)));
    expect(quantiles.at(-2)!.quantile).toBeGreaterThan(0.9998);
    expect(quantiles.find((point) => point.quantile === 0.5)!.micros).toBe(4_999);
    expect(quantiles.length).toBeLessThan(100);
  });
});
