/** Neighbouring values of a run, from the first up to but not including the last. */
export interface Group {
  readonly from: number;
  readonly to: number;
}

/**
 * How many groups a run is cut into. Many tell more of how far their means lie apart; few are longer, so that their means depend less on each other. Both are
 * tried, and the wider interval counts.
 */
const GROUPS = [20, 10] as const;

/** Values from `first` on in groups, all of them: one group has at most one value more than another. */
export function groupingsOf(first: number, end: number): readonly (readonly Group[])[] {
  const rest = end - first;
  return GROUPS.filter((groups) => groups <= rest).map((groups) => {
    const bound = (group: number): number => first + Math.floor((rest * group) / groups);
    return Array.from({ length: groups }, (_, group) => ({ from: bound(group), to: bound(group + 1) }));
  });
}
