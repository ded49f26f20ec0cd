import { expect, it } from 'vitest';
import { counted, formatCount, formatDrift, formatDuration, formatRate, formatShare } from '../../../reports/words/numbers.js';

it.each([
  [0, '0'], [999, '999'], [1_000, '1,000'], [1_234_567, '1,234,567'], [39.84, '39.8'], [1.19811, '1.2'], [0.0123, '0.0123'], [1_234.56, '1,234.6'], [Number.NaN, '-'],
])('the count %d reads %s', (value, text) => expect(formatCount(value)).toBe(text));

it.each([
  [0, '0/s'], [1, '1/s'], [2_500.25, '2,500.3/s'], [0.5, '30/min'], [0.01, '36/h'], [1 / 86_400, '0.0417/h'],
])('the rate %d reads %s', (value, text) => expect(formatRate(value)).toBe(text));

it.each([
  [0, '0s'], [250, '250us'], [41_234, '41.2ms'], [1_000_000, '1s'], [59_940_000, '59.9s'], [999.9, '1ms'], [999_600, '1s'], [59_996_000, '1min'], [245_000_000, '4min 05s'], [93_600_000_000, '1d 02h'],
])('the duration %d reads %s', (value, text) => expect(formatDuration(value)).toBe(text));

it.each([
  [0, 0, '-'], [0, 10, '0 %'], [1, 8, '12.5 %'], [1, 1_000_000, 'below 0.01 %'], [10, 10, '100 %'],
])('the share %d of %d reads %s', (part, whole, text) => expect(formatShare(part, whole)).toBe(text));

it.each([[20_000, '2 %'], [-500, '-0.05 %'], [123_456, '12.3 %']])('the drift of %d ppm reads %s', (ppm, text) => expect(formatDrift(ppm)).toBe(text));

it('counts in words', () => {
  expect([counted(1, 'promise'), counted(2, 'promise'), counted(0, 'entry', 'entries')]).toEqual(['1 promise', '2 promises', '0 entries']);
});
