export type {
  CheckAnswer, CheckedRun, CheckEnd, CheckFailure, CheckFault, CheckPart, CheckResult, Place, PromiseTally, ScenarioCheck, SmallestFailure, ThresholdTally,
} from './check-result.js';
export { checkResultJsonSchema, checkResultSchema } from './check-result-schema.js';
export { type CheckOptions, type CheckProgress, checkScenarios } from './check-scenarios.js';
export { type FailedRun, LastFailedError, lastFailedText, readLastFailed } from './last-failed.js';
export { MergeError, mergeChecks, type MergeOptions } from './merge.js';
export { type CheckPlan, type PlannedRun, planRuns, planSeeds } from './plan.js';
export { Seeds, SeedsError } from './seeds.js';
export type { NamedCheck } from './same-check.js';
export { runFileNames } from './run-file-names.js';
export { parseShard, type Shard, ShardError, shardOf } from './shard.js';
