import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream, WeightedChoice } from '../../../../sim/kernel/index.js';

describe('a weighted choice', () => {
  it('picks in proportion to the weights', () => {
    const weights = [5, 0, 1, 2, 2, 0.5];
    const total = 10.5;
    const choice = new WeightedChoice(weights);
    const random = new RandomStream('weights');
    const counts = new Array<number>(weights.length).fill(0);
    for (let n = 0; n < 100_000; n++) counts[choice.pick(random)]!++;
    weights.forEach((weight, index) => {
      const share = weight / total;
      expect(Math.abs(counts[index]! / 100_000 - share)).toBeLessThanOrEqual(4 * Math.sqrt((share * (1 - share)) / 100_000));
    });
  });

  it('never picks a weight of zero, whatever the others are', () => {
    const weight = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e9, noNaN: true }));
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 30 }), fc.string(), (weights, seed) => {
        fc.pre(weights.some((value) => value > 0));
        const choice = new WeightedChoice(weights);
        const random = new RandomStream(seed);
        const picked = Array.from({ length: 200 }, () => weights[choice.pick(random)]!);
        expect(Math.min(...picked)).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('takes one draw of two steps, so that what follows does not depend on the weights', () => {
    const after = [[1], [1, 2, 3], [9, 0]].map((weights) => {
      const random = new RandomStream('draws');
      new WeightedChoice(weights).pick(random);
      return random.nextUint32();
    });
    expect(new Set(after).size).toBe(1);
  });
});
