import { describe, expect, it } from 'vitest';
import { countAxis } from '../../../reports/charts/count-axis.js';
import { durationAxis } from '../../../reports/charts/duration-axis.js';
import { timeAxis } from '../../../reports/charts/time-axis.js';

const HOUR = 3_600_000_000;

describe('timeAxis', () => {
  it.each([
    [900, 'microseconds', [0, 200, 400, 600, 800]],
    [850_000, 'milliseconds', [0, 200, 400, 600, 800]],
    [32_000_000, 'seconds', [0, 5, 10, 15, 20, 25, 30]],
    [45 * 60_000_000, 'minutes', [0, 10, 20, 30, 40]],
    [72 * HOUR, 'hours', [0, 12, 24, 36, 48, 60, 72]],
    [14 * 24 * HOUR, 'days', [0, 2, 4, 6, 8, 10, 12, 14]],
    [0, 'microseconds', [0, 1]],
  ])('of %d microseconds counts in %s', (endMicros, unit, ticks) => {
    const axis = timeAxis(endMicros);
    expect([axis.title, axis.ticks]).toEqual([`virtual time (${unit})`, ticks]);
  });
});

it('an axis of counts tells small numbers apart', () => {
  const formatFor = (highest: number): string => (countAxis('x', [0, highest]) as { readonly axis: { readonly format: string } }).axis.format;
  expect([0, 0.0007, 0.05, 0.5, 3, 12, 200_000].map(formatFor)).toEqual([',.2~f', '.2~r', '.2~r', ',.2~f', ',.2~f', ',.0f', '~s']);
});

describe('durationAxis', () => {
  const labels = (micros: readonly number[]): string[] => {
    const axis = durationAxis(micros);
    const table = JSON.parse(axis.labelExpr.replace(/\[datum\.value\].*$/, '')) as Record<string, string>;
    return axis.ticks.map((tick) => table[String(tick)] ?? '');
  };

  it('has ticks that people count time in, around what was measured', () => {
    expect(labels([24_000, 90_000])).toEqual(['20ms', '50ms', '100ms']);
    // Close together, so that what differs by little is not all at the bottom.
    expect(labels([101_000, 107_000])).toEqual(['100ms', '102ms', '105ms', '110ms']);
    expect(labels([24_000, 31_000])).toEqual(['22ms', '25ms', '30ms', '35ms']);
    expect(labels([800, 30_000_000])).toEqual(['100us', '1ms', '10ms', '100ms', '1s', '10s', '1min']);
    expect(labels([240_000_000, 70 * HOUR])).toEqual(['1min', '10min', '1h', '6h', '1d', '10d']);
  });

  it.each([[[5]], [[1, 1]], [[0.2]], [[1e15]]])('holds %j', (micros) => {
    const { domain } = durationAxis(micros);
    expect(domain[0]).toBeLessThanOrEqual(Math.max(1, ...micros));
    expect(domain[1]).toBeGreaterThan(Math.max(1, ...micros));
  });
});
