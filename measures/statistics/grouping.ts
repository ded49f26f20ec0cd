import { lagOneCorrelation, momentsOf } from './interval.js';

/** Values of a run from `first` on, `perGroup` to a group. */
export interface Grouping {
  readonly first: number;
  readonly perGroup: number;
  readonly groups: number;
}

/** Groups that are tried, in this order, until their means are independent of each other. */
const GROUPS = [20, 10] as const;
/** Two-sided 10 % bound of the correlation of independent neighbours, times the root of their number. */
const CORRELATION_BOUND = 1.645;

/** As many groups as are independent of each other; values that do not fill a group are left out with the warm-up. */
export function chooseGroups(values: Float64Array, warmUp: number): Grouping {
  const [many, few] = GROUPS.map((groups) => {
    const perGroup = Math.floor((values.length - warmUp) / groups);
    return { first: values.length - groups * perGroup, perGroup, groups };
  }) as [Grouping, Grouping];
  return many.perGroup > 0 && !isCorrelated(groupMeans(values, many)) ? many : few;
}

export function groupMeans(values: Float64Array, { first, perGroup, groups }: Grouping): Float64Array {
  return Float64Array.from({ length: groups }, (_, group) => {
    const start = first + group * perGroup;
    return momentsOf(values.subarray(start, start + perGroup)).mean;
  });
}

/** True when neighbours are more alike than chance makes independent ones. */
export function isCorrelated(values: Float64Array): boolean {
  return lagOneCorrelation(values) * Math.sqrt(values.length) > CORRELATION_BOUND;
}
