import { FAULT } from './fault-points.js';
import { LIFE } from './life-points.js';
import { OUTCOME } from './outcome-points.js';
import type { PointGroup } from './point-group.js';
import { RECOVERY } from './recovery-points.js';
import type { CoverageScene } from './scene.js';
import { VERDICT } from './verdict-points.js';

/** A group and where its points begin in the universe. */
export interface PlacedGroup {
  readonly group: PointGroup;
  readonly base: number;
}

/** Every group, one after the other: the number of a point is its place in this universe. */
export const UNIVERSE: readonly PlacedGroup[] = place([LIFE, RECOVERY, OUTCOME, FAULT, VERDICT]);

/** How many points there are in all. */
export const UNIVERSE_SIZE = UNIVERSE.reduce((size, { group }) => size + group.points.length, 0);

function place(groups: readonly PointGroup[]): PlacedGroup[] {
  let base = 0;
  return groups.map((group) => {
    const placed = { group, base };
    base += group.points.length;
    return placed;
  });
}

/** Where a group's points begin. */
export function baseOf(group: PointGroup): number {
  return UNIVERSE.find((placed) => placed.group === group)!.base;
}

/** For each point, 1 when a run of the scene can reach it. */
export function reachable(scene: CoverageScene): Uint8Array {
  const marks = new Uint8Array(UNIVERSE_SIZE);
  for (const { group, base } of UNIVERSE) {
    for (let point = 0; point < group.points.length; point++) if (group.canReach(point, scene)) marks[base + point] = 1;
  }
  return marks;
}
