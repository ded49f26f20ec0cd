import { describe, expect, it } from 'vitest';
import { formatInstant, formatMicros } from '../../history/index.js';

const second = 1_000_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('formatMicros', () => {
  it.each([
    [0, '0s'], [1, '1us'], [999, '999us'], [1000, '1ms'], [41_205, '41.205ms'], [999_999, '999.999ms'],
    [second, '1s'], [2_500_000, '2.5s'], [12 * second, '12s'], [minute - 1, '59.999s'], [minute, '1min'], [245 * second, '4min 05s'],
    [hour - 1, '59min 59s'], [hour, '1h'], [3 * hour + 20 * minute, '3h 20min'], [day - 1, '23h 59min'], [day, '1d'], [3 * day + 2 * hour, '3d 02h'],
    [400 * day, '400d'], [-1500, '-1.5ms'], [0.4, '0s'], [41_205.9, '41.205ms'],
  ])('shows %d microseconds as %s', (micros, text) => {
    expect(formatMicros(micros)).toBe(text);
  });
});

describe('formatInstant', () => {
  it.each([
    [0, '0.000s'], [999, '0.000s'], [12 * second, '12.000s'], [minute - 1, '59.999s'], [245 * second + 21_000, '4min 05.021s'],
    [3 * hour + 20 * minute + 5_021_000, '3h 20min 05.021s'], [3 * day + 2 * hour + 5_021_000, '3d 02h 00min 05.021s'], [-12 * second, '-12.000s'],
  ])('shows %d microseconds as %s', (micros, text) => {
    expect(formatInstant(micros)).toBe(text);
  });

  it('tells any two instants a millisecond apart from each other', () => {
    for (const start of [0, 59 * second, hour - second, day - second, 3 * day]) {
      const texts = Array.from({ length: 2000 }, (_, i) => formatInstant(start + i * 1000));
      expect(new Set(texts).size).toBe(texts.length);
    }
  });
});
