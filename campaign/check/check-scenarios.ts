import { replayCommand, type RunResult, type Scenario } from '../../scenarios/index.js';
import { PoolStoppedError, RunFaultError, type RunJob, type RunPool, runInOrder } from '../pool/index.js';
import type { CheckedRun, CheckEnd, CheckFault, CheckResult, ScenarioCheck } from './check-result.js';
import type { CheckPlan } from './plan.js';
import { runFileNames } from './run-file-names.js';
import { concluded } from './conclude.js';
import { causesOf, checkedRun, tallyPromises, tallyThresholds } from './tally.js';

/** How far a check has come. */
export interface CheckProgress {
  readonly done: number;
  readonly planned: number | null;
  /** Runs that did not hold, and faults. */
  readonly failed: number;
  readonly scenario: string;
  readonly seed: string;
}

export interface CheckOptions {
  readonly plan: CheckPlan;
  readonly pool: RunPool;
  /** Ends the check when so many runs have failed. Default: never. */
  readonly bail?: number;
  /** Asked before each run: true ends the check when the runs under way are done. Default: never. */
  readonly isTimeOver?: () => boolean;
  readonly strict?: boolean;
  /** Deliberate bugs to switch on, by name. Default none. */
  readonly mutants?: readonly string[];
  /** Whether each run is made twice; one that comes out differently is a fault. Default false. */
  readonly verify?: boolean;
  /** Folder for the histories of runs that do not hold. Default: none are kept. */
  readonly historyFolder?: string;
  /** Called for each run, in the order of the plan. */
  readonly onRun?: (scenario: Scenario, run: CheckedRun) => void;
  readonly onProgress?: (progress: CheckProgress) => void;
  /** Called when the history of a run could not be written; the check goes on. */
  readonly onHistoryLost?: (file: string, reason: string) => void;
  /** Ends the check at once; what is done by then is its result. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a plan and counts. Which runs a check has done when it ends by itself depends on the plan and `bail` alone, not on which
 * worker was faster; time and interruption are told in its `end`.
 */
export async function checkScenarios(options: CheckOptions): Promise<CheckResult> {
  const check = new Check(options);
  return check.run();
}

class Check {
  readonly #options: CheckOptions;
  readonly #tables: ReadonlyMap<Scenario, ScenarioTable>;
  readonly #faults: CheckFault[] = [];
  #done = 0;
  #failed = 0;
  #isTimeOver = false;
  /** A failing run could not be fetched whole any more. */
  #isCutShort = false;

  constructor(options: CheckOptions) {
    this.#options = options;
    this.#tables = new Map(options.plan.scenarios.map((scenario) => [scenario, new ScenarioTable(scenario)]));
  }

  get #mutants(): readonly string[] {
    return this.#options.mutants ?? [];
  }

