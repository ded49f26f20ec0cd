import { type Circumstance, CIRCUMSTANCES, INVARIANT_CONTRACTS, INVARIANTS, type InvariantId, type InvariantVerdict } from '../../invariants/index.js';
import type { PointGroup } from './point-group.js';

const holds = (invariant: string): string => `${invariant} holds`;
const givesWay = (invariant: string, circumstance: Circumstance): string => `${invariant} gives way: ${CIRCUMSTANCES[circumstance].when}`;

const POINTS = INVARIANTS.flatMap(({ id }) => [holds(id), ...INVARIANT_CONTRACTS[id].excusedBy.map((circumstance) => givesWay(id, circumstance))]);

/** Of each point, the promise that it is about. */
const OWNERS = INVARIANTS.flatMap(({ id }) => [id, ...INVARIANT_CONTRACTS[id].excusedBy.map(() => id)]);

/** The number of the point that a verdict reaches; -1 for none. */
export function pointOfVerdict({ invariant, verdict, contract: because }: InvariantVerdict): number {
  if (verdict === 'holds') return POINTS.indexOf(holds(invariant));
  if (verdict !== 'anomaly') return -1;
  const circumstance = INVARIANT_CONTRACTS[invariant as InvariantId].excusedBy.find((candidate) => CIRCUMSTANCES[candidate].because === because);
  return circumstance === undefined ? -1 : POINTS.indexOf(givesWay(invariant, circumstance));
}

/** Circumstances that only faults beyond the contract bring about. */
const BEYOND: ReadonlySet<string> = new Set(INVARIANTS.flatMap(({ id }) =>
  (['power-loss', 'failed-sync', 'disk-replaced', 'corruption'] as const).map((circumstance) => givesWay(id, circumstance))));

/**
 * Which promises were put to the test and kept, and which circumstances made use of their contract. Some of these no run of a
 * scenario can meet, such as those of another kind of handler, so only losses are expected to be reached, beyond the contract.
 */
export const VERDICT: PointGroup = {
  id: 'verdict',
  title: 'promises: put to the test and kept, or excused by the contract',
  points: POINTS,
  canReach: (point, { mayLose, concerns }) => concerns(OWNERS[point]!) && (POINTS[point]!.endsWith(' holds') || (mayLose && BEYOND.has(POINTS[point]!))),
  begin: null,
};
