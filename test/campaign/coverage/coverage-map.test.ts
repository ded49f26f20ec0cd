import { describe, expect, it } from 'vitest';
import { CoverageMap, UNIVERSE, UNIVERSE_SIZE } from '../../../campaign/index.js';

const hits = (...points: number[]): Uint8Array => {
  const marks = new Uint8Array(UNIVERSE_SIZE);
  for (const point of points) marks[point] = 1;
  return marks;
};
const all = new Uint8Array(UNIVERSE_SIZE).fill(1);

describe('what many runs reach together', () => {
  it('counts a point once, for the run that reached it first', () => {
    const map = new CoverageMap(all);
    expect([map.add(hits(1, 2)), map.add(hits(2, 3)), map.add(hits(1, 3))]).toEqual([2, 1, 0]);
    expect([map.reached, map.total]).toEqual([3, UNIVERSE_SIZE]);
  });

  it('names what was missed of what could have been reached', () => {
    const [{ group }] = UNIVERSE as [(typeof UNIVERSE)[number]];
    const map = new CoverageMap(hits(0, 1));
    map.add(hits(1, 5));
    expect(map.groups()[0]).toMatchObject({ id: group.id, reached: 1, total: 2, missed: [group.points[0]] });
    expect(map.reached).toBe(1);
  });

  it('finds a run rarer whose points few others reached', () => {
    const map = new CoverageMap(all);
    for (const run of [hits(1), hits(1), hits(1, 2)]) map.add(run);
    expect(map.rarity(hits(2))).toBeGreaterThan(map.rarity(hits(1)));
  });
});