  get #isInterrupted(): boolean {
    return this.#options.signal?.aborted === true;
  }

  async run(): Promise<CheckResult> {
    const { signal, pool } = this.#options;
    const stop = (): void => void pool.stop();
    if (this.#isInterrupted) return this.#result('interrupted');
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return this.#result(await this.#runAll());
    } catch (error) {
      if (!(error instanceof PoolStoppedError) || !this.#isInterrupted) throw error;
      return this.#result('interrupted');
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  async #runAll(): Promise<CheckEnd> {
    const { pool, bail = Infinity, onProgress, plan: { planned } } = this.#options;
    for await (const { job, reply, fault } of runInOrder(pool, this.#jobs())) {
      this.#done += 1;
      const { scenario, seed } = job;
      if (fault !== null) {
        this.#failed += 1;
        this.#addFault(scenario, fault);
      } else await this.#add(job, checkedRun(reply));
      if (typeof reply?.history?.failure === 'string') this.#options.onHistoryLost?.(reply.history.file, reply.history.failure);
      onProgress?.({ done: this.#done, planned, failed: this.#failed, scenario: scenario.name, seed });
      // What is handed out after an interruption has gaps before it: it was not the failures that ended the check.
      if (this.#failed >= bail && !this.#isInterrupted) return 'bail';
    }
    if (this.#isCutShort) return 'interrupted';
    return this.#isTimeOver ? 'time' : 'complete';
  }

  *#jobs(): Generator<RunJob> {
    const { plan, historyFolder, isTimeOver, verify = false } = this.#options;
    const historyFile = historyFolder === undefined ? null : runFileNames(plan.scenarios, historyFolder, 'history.jsonl');
    for (const { scenario, seed } of plan.runs()) {
      this.#isTimeOver = isTimeOver?.() === true;
      if (this.#isTimeOver) return;
      yield { scenario, seed, want: 'summary', mutants: this.#mutants, verify, ...(historyFile === null ? {} : { historyFile: historyFile(scenario, seed) }) };
    }
  }

  async #add({ scenario, seed }: RunJob, run: CheckedRun): Promise<void> {
    const table = this.#tables.get(scenario)!;
    const causes = table.newCauses(run);
    if (run.outcome !== 'held') this.#failed += 1;
    // Most runs hold, and most failures are like one before: only the first of each kind is fetched whole, by running it again.
    const result = causes.length === 0 ? null : await this.#fetch(scenario, seed);
    table.add(run, causes, result);
    this.#options.onRun?.(scenario, run);
  }

  /** The whole run; null when it gives no result this time. What it came to is known all the same. */
  async #fetch(scenario: Scenario, seed: string): Promise<RunResult | null> {
    try {
      return (await this.#options.pool.run({ scenario, seed, want: 'result', mutants: this.#mutants })).result;
    } catch (error) {
      if (error instanceof RunFaultError) this.#addFault(scenario, error);
      else if (error instanceof PoolStoppedError && this.#isInterrupted) this.#isCutShort = true;
      else throw error;
      return null;
    }
  }

  #addFault(scenario: Scenario, { kind, seed, message, cause }: RunFaultError): void {
    const stack = kind === 'did-not-end' ? '' : cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    this.#faults.push({ kind, file: scenario.file, seed, message, stack, replay: replayCommand(scenario, seed, this.#mutants) });
  }

  #result(end: CheckEnd): CheckResult {
    const { plan: { seeds, shard, planned }, strict = false } = this.#options;
    return concluded({
      parts: [{ seeds, shard, planned, done: this.#done, end, ...(this.#mutants.length === 0 ? {} : { mutants: this.#mutants }) }],
      scenarios: [...this.#tables.values()].map((table) => table.result()),
      faults: this.#faults,
      strict,
    });
  }
}

/** Failing runs of a scenario that may give no result when they are fetched whole; no more are fetched then. */
const MAX_LOST = 3;

/** What is known of one scenario so far. */
class ScenarioTable {
  readonly #scenario: Scenario;
  readonly #runs: CheckedRun[] = [];
  readonly #failures: ScenarioCheck['failures'][number][] = [];
  readonly #known = new Set<string>();
  #lost = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
  }

  newCauses(run: CheckedRun): string[] {
    return this.#lost >= MAX_LOST ? [] : causesOf(run).filter((cause) => !this.#known.has(cause));
  }

  add(run: CheckedRun, causes: readonly string[], result: RunResult | null): void {
    this.#runs.push(run);
    if (causes.length === 0) return;
    // A later run that fails so may still show how.
    if (result === null) this.#lost += 1;
    else {
      for (const cause of causes) this.#known.add(cause);
      this.#failures.push({ causes, result });
    }
  }

  result(): ScenarioCheck {
    const { name, description, file, sha256, overrides, expect } = this.#scenario;
    return {
      scenario: { name, description, file, sha256, overrides },
      promises: tallyPromises(this.#scenario, this.#runs),
      thresholds: tallyThresholds(expect, this.#runs),
      runs: this.#runs,
      failures: this.#failures,
    };
  }
}
