import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BANDWIDTH, COUNT, DRIFT, DURATION, FACTOR, FRACTION, NUMBER, RATE, SIZE, TIME_SHIFT, formatQuantity, parseQuantity, type Dimension,
} from '../../../../scenarios/format/quantities/index.js';

const valueOf = (text: string, dimension: Dimension): number => {
  const result = parseQuantity(text, dimension);
  if (!result.ok) throw new Error(result.mistake.message);
  return result.value;
};

const mistakeOf = (text: string, dimension: Dimension) => {
  const result = parseQuantity(text, dimension);
  if (result.ok) throw new Error(`${text} was read as ${result.value}`);
  return result.mistake;
};

describe('parseQuantity', () => {
  it.each<[string, Dimension, number]>([
    ['10us', DURATION, 10],
    ['250ms', DURATION, 250_000],
    ['30s', DURATION, 30_000_000],
    ['1.5s', DURATION, 1_500_000],
    ['0.1s', DURATION, 100_000],
    ['4d', DURATION, 345_600_000_000],
    ['1h 30min', DURATION, 5_400_000_000],
    ['1h30min', DURATION, 5_400_000_000],
    ['  30 s ', DURATION, 30_000_000],
    ['0', DURATION, 0],
    ['-5min', TIME_SHIFT, -300_000_000],
    ['+5min', TIME_SHIFT, 300_000_000],
    ['64B', SIZE, 64],
    ['5KiB', SIZE, 5_120],
    ['1.5MiB', SIZE, 1_572_864],
    ['1000/s', RATE, 1_000],
    ['5/min', RATE, 5 / 60],
    ['10MiB/s', BANDWIDTH, 10_485_760],
    ['1Gbit/s', BANDWIDTH, 125_000_000],
    ['50%', FRACTION, 0.5],
    ['0.5', FRACTION, 0.5],
    ['200ppm', FRACTION, 0.0002],
    ['-0.1%', DRIFT, -1_000],
    ['200ppm', DRIFT, 200],
    ['10x', FACTOR, 10],
    ['3', COUNT, 3],
    ['1.5', NUMBER, 1.5],
  ])('reads %s', (text, dimension, value) => {
    expect(valueOf(text, dimension)).toBe(value);
  });

  it('never answers minus zero', () => {
    expect(Object.is(valueOf('-0s', TIME_SHIFT), 0)).toBe(true);
  });

  it.each<[string, Dimension, string, string, string | null]>([
    ['30', DURATION, 'QL_SCENARIO_BAD_UNIT', '"30" has no unit.', null],
    ['30sec', DURATION, 'QL_SCENARIO_BAD_UNIT', '"sec" is not a unit of duration.', 's'],
    ['5m', DURATION, 'QL_SCENARIO_BAD_UNIT', '"m" is not a unit of duration.', 'min'],
    ['10µs', DURATION, 'QL_SCENARIO_BAD_UNIT', '"µs" is not a unit of duration.', 'us'],
    ['5KB', SIZE, 'QL_SCENARIO_BAD_UNIT', '"KB" is not a unit of size.', 'KiB'],
    ['5 parsecs', DURATION, 'QL_SCENARIO_BAD_UNIT', '"parsecs" is not a unit of duration.', null],
    ['10ps', RATE, 'QL_SCENARIO_BAD_UNIT', '"ps" is not a unit of rate.', '/s'],
    ['1h 30', DURATION, 'QL_SCENARIO_BAD_UNIT', '"30" has no unit.', null],
    ['soon', DURATION, 'QL_SCENARIO_BAD_UNIT', '"soon" is not a duration.', null],
    ['', DURATION, 'QL_SCENARIO_BAD_UNIT', '"" is not a duration.', null],
    ['1e3s', DURATION, 'QL_SCENARIO_BAD_UNIT', '"e" is not a unit of duration.', null],
    ['1.s', DURATION, 'QL_SCENARIO_BAD_UNIT', '"1" has no unit.', null],
    ['-5s', DURATION, 'QL_SCENARIO_BAD_VALUE', '"-5s" is negative.', null],
    ['0.5us', DURATION, 'QL_SCENARIO_BAD_VALUE', '"0.5us" is not a whole number of microseconds.', null],
    ['2.5', COUNT, 'QL_SCENARIO_BAD_VALUE', '"2.5" is not a whole number.', null],
    ['999999999999d', DURATION, 'QL_SCENARIO_BAD_VALUE', '"999999999999d" is beyond anything that can be simulated.', null],
    ['1s toString', DURATION, 'QL_SCENARIO_BAD_UNIT', '"1s toString" is not a duration.', null],
    ['1toString', DURATION, 'QL_SCENARIO_BAD_UNIT', '"toString" is not a unit of duration.', null],
  ])('explains what is wrong with %s', (text, dimension, code, message, nearest) => {
    const mistake = mistakeOf(text, dimension);
    expect([mistake.code, mistake.message, mistake.nearest ?? null]).toEqual([code, message, nearest]);
  });

  it('lists the good units', () => {
    expect(mistakeOf('30', DURATION).expected).toBe('a duration in us, ms, s, min, h or d, such as 250ms, 30s or 1h 30min');
    expect(mistakeOf('30', SIZE).expected).toBe('a size in B, KiB, MiB or GiB, such as 64B, 5KiB or 1MiB');
  });

  it('points at the unit', () => {
    expect(mistakeOf('1h 30sec', DURATION).span).toEqual({ start: 5, end: 8 });
  });

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string(), fc.constantFrom(DURATION, SIZE, RATE, FRACTION, TIME_SHIFT), (text, dimension) => {
      const result = parseQuantity(text, dimension);
      if (result.ok) expect(Number.isFinite(result.value)).toBe(true);
    }), { numRuns: 500 });
  });
});

