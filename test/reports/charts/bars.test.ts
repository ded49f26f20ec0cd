import { describe, expect, it } from 'vitest';
import { barChart, barName } from '../../../reports/charts/bars.js';
import { textWidth } from '../../../reports/charts/text-width.js';

/** The value at the right edge of a chart of such bars. */
function edgeOf(bars: readonly { readonly value: number; readonly text: string }[]): number {
  const chart = barChart({ bars: bars.map((bar, index) => ({ label: `bar ${index}`, ...bar })), title: 'messages', names: 'consumer', format: ',d' });
  return (chart as unknown as { layer: { encoding: { x: { scale: { domain: number[] } } } }[] }).layer[0]!.encoding.x.scale.domain[1]!;
}

describe('bars', () => {
  it('leave room for what stands at their ends, in the letters of a phone', () => {
    const bars = [{ value: 2_400, text: '2,400' }, { value: 2_399, text: '2,399, 21 failed, 1,204 abandoned' }];
    const edge = edgeOf(bars);
    for (const { value, text } of bars) expect((value / edge) * 382 + 4 + textWidth(text, 14.5)).toBeLessThanOrEqual(382.001);
  });

  it('are as long as they were where the texts are short, and never vanish beside a long one', () => {
    expect(edgeOf([{ value: 70, text: '70' }])).toBeCloseTo(100);
    expect(edgeOf([{ value: 0, text: '0' }])).toBeGreaterThan(1);
    expect(edgeOf([{ value: 20, text: 'x'.repeat(500) }])).toBeCloseTo(100);
  });

  it('have names that fit beside them, told apart by how they end', () => {
    for (const name of ['orders.fifo: group-10', 'M'.repeat(40), 'orders-of-all-warehouses: group-10']) {
      expect(textWidth(barName(name), 16)).toBeLessThanOrEqual(126);
      expect(barName(name).slice(-4)).toBe(name.slice(-4));
    }
    expect(barName('orders.fifo: group-10')).toMatch(/^order.*….*group-10$/);
    expect(barName('consumer-1')).toBe('consumer-1');
  });
});
