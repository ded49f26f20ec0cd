import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLOT_WIDTH } from '../../../reports/charts/chart.js';
import { faultLanes } from '../../../reports/charts/fault-lanes.js';
import type { FaultSpan } from '../../../reports/words/faults.js';

const END = 100_000;
const span = (label: string, fromMicros: number, toMicros: number): FaultSpan => ({ label, kind: label, target: '', fromMicros, toMicros, duration: '', parameters: '' });

describe('faultLanes', () => {
  it('puts a name over the beginning of its fault', () => {
    expect(faultLanes([span('crash', 10_000, 20_000)], END)).toEqual({
      lanes: 1,
      bars: [{ lane: 0, left: PLOT_WIDTH / 10, right: PLOT_WIDTH / 5 }],
      labels: [{ lane: 0, x: PLOT_WIDTH / 10, align: 'left', text: 'crash' }],
    });
  });

  it('shows what takes no time, also at the very end', () => {
    const { bars, labels } = faultLanes([span('jump', END, END)], END);
    expect(bars).toEqual([{ lane: 0, left: PLOT_WIDTH - 2, right: PLOT_WIDTH }]);
    expect(labels[0]).toMatchObject({ align: 'right', x: PLOT_WIDTH });
  });

  it('counts what repeats itself, and what has no room for a name', () => {
    expect(faultLanes([span('crash', 0, 1), span('crash', 50_000, 50_001)], END).labels.map(({ text }) => text)).toEqual(['crash ×2']);
    const many = Array.from({ length: 30 }, (_, index) => span(`fault ${index}`, index * 1_000, index * 1_000 + 500));
    const { labels } = faultLanes(many, END);
    expect(labels).toHaveLength(8);
    expect(labels[7]?.text).toBe('23 other faults');
  });

  it('lets no two names of a lane touch, keeps all in the plot, and leaves out no fault', () => {
    const faults = fc.array(fc.tuple(fc.constantFrom('crash a', 'pause', 'a fault with quite a long name'), fc.nat(END), fc.nat(END), fc.nat(20)), { maxLength: 40 });
    fc.assert(fc.property(faults, (drawn) => {
      const spans = drawn.map(([name, from, length, n]) => span(`${name} ${n}`, from, Math.min(END, from + length))).sort((a, b) => a.fromMicros - b.fromMicros);
      const { bars, labels, lanes } = faultLanes(spans, END);
      const extents = labels.map(({ lane, x, align, text }) => ({ lane, left: align === 'left' ? x : x - text.length * 6.2, right: align === 'left' ? x + text.length * 6.2 : x }));
      for (const [index, one] of extents.entries()) {
        expect(one.left).toBeGreaterThanOrEqual(-0.001);
        expect(one.right).toBeLessThanOrEqual(PLOT_WIDTH + 0.001);
        for (const other of extents.slice(index + 1)) expect(one.lane !== other.lane || one.right <= other.left || other.right <= one.left).toBe(true);
      }
      for (const { fromMicros, toMicros } of spans) {
        const middle = ((fromMicros + toMicros) / 2) * (PLOT_WIDTH / END);
        expect(bars.some(({ left, right }) => left - 2 <= middle && middle <= right + 2)).toBe(true);
      }
      expect(bars.every(({ lane, left, right }) => lane < lanes && left >= 0 && right <= PLOT_WIDTH + 0.001)).toBe(true);
    }), { numRuns: 150 });
  });
});
