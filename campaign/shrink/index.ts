export { type Failure, type MessageKind, type QueueRole, corpusKey, failureKey, failureOf, failuresOf, isKnownFailure, isSameFailure, whyNotShrinkable } from './failure.js';
export {
  DEFAULT_SHRINK_RUNS, NothingToShrinkError, shrink, type ShrinkLimits, type ShrinkOptions, type ShrinkProgress, type ShrinkResult, type ShrinkStop,
} from './shrink.js';
export { ShrinkPool, type ShrinkPoolOptions } from './shrink-pool.js';
export { type Judged, RunsHere, type RunsHereOptions, type ShrinkRuns } from './shrink-runs.js';
export { type ScenarioSize, sizeOf } from './size.js';
export { readRunNote, type RunNote } from './run-note.js';
