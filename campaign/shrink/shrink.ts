import { createHash } from 'node:crypto';
import { QueueSettingsError } from '../../engine/index.js';
import { FaultScheduleError } from '../../sim/index.js';
import { judgeScenario, makeExplicit, runScenario, type RunOptions, type RunOutcome, type RunResult, type Scenario } from '../../scenarios/index.js';
import { type Failure, failureOf, firstUnexpected, isSameFailure, wayOf, whyNotShrinkable } from './failure.js';
import { aimedAt } from './aim.js';
import type { Aimed, Lead } from './lead.js';
import { MessageTracks } from './message-tracks.js';
import type { Pass } from './pass.js';
import { CUTS, POLISH } from './passes/index.js';
import { placeIn, sendAt, withFaultAt } from './parts.js';
import { reproductionYaml } from './reproduction-yaml.js';
import { type ScenarioSize, sizeOf } from './size.js';

/** Runs one scenario for its verdicts; by default in this thread. */
export type RunOne = (scenario: Scenario, options: RunOptions) => RunOutcome | Promise<RunOutcome>;

export interface ShrinkLimits {
  /** Runs in all. The outcome depends on it and on nothing of the machine. Default {@link DEFAULT_SHRINK_RUNS}. */
  readonly runs?: number;
  /** Real time. What is found then depends on the speed of the machine, and the result says so. Default none. */
  readonly millis?: number;
}

export interface ShrinkProgress {
  readonly pass: string;
  readonly runs: number;
  readonly size: ScenarioSize;
}

export interface ShrinkOptions {
  /** Default: the scenario's own. */
  readonly seed?: string;
  readonly mutants?: readonly string[];
  /** The failure to keep; default: that of the first run. */
  readonly failure?: Failure;
  readonly run?: RunOne;
  readonly limits?: ShrinkLimits;
  readonly onProgress?: (progress: ShrinkProgress) => void;
  /** Ends the search early; what was found so far is the result. */
  readonly signal?: AbortSignal;
}

/** Why a search ended before there was nothing left to try. */
export type ShrinkStop = 'runs' | 'time' | 'interrupted';

export interface ShrinkResult {
  /** The smallest scenario that was found, with its workload and faults written out. It fails, and expects that it does not. */
  readonly scenario: Scenario;
  /** The same as a file, with what it shows and a sentence for each fault. */
  readonly yaml: string;
  /** Of the smallest scenario. */
  readonly result: RunResult;
  readonly failure: Failure;
  readonly before: ScenarioSize;
  readonly after: ScenarioSize;
  readonly runs: number;
  /** Null when nothing was left to try. */
  readonly stopped: ShrinkStop | null;
}

export const DEFAULT_SHRINK_RUNS = 3_000;

/** Events that a candidate may fire: as many as the smallest so far, and some more. What goes on for longer is not smaller. */
const EVENT_FACTOR = 2;
const EXTRA_EVENTS = 5_000;
/** Other seeds that are tried where a fault misses: what a disk loses of a torn write, and how long it takes, is drawn still. */
const OTHER_DRAWS = 2;
/** Attempts with a fault at another time, or with other draws, after which no more are made until one of them hits. */
const MOST_MISSES = 120;
/** Rounds of all passes. Each makes the scenario smaller, so there are few. */
const MAX_ROUNDS = 10;

/** Thrown when a run leaves nothing to make smaller; the message says why. */
export class NothingToShrinkError extends Error {
  readonly code = 'QL_SHRINK_NOTHING';
  constructor(reason: string) {
    super(reason);
    this.name = 'NothingToShrinkError';
  }
}

/**
 * Finds the smallest scenario that fails the same way. It works on the workload and the faults as they are written out, never on the
 * seed. The outcome follows from scenario, seed, mutants and the limit on runs.
 *
 * @throws NothingToShrinkError when the run breaks nothing that it was not expected to break
 */
export async function shrink(scenario: Scenario, options: ShrinkOptions = {}): Promise<ShrinkResult> {
  const { mutants = [], seed = scenario.seed } = options;
  const { scenario: explicit, original } = makeExplicit(scenario, { seed, mutants });
  const failure = options.failure ?? failureOf({ scenario, result: original });
  if (failure === null) throw new NothingToShrinkError(whyNotShrinkable(original));
  const search = new Search(failure, options);
  const start = onlyExpecting(explicit, failure, original);
  if (!await search.attempt(start)) throw new NothingToShrinkError('The run with its workload and faults written out does not fail the same way.');
  await search.run();
  const { scenario: smallest } = search.smallest!;
  const result = runScenario(smallest, { mutants });
  return {
    scenario: smallest, result, failure, runs: search.runs, stopped: search.stopped,
    yaml: reproductionYaml({ scenario: smallest, result, failure, found: { name: scenario.name, seed, mutants } }),
    before: sizeOf(explicit),
    after: sizeOf(smallest),
  };
}

/** The broken promise must hold; other breaches that were expected stay so while they are there. */
function onlyExpecting(scenario: Scenario, { invariant }: Failure, original: RunResult): Scenario {
  const wasMet = (id: string): boolean => original.verdicts.some((verdict) => verdict.invariant === id && verdict.met);
  const others = scenario.expect.promises.filter((promise) => promise.invariant !== invariant && promise.verdict !== 'holds' && wasMet(promise.invariant));
  return { ...scenario, expect: { promises: [{ invariant, verdict: 'holds', line: 1, column: 1 }, ...others], thresholds: [] } };
}

