import { describe, expect, it } from 'vitest';
import { type RandomStream, RandomStreams } from '../../../../sim/kernel/index.js';

const draws = (stream: RandomStream, count: number): number[] => Array.from({ length: count }, () => stream.nextFloat());

describe('streams', () => {
  it('are the same object for the same name', () => {
    const streams = new RandomStreams('1');
    expect(streams.stream('disk/a')).toBe(streams.stream('disk/a'));
    expect(streams.stream('disk/a')).not.toBe(streams.stream('disk/b'));
  });

  it('depend on seed and name alone, not on the order of creation nor on what others draw', () => {
    const one = new RandomStreams('7');
    one.stream('fault/1').nextFloat();
    const first = draws(one.stream('link/a-b'), 10);
    draws(one.stream('producer/3/arrivals'), 100);
    const second = draws(one.stream('link/a-b'), 10);

    const other = new RandomStreams('7');
    expect(draws(other.stream('link/a-b'), 20)).toEqual([...first, ...second]);
    expect(draws(new RandomStreams('8').stream('link/a-b'), 10)).not.toEqual(first);
    expect(draws(other.stream('link/b-a'), 10)).not.toEqual(first);
  });

  it('are not correlated for neighbouring names and seeds', () => {
    const count = 20_000;
    const names = ['client/1', 'client/2', 'client/3', 'client/10'];
    const sequences = ['1', '2'].flatMap((seed) => names.map((name) => draws(new RandomStreams(seed).stream(name), count)));
    for (let a = 0; a < sequences.length; a++) {
      for (let b = 0; b < a; b++) {
        const covariance = sequences[a]!.reduce((sum, value, n) => sum + (value - 0.5) * (sequences[b]![n]! - 0.5), 0) / count;
        // The correlation of independent sequences has a standard deviation of 1 / sqrt(count).
        expect(Math.abs(covariance * 12)).toBeLessThan(4 / Math.sqrt(count));
      }
    }
  });
});
