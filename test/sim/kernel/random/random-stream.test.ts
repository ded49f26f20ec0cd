import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../sim/kernel/index.js';

describe('a stream', () => {
  it('gives the numbers of Alea for its seed', () => {
    const stream = new RandomStream('7/producer/arrivals');
    expect([stream.nextUint32(), stream.nextFloat(), stream.nextInt(6), stream.nextUint32()]).toMatchInlineSnapshot(`
      [
        485702774,
        0.11640379013378843,
        0,
        3036022201,
      ]
    `);
  });

  it('gives floats in [0, 1) with 53 bits', () => {
    const stream = new RandomStream('floats');
    let sum = 0;
    let usesLowBits = false;
    for (let n = 0; n < 100_000; n++) {
      const value = stream.nextFloat();
      if (!(value >= 0 && value < 1)) expect.fail(`${value} is outside`);
      usesLowBits ||= (value * 2 ** 53) % 2 === 1;
      sum += value;
    }
    expect(usesLowBits).toBe(true);
    expect(sum / 100_000).toBeCloseTo(0.5, 2);
  });

  it('gives every integer below the bound alike', () => {
    const stream = new RandomStream('integers');
    const counts = new Array<number>(7).fill(0);
    for (let n = 0; n < 70_000; n++) counts[stream.nextInt(7)]!++;
    // Chi-square with 6 degrees of freedom: 22.5 has a probability of 0.001.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.5);
    expect(stream.nextInt(1)).toBe(0);
    expect(stream.nextInt(2 ** 32)).toBeLessThan(2 ** 32);
  });

  it('refuses bounds that it cannot keep', () => {
    const stream = new RandomStream('bounds');
    for (const bound of [0, -1, 1.5, 2 ** 32 + 1, NaN]) expect(() => stream.nextInt(bound)).toThrow('bound');
  });

  it('draws nothing for a certain chance', () => {
    const stream = new RandomStream('chance');
    const before = stream.state();
    expect([stream.chance(0), stream.chance(-1), stream.chance(1), stream.chance(2)]).toEqual([false, false, true, true]);
    expect(stream.state()).toEqual(before);
    let hits = 0;
    for (let n = 0; n < 100_000; n++) if (stream.chance(0.2)) hits++;
    expect(hits / 100_000).toBeCloseTo(0.2, 2);
  });

  it('goes on from a state that was kept', () => {
    const stream = new RandomStream('state');
    stream.nextFloat();
    const state = stream.state();
    const expected = [stream.nextFloat(), stream.nextUint32()];
    const other = new RandomStream('another seed');
    other.restore(state);
    expect([other.nextFloat(), other.nextUint32()]).toEqual(expected);
    stream.restore(JSON.parse(JSON.stringify(state)) as typeof state);
    expect([stream.nextFloat(), stream.nextUint32()]).toEqual(expected);
  });
});
