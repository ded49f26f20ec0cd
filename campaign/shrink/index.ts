export { type Failure, type MessageKind, type QueueRole, corpusKey, failureKey, failureOf, isSameFailure, whyNotShrinkable } from './failure.js';
export {
  DEFAULT_SHRINK_RUNS, NothingToShrinkError, type RunOne, shrink, type ShrinkLimits, type ShrinkOptions, type ShrinkProgress, type ShrinkResult, type ShrinkStop,
} from './shrink.js';
export { type ScenarioSize, sizeOf } from './size.js';
export { readRunNote, type RunNote } from './run-note.js';
