import type { RunResult as Result } from '../scenarios/index.js';

// The types of a result, from one place: everything else in this room imports them from here.
export type {
  BreakdownResult, ConsumerResult, DuplicateResult, GroupResult, HeatResult, LatencyResult, MeasuresResult, QueueResult, RepeatResult, ResourceResult, RunResult, SeriesResult, SteadyMeasure, SteadyStateResult, StoryStep, TheoryResult, ThresholdResult, Verdict, VerdictResult, ViolationResult,
} from '../scenarios/index.js';

/** One entry of the schedule that a run carried out. */
export type Fault = Result['schedule'][number];

export type {
  CheckedRun, CheckFailure, CheckProgress, CheckResult, Place, PromiseTally, ScenarioCheck, SmallestFailure, ThresholdTally, Busy, CapacityResult, ComparedPromise, ComparedRow, Comparison, ComparisonVerdict, DeliverySummary, Probe, PromiseCounts, SweepResult, VariantOverTime,
} from '../campaign/index.js';
