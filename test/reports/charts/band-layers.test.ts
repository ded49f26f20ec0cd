import { describe, expect, it } from 'vitest';
import { drawSvg } from '../../../reports/charts/draw.js';
import { durationEncoding } from '../../../reports/charts/duration-axis.js';
import { timeChart } from '../../../reports/charts/time-chart.js';

const SECOND = 1_000_000;
const frame = { virtualMicros: 8 * SECOND, drainBeganMicros: 0, faults: [] };
type Ends = readonly [low: number | null, high: number | null];

/** How many closed areas the band consists of. */
async function areas(ends: readonly Ends[]): Promise<number> {
  const points = ends.map(([low, high], second) => ({ x: second * SECOND, low, high }));
  const lines = [{ label: 'before', points: points.map(({ x, high }) => ({ x, y: high })) }];
  const svg = await drawSvg(timeChart(frame, lines, durationEncoding('latency', ends.flat().flatMap((value) => value ?? [])), { bands: [{ label: 'before', points }] }));
  const band = /<g class="mark-area[^>]*>.*?<path[^>]* d="([^"]*)"/s.exec(svg);
  expect(band).not.toBeNull();
  return band![1]!.split('M').length - 1;
}

describe('a band', { timeout: 90_000 }, () => {
  it('is one area where every step has data', async () => {
    expect(await areas([[1_000, 2_000], [1_000, 3_000], [2_000, 3_000], [1_000, 2_000]])).toBe(1);
  });

  it.each<[string, Ends]>([['both ends', [null, null]], ['the lower end', [null, 3_000]], ['the upper end', [1_000, null]]])('breaks where %s is missing, as the line does', async (_, missing) => {
    expect(await areas([[1_000, 2_000], [1_000, 3_000], missing, missing, [2_000, 3_000], [1_000, 2_000]])).toBe(2);
  });
});
