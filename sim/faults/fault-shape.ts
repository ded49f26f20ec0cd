import type { FaultKind } from './fault-definition.js';
import type { FaultProblem } from './fault-problem.js';
import type { FaultSpec } from './fault-spec.js';

/**
 * A network partition with a name for its shape. It is not carried out itself: the explicit schedule of a run has the
 * partitions of links that it stands for, so a replay needs no idea of the shape.
 */
export interface FaultShape extends FaultKind {
  readonly targets: 'link';
  readonly duration: 'lasting';
  /** What is wrong although every parameter is in order by itself. */
  check(spec: FaultSpec, machineNames: readonly string[]): FaultProblem[];
  /** The two sides of each partition that it stands for. */
  cuts(spec: FaultSpec, machineNames: readonly string[]): Cut[];
}

/** Nothing gets through between one side and the other. */
export interface Cut {
  readonly side: readonly string[];
  readonly others: readonly string[];
}
