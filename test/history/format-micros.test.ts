import { describe, expect, it } from 'vitest';
import { formatInstant, formatMicros } from '../../history/index.js';

const second = 1_000_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('formatMicros', () => {
  it.each([
    [0, '0s'], [1, '1us'], [999, '999us'], [1000, '1.000ms'], [41_205, '41.205ms'], [999_999, '999.999ms'],
    [second, '1.000s'], [12 * second, '12.000s'], [minute - 1, '59.999s'], [minute, '1m 00s'], [245 * second, '4m 05s'],
    [hour - 1, '59m 59s'], [hour, '1h 00m'], [3 * hour + 20 * minute, '3h 20m'], [day - 1, '23h 59m'], [day, '1d 00h'], [3 * day + 2 * hour, '3d 02h'],
    [400 * day, '400d 00h'], [-1500, '-1.500ms'], [0.4, '0s'], [41_205.9, '41.205ms'],
  ])('shows %d microseconds as %s', (micros, text) => {
    expect(formatMicros(micros)).toBe(text);
  });
});

describe('formatInstant', () => {
  it.each([
    [0, '0.000s'], [999, '0.000s'], [12 * second, '12.000s'], [minute - 1, '59.999s'], [245 * second + 21_000, '4m 05.021s'],
    [3 * hour + 20 * minute + 5_021_000, '3h 20m 05.021s'], [3 * day + 2 * hour + 5_021_000, '3d 02h 00m 05.021s'], [-12 * second, '-12.000s'],
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
