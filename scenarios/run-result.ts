import type { PackedRecording, StoryStep } from '../history/index.js';
import type { InvariantVerdict as VerdictResult } from '../invariants/index.js';
import type { MeasuresResult, SeriesResult } from '../measures/index.js';
import type { Alert, FaultSpec, PerformedAction } from '../sim/index.js';
import type { Scenario, Setting } from './model.js';

export type { StoryStep } from '../history/index.js';
export type { InvariantVerdict as VerdictResult, Verdict, Violation as ViolationResult } from '../invariants/index.js';
export type {
  BreakdownResult, ConsumerResult, DuplicateResult, GroupResult, HeatResult, LatencyResult, MeasuresResult, QueueResult, RepeatResult, ResourceResult, SeriesResult, SteadyMeasure,
  SteadyStateResult,
} from '../measures/index.js';

/** What a run leaves behind: the one thing that reports read. Fields are added, never renamed. */
export interface RunResult {
  readonly schema: 'queuelab/run-result/1';
  readonly version: string;
  readonly scenario: {
    readonly name: string;
    readonly description: string;
    readonly file: string;
    readonly sha256: string;
    /** The scenario as YAML with its overrides, for a replay on another machine. Absent when it is long, or nobody needs it. */
    readonly text?: string;
    /** The values of the trace files that the text names, by their names. */
    readonly traces?: Readonly<Record<string, string>>;
    /** The settings that `--set` changed; what else the file says, it still says. */
    readonly overrides?: readonly string[];
  };
  readonly seed: string;
  /** 32 hexadecimal digits over every event of the run. */
  readonly fingerprint: string;
  readonly outcome: 'held' | 'broken' | 'inconclusive';
  readonly verdicts: readonly VerdictResult[];
  readonly thresholds: readonly ThresholdResult[];
  /** The explicit fault schedule as it was carried out: no random choice is left in it. */
  readonly schedule: readonly FaultSpec[];
  /** Crashes between two steps of a program, as they struck, with the step (`after`). They belong to the clients and not to the schedule. Absent: none. */
  readonly crashPoints?: readonly FaultSpec[];
  /** What operators saw and did. Absent in a run without operators. */
  readonly operators?: { readonly alerts: readonly Alert[]; readonly actions: readonly Readonly<PerformedAction>[] };
  readonly measures: MeasuresResult;
  readonly series: SeriesResult;
  /** Life story of the first violation's message; empty when nothing was violated. */
  readonly story: readonly StoryStep[];
  /**
   * Life stories of the other messages of which a promise was first broken that was to be kept, in the order in which breaches are told; of many the
   * first. Absent: none.
   */
  readonly stories?: readonly MessageStory[];
  /** Every setting of the run, defaults marked. */
  readonly settings: readonly Setting[];
  readonly run: {
    /** Virtual time at the end. */
    readonly virtualMicros: number;
    readonly drainBeganMicros: number;
    readonly drained: boolean;
    /** Machines that stayed dead for good when faults stopped (`heal: core`). Absent: none. */
    readonly dead?: readonly string[];
    /** What was still there when the drain ended without success, in words. */
    readonly stuck: readonly string[];
    readonly events: number;
    /** Why the run ended early, if a limit ended it. */
    readonly limit: string | null;
  };
  /** Names of the deliberate bugs that were switched on; absent in a run without. With one, the run says nothing of the real engine. */
  readonly mutants?: readonly string[];
  /** What queueing theory says of a scenario that is one of its queues; absent for any other. */
  readonly theory?: TheoryResult;
  /** The command that runs exactly this again. */
  readonly replay: string;
  /** Where the scenario's file says what is expected. */
  readonly expectedAt?: readonly ExpectedAt[];
  /** Events of the run, to be stepped through. Absent unless they were asked for. */
  readonly history?: PackedRecording;
  /** SHA-256 of this result as JSON without this field: whoever changes a saved result is noticed. Absent in results of older versions. */
  readonly digest?: string;
}

/** What a run came to, without its figures: cheap to compute and small. */
export type RunOutcome = Pick<RunResult, 'seed' | 'fingerprint' | 'outcome' | 'verdicts' | 'thresholds' | 'run'> & {
  /** Events that the world has fired, which `maxEvents` limits; the history has those that mean something. Absent in a whole result. */
  readonly firedEvents?: number;
};

/** What happened to one message. */
export interface MessageStory {
  /** Its trace number. */
  readonly message: number;
  readonly steps: readonly StoryStep[];
}

/** A place in the scenario's file, from line 1 and column 1. */
export interface ExpectedAt {
  /** The id of an invariant, or the expression of a threshold. */
  readonly what: string;
  readonly line: number;
  readonly column: number;
}

export interface ThresholdResult {
  readonly expression: string;
  readonly actual: string;
  /** False also when it is inconclusive. */
  readonly met: boolean;
  /** Judged with confidence: the interval in words, or why there is none. Absent otherwise. */
  readonly interval?: string;
  /** The interval holds the limit, or there is none: neither met nor missed. Absent otherwise. */
  readonly isInconclusive?: true;
}

/** Closed forms for a queue like that of the scenario. Network, CPU and disk of the broker they leave out. */
export interface TheoryResult {
  /** As Kendall writes it: `M/M/1`. */
  readonly model: string;
  /** Share of the servers that is busy. From 1 on there is no steady state, and no figure. */
  readonly utilisation: number;
  /** In the measure's own unit. */
  readonly figures: readonly { readonly measure: string; readonly aggregate: string; readonly value: number }[];
}

/** A run as the runner returns it to programs: the result, with the scenario it came from. */
export interface Run {
  readonly scenario: Scenario;
  readonly result: RunResult;
}
