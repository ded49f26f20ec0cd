import { describe, expect, it } from 'vitest';
import { parseShard, planSeeds, Seeds, shardOf } from '../../../campaign/index.js';
import { aScenario } from '../../scenarios/a-scenario.js';

const one = aScenario({ name: 'one', sha256: 'a' });
const two = aScenario({ name: 'two', sha256: 'b' });
const seeds = Seeds.parse('1..300');

const runsOf = (scenarios: readonly (typeof one)[], index: number, of: number): string[] =>
  [...planSeeds({ scenarios, seeds, shard: { index, of } }).runs()].map(({ scenario, seed }) => `${scenario.name} ${seed}`);

describe('shards', () => {
  it('hold every run once, and about as many each', () => {
    const parts = [1, 2, 3, 4].map((index) => runsOf([one, two], index, 4));
    expect(new Set(parts.flat()).size).toBe(600);
    expect(parts.flat()).toHaveLength(600);
    for (const part of parts) expect(part.length).toBeGreaterThan(110);
  });

  it('hold a run whatever else is checked, in whichever order', () => {
    const alone = runsOf([one], 2, 4);
    expect(runsOf([two, one], 2, 4).filter((run) => run.startsWith('one'))).toEqual(alone);
  });

  it('know how many runs they have', () => {
    const plan = planSeeds({ scenarios: [one, two], seeds, shard: { index: 1, of: 4 } });
    expect(plan.planned).toBe([...plan.runs()].length);
    expect(planSeeds({ scenarios: [one, two], seeds, shard: null }).planned).toBe(600);
    expect(planSeeds({ scenarios: [one], seeds: seeds.endless(), shard: null }).planned).toBeNull();
  });

  it('stay as they are from version to version', () => {
    expect(['1', '2', '3', '4', '5', '6'].map((seed) => shardOf(one, seed, 4))).toEqual([4, 2, 3, 1, 4, 2]);
  });

  it('tell apart the settings of a scenario', () => {
    const other = aScenario({ name: 'one', sha256: 'a', overrides: ['drain=1s'] });
    expect([...seeds].some((seed) => shardOf(one, seed, 4) !== shardOf(other, seed, 4))).toBe(true);
  });

  it.each([
    ['5/4', '--shard 5/4: the parts are numbered from 1 to 4, so there is no part 5.'],
    ['0/4', 'there is no part 0'],
    ['1/0', 'there may be 1 to 10000 parts'],
    ['1/99999', 'there may be 1 to 10000 parts'],
    ['1', 'write which part of how many, such as 1/4.'],
    ['-1/4', 'write which part'],
    ['1/4/2', 'write which part'],
  ])('refuse %s', (text, message) => {
    expect(() => parseShard(text)).toThrow(message);
  });

  it('read 2/4', () => expect(parseShard('2/4')).toEqual({ index: 2, of: 4 }));
});