describe('formatQuantity', () => {
  it.each<[number, Dimension, string]>([
    [0, DURATION, '0s'],
    [5_400_000_000, DURATION, '1h 30min'],
    [43_200_000_000, DURATION, '12h'],
    [1_500, DURATION, '1ms 500us'],
    [-300_000_000, TIME_SHIFT, '-5min'],
    [5_120, SIZE, '5KiB'],
    [1_536, SIZE, '1536B'],
    [1_000, RATE, '1000/s'],
    [5 / 60, RATE, '5/min'],
    [125_000_000, BANDWIDTH, '1Gbit/s'],
    [0.5, FRACTION, '50%'],
    [1, FRACTION, '1'],
    [0.0002, FRACTION, '200ppm'],
    [12, COUNT, '12'],
  ])('writes %d', (value, dimension, text) => {
    expect(formatQuantity(value, dimension)).toBe(text);
  });

  const wholes: readonly [string, Dimension][] = [['durations', DURATION], ['sizes', SIZE], ['counts', COUNT]];
  it.each(wholes)('is read back exactly: %s', (_name, dimension) => {
    fc.assert(fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (value) => {
      expect(valueOf(formatQuantity(value, dimension), dimension)).toBe(value);
    }), { numRuns: 500 });
  });

  const stated: readonly [string, Dimension][] = [['rates', RATE], ['bandwidths', BANDWIDTH], ['shares', FRACTION], ['drifts', DRIFT]];
  it.each(stated)('is read back exactly: %s', (_name, dimension) => {
    const units = Object.keys(dimension.units);
    const number = fc.tuple(fc.nat({ max: 999_999 }), fc.constantFrom(...units)).map(([count, unit]) => `${count}${unit}`);
    fc.assert(fc.property(number, (text) => {
      const value = valueOf(text, dimension);
      expect(valueOf(formatQuantity(value, dimension), dimension)).toBe(value);
    }), { numRuns: 500 });
  });
});