/** The smallest so far, and everything that was tried. */
class Search {
  runs = 1;
  stopped: ShrinkStop | null = null;
  smallest: { readonly scenario: Scenario; readonly outcome: RunOutcome; readonly tracks: MessageTracks } | null = null;
  /** Of the candidate that was run last. */
  #lastTracks = new MessageTracks();
  readonly #failure: Failure;
  readonly #options: ShrinkOptions;
  /** Events that the smallest so far has fired. */
  #firedEvents = Infinity;
  readonly #began = performance.now();
  readonly #tried = new Set<string>();
  /** Aims that may still miss one after the other. */
  #aims = MOST_MISSES;
  #pass = '';

  constructor(failure: Failure, options: ShrinkOptions) {
    this.#failure = failure;
    this.#options = options;
  }

  /** All passes, until a round of them changes nothing. */
  async run(): Promise<void> {
    await this.#whileSmaller(async () => {
      await this.#whileSmaller(() => this.#all(CUTS));
      await this.#all(POLISH);
    });
  }

  async #whileSmaller(round: () => Promise<void>): Promise<void> {
    for (let rounds = 0; rounds < MAX_ROUNDS && this.stopped === null; rounds += 1) {
      const before = this.smallest!.scenario;
      await round();
      if (this.smallest!.scenario === before) return;
    }
  }

  async #all(passes: readonly Pass[]): Promise<void> {
    for (const pass of passes) {
      this.#pass = pass.name;
      await pass.run(this.smallest!.scenario, (candidate) => this.attempt(candidate), this.#lead());
    }
  }

  /** Runs a candidate, unless it was tried before or a limit is reached. */
  async attempt(candidate: Scenario): Promise<boolean> {
    const key = createHash('sha256').update(JSON.stringify(candidate)).digest('base64');
    if (this.#tried.has(key) || this.#isStopped()) return false;
    this.#tried.add(key);
    this.runs += 1;
    const tracks = new MessageTracks();
    this.#lastTracks = tracks;
    const outcome = await this.#outcome(candidate, tracks);
    const way = outcome === null ? null : wayOf(candidate, outcome, (message, atMicros) => tracks.kindOf(message, atMicros));
    if (outcome === null || way === null || !isSameFailure(way, this.#failure)) return false;
    this.smallest = { scenario: candidate, outcome, tracks };
    this.#firedEvents = Math.min(this.#firedEvents, outcome.firedEvents ?? Infinity);
    this.#options.onProgress?.({ pass: this.#pass, runs: this.runs, size: sizeOf(candidate) });
    return true;
  }

  /** Null for a run that goes on for too long, a schedule that cannot strike, such as a link without another side, and for settings of a queue that do not go together. */
  async #outcome(candidate: Scenario, tracks: MessageTracks): Promise<RunOutcome | null> {
    const { run = judgeScenario, mutants = [] } = this.#options;
    try {
      const most = this.#firedEvents * EVENT_FACTOR + EXTRA_EVENTS;
      const outcome = await run(candidate, { mutants, observers: [tracks], ...(Number.isFinite(most) ? { maxEvents: most } : {}) });
      return outcome.run.limit === null ? outcome : null;
    } catch (error) {
      // With a deliberate bug, the engine may stumble over what that bug has made: that is another failure.
      if (error instanceof FaultScheduleError || error instanceof QueueSettingsError || mutants.length > 0) return null;
      throw error;
    }
  }

  #lead(): Lead {
    const { atMicros, message } = firstUnexpected(this.smallest!.outcome)!.first!;
    return { atMicros, message, aimed: (candidate) => this.#aimed(candidate) };
  }

  #aimed(candidate: Scenario): Aimed[] {
    const { scenario, outcome, tracks } = this.smallest!;
    const { atMicros, message } = firstUnexpected(outcome)!.first!;
    const fault = scenario.faults.findLast(({ at }) => at <= atMicros);
    if (fault === undefined || !candidate.faults.some(({ at }) => at === fault.at) || this.#isStopped()) return [];
    if (this.#aims <= 0) return [];
    const times = aimedAt({ atMicros: fault.at, message, tracks }, this.#lastTracks, placeIn(candidate, sendAt(scenario, message)));
    const aims = [
      ...times.filter((at) => at < candidate.durationMicros).map((at) => (other: Scenario) => withFaultAt(other, fault.at, at)),
      ...Array.from({ length: OTHER_DRAWS }, (_, draw) => (other: Scenario) => ({ ...other, seed: `${scenario.seed}.${draw + 1}` })),
    ];
    this.#aims -= aims.length;
    return aims.map((change) => {
      const move = (other: Scenario): Scenario => {
        // It has hit.
        this.#aims = MOST_MISSES;
        return change(other);
      };
      return { candidate: change(candidate), move };
    });
  }

  #isStopped(): boolean {
    const { limits = {}, signal } = this.#options;
    if (this.stopped !== null) return true;
    if (signal?.aborted === true) this.stopped = 'interrupted';
    else if (this.runs >= (limits.runs ?? DEFAULT_SHRINK_RUNS)) this.stopped = 'runs';
    else if (limits.millis !== undefined && performance.now() - this.#began >= limits.millis) this.stopped = 'time';
    return this.stopped !== null;
  }
}
