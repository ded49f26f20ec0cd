import { QueueSettingsError } from '../../engine/index.js';
import { FaultScheduleError } from '../../sim/index.js';
import { type Explicit, judgeScenario, makeExplicit, type RunOutcome, type RunResult, runScenario, type Scenario } from '../../scenarios/index.js';
import { RepeatedRuns, UnrepeatableRunError } from '../replay/index.js';
import { MessageTracks } from './message-tracks.js';

export interface CandidateOptions {
  readonly mutants: readonly string[];
  /** Events that it may fire. Default: as many as it likes. */
  readonly maxEvents?: number;
}

/** What became of a candidate. */
export interface Judged {
  readonly outcome: RunOutcome;
  readonly tracks: MessageTracks;
}

/** Makes the runs that shrinking takes, in this thread or elsewhere. */
export interface ShrinkRuns {
  /** Writes out what a run drew. @throws WorkloadTooLargeError */
  explicit(scenario: Scenario, options: { readonly seed: string; readonly mutants: readonly string[] }): Explicit | Promise<Explicit>;
  /** Null: it cannot be run. `lost`: the thread in which it ran was lost with it, or it did not end. */
  judge(candidate: Scenario, options: CandidateOptions): Judged | 'lost' | null | Promise<Judged | 'lost' | null>;
  /** The run with its figures and its story. */
  whole(scenario: Scenario, options: { readonly mutants: readonly string[] }): RunResult | Promise<RunResult>;
}

/** How runs are made. */
export interface RunsHereOptions {
  /** Whether each is made twice; one that comes out differently ends it all, with an `UnrepeatableRunError`. Default false. */
  readonly verify?: boolean;
  /** Called before each. */
  readonly onRun?: () => void;
}

/** Makes them in this thread. */
export class RunsHere implements ShrinkRuns {
  readonly #options: RunsHereOptions;

  constructor(options: RunsHereOptions = {}) {
    this.#options = options;
  }

  explicit(scenario: Scenario, options: { readonly seed: string; readonly mutants: readonly string[] }): Explicit {
    const runs = this.#runsOf(scenario, options.seed);
    const { explicit } = runs.make((watch) => {
      const made = makeExplicit(scenario, { ...options, ...watch });
      return { explicit: made, result: made.original };
    });
    if (this.#options.verify === true) runs.make((watch) => judgeScenario(scenario, { ...options, ...watch }));
    return explicit;
  }

  /** Null for a schedule that cannot strike, such as a link without another side, and for settings of a queue that do not go together. */
  judge(candidate: Scenario, options: CandidateOptions): Judged | null {
    const runs = this.#runsOf(candidate, candidate.seed);
    const tracks = new MessageTracks();
    try {
      const outcome = runs.make((watch) => judgeScenario(candidate, { ...options, ...watch, observers: [tracks] }));
      if (this.#options.verify === true) runs.make((watch) => judgeScenario(candidate, { ...options, ...watch }));
      return { outcome, tracks };
    } catch (error) {
      if (error instanceof UnrepeatableRunError) throw error;
      // With a deliberate bug, the engine may stumble over what that bug has made: that is another failure.
      if (error instanceof FaultScheduleError || error instanceof QueueSettingsError || options.mutants.length > 0) return null;
      throw error;
    }
  }

  whole(scenario: Scenario, options: { readonly mutants: readonly string[] }): RunResult {
    const runs = this.#runsOf(scenario, scenario.seed);
    const result = runs.make((watch) => runScenario(scenario, { ...options, ...watch }));
    if (this.#options.verify === true) runs.make((watch) => judgeScenario(scenario, { ...options, ...watch }));
    return result;
  }

  #runsOf(scenario: Scenario, seed: string): RepeatedRuns {
    const { verify = false, onRun } = this.#options;
    return new RepeatedRuns({ scenario, seed, verify, ...(onRun === undefined ? {} : { onRun }) });
  }
}
