import type { EventChunk, EventKind, NameTable } from '../../history/index.js';
import type { CoverageScene } from './scene.js';

/** Sees one event: row `row` of the chunk. */
export type Sight = (chunk: EventChunk, row: number) => void;

/** What a group looks at in one run. */
export interface Probe {
  readonly on: Readonly<Partial<Record<EventKind, Sight>>>;
  /** Sees every event, after those above. */
  readonly onAny?: Sight;
}

/** What a probe is given at the start of a run. */
export interface ProbeContext {
  readonly names: Pick<NameTable, 'text'>;
  readonly scene: CoverageScene;
  /** Marks a point of the group as reached. */
  readonly hit: (point: number) => void;
}

/**
 * Points that belong together: a fixed list, so that what was never reached can be named. A point is a place where two things
 * meet: a state and an event, a fault and an operation, a recovery and what it finds.
 */
export interface PointGroup {
  readonly id: string;
  /** What its points have in common, for lists. */
  readonly title: string;
  /** Their names, by number. */
  readonly points: readonly string[];
  /** Whether a run of this scene can reach the point at all. */
  canReach(point: number, scene: CoverageScene): boolean;
  /** Looks for them in one run; null for a group whose points are found elsewhere. */
  readonly begin: ((context: ProbeContext) => Probe) | null;
}
