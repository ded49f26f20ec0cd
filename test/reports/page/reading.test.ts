import { describe, expect, it } from 'vitest';
import type { PlotData } from '../../../reports/charts/plot-data.js';
import { readAt } from '../../../reports/page/reading.js';

const time = { endMicros: 10_000_000, unitMicros: 1_000_000, unit: 'seconds' };

describe('what the cursor reads', () => {
  it('of lines is the value that is nearest, of each that has one there', () => {
    const data: PlotData = {
      id: 'a', title: 'A', time,
      columns: [{ label: 'at', unit: 'micros' }, { label: 'acknowledged', unit: 'per-second' }, { label: 'p99', unit: 'micros' }],
      values: [[0, 1_000_000, 2_000_000], [10, 20, 30], [5_000, null, 7_000]],
    };
    expect(readAt(data, 400_000)).toEqual(['acknowledged 10/s', 'p99 5ms']);
    expect(readAt(data, 1_200_000)).toEqual(['acknowledged 20/s']);
  });

  it('of a heat map is how many there are at the instant, and how long they took', () => {
    const data: PlotData = {
      id: 'heat', title: 'Heat', time,
      columns: [{ label: 'at', unit: 'micros' }, { label: 'until', unit: 'micros' }, { label: 'took from', unit: 'micros' }, { label: 'took below', unit: 'micros' }, { label: 'messages', unit: 'messages' }],
      values: [[0, 0, 1_000_000], [1_000_000, 1_000_000, 2_000_000], [10_000, 50_000, 10_000], [50_000, 80_000, 50_000], [2, 10, 1]],
    };
    expect(readAt(data, 500_000)).toEqual(['12 messages, most of them 50ms to 80ms, all 10ms to 80ms']);
    expect(readAt(data, 1_000_000)).toEqual(['1 message, 10ms to 50ms']);
    expect(readAt(data, 5_000_000)).toEqual(['no message']);
  });
});
