import { createHash } from 'node:crypto';
import { InterruptedError, type RunOutcome, type RunResult, type Scenario } from '../../scenarios/index.js';
import { type Failure, failureOf, firstUnexpected, isSameFailure, wayOf, whyNotShrinkable } from './failure.js';
import { aimedAt } from './aim.js';
import type { Aimed, Lead } from './lead.js';
import { MessageTracks } from './message-tracks.js';
import type { Pass } from './pass.js';
import { CUTS, POLISH } from './passes/index.js';
import { placeIn, sendAt, withFaultAt } from './parts.js';
import { reproductionYaml } from './reproduction-yaml.js';
import { type Judged, RunsHere, type ShrinkRuns } from './shrink-runs.js';
import { type ScenarioSize, sizeOf } from './size.js';

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
  /** Id of the invariant whose breach is to stay, whatever else the run breaks; default: that of the failure. */
  readonly promise?: string;
  /** Who makes the runs. Default: this thread. */
  readonly runs?: ShrinkRuns;
  readonly limits?: ShrinkLimits;
  readonly onProgress?: (progress: ShrinkProgress) => void;
  /** Ends the search early; what was found so far is the result. */
  readonly signal?: AbortSignal;
}

/** Why a search ended before there was nothing left to try. */
export type ShrinkStop = 'runs' | 'time' | 'interrupted' | 'lost-runs';

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
/** Candidates that may be lost with their thread: each may have taken all the time that a run may take. */
const MOST_LOST = 3;
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
 * @throws InterruptedError when the signal is aborted before the run could be written out
 */
export async function shrink(scenario: Scenario, options: ShrinkOptions = {}): Promise<ShrinkResult> {
  const { mutants = [], seed = scenario.seed, runs = new RunsHere() } = options;
  const { scenario: explicit, original } = await begin(scenario, { ...options, mutants, seed, runs });
  const failure = options.failure ?? failureOf({ scenario: explicit, result: original });
  if (failure === null) {
    const isKept = original.verdicts.some(({ invariant, verdict }) => invariant === options.promise && verdict === 'holds');
    throw new NothingToShrinkError(isKept ? `The run keeps ${options.promise}: there is nothing to make smaller.` : whyNotShrinkable(original));
  }
  const search = new Search(failure, { ...options, runs });
  const start = onlyExpecting(explicit, failure, original);
  if (!await search.attempt(start)) throw nothingFrom(search, scenario);
  await search.run();
  const { scenario: smallest } = search.smallest!;
  const result = await runs.whole(smallest, { mutants });
  return {
    scenario: smallest, result, failure, runs: search.runs, stopped: search.stopped,
    yaml: reproductionYaml({ scenario: smallest, result, failure, found: { name: scenario.name, seed, mutants } }),
    before: sizeOf(explicit),
    after: sizeOf(smallest),
  };
}

/** The run with its workload and faults written out. With a `promise`, that alone is unexpectedly broken in it. */
async function begin(scenario: Scenario, { promise, mutants, seed, runs }: Required<Pick<ShrinkOptions, 'mutants' | 'seed' | 'runs'>> & Pick<ShrinkOptions, 'promise'>): Promise<{ readonly scenario: Scenario; readonly original: RunResult }> {
  const { scenario: explicit, original } = await runs.explicit(scenario, { seed, mutants });
  if (promise === undefined) return { scenario: explicit, original };
  const violated = original.verdicts.filter(({ invariant, verdict }) => invariant !== promise && verdict === 'violated');
  const promises = [{ invariant: promise, verdict: 'holds' }, ...violated].map(({ invariant, verdict }) => ({ invariant, verdict, line: 1, column: 1 }));
  const aimed: Scenario = { ...explicit, expect: { promises: promises as Scenario['expect']['promises'], thresholds: [] } };
  return { scenario: aimed, original: await runs.whole(aimed, { mutants }) };
}

const nothingFrom = ({ stopped }: Search, { name }: Scenario): Error => (stopped === 'interrupted' ? new InterruptedError(name)
  : new NothingToShrinkError('The run with its workload and faults written out does not fail the same way.'));

/** The broken promise must hold; other breaches that were expected stay so while they are there. */
function onlyExpecting(scenario: Scenario, { invariant }: Failure, original: RunResult): Scenario {
  const wasMet = (id: string): boolean => original.verdicts.some((verdict) => verdict.invariant === id && verdict.met);
  const others = scenario.expect.promises.filter((promise) => promise.invariant !== invariant && promise.verdict !== 'holds' && wasMet(promise.invariant));
  return { ...scenario, expect: { promises: [{ invariant, verdict: 'holds', line: 1, column: 1 }, ...others], thresholds: [] } };
}

type SearchOptions = ShrinkOptions & { readonly runs: ShrinkRuns };

/** The smallest so far, and everything that was tried. */
class Search {
  runs = 1;
  stopped: ShrinkStop | null = null;
  smallest: { readonly scenario: Scenario; readonly outcome: RunOutcome; readonly tracks: MessageTracks } | null = null;
  /** Of the candidate that was run last. */
  #lastTracks = new MessageTracks();
  readonly #failure: Failure;
  readonly #options: SearchOptions;
  /** Events that the smallest so far has fired. */
  #firedEvents = Infinity;
  readonly #began = performance.now();
  readonly #tried = new Set<string>();
  /** Candidates that were lost with their thread. */
  #lost = 0;
  /** Aims that may still miss one after the other. */
  #aims = MOST_MISSES;
  #pass = '';

  constructor(failure: Failure, options: SearchOptions) {
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
    const judged = await this.#judged(candidate);
    this.#lastTracks = judged?.tracks ?? new MessageTracks();
    if (judged === null || judged.outcome.run.limit !== null) return false;
    const { outcome, tracks } = judged;
    const way = wayOf(candidate, outcome, (message, atMicros) => tracks.kindOf(message, atMicros));
    if (way === null || !isSameFailure(way, this.#failure)) return false;
    this.smallest = { scenario: candidate, outcome, tracks };
    this.#firedEvents = Math.min(this.#firedEvents, outcome.firedEvents ?? Infinity);
    this.#options.onProgress?.({ pass: this.#pass, runs: this.runs, size: sizeOf(candidate) });
    return true;
  }

  /** Null for one that cannot be run, or was lost. */
  async #judged(candidate: Scenario): Promise<Judged | null> {
    const { runs, mutants = [] } = this.#options;
    const most = this.#firedEvents * EVENT_FACTOR + EXTRA_EVENTS;
    const judged = await runs.judge(candidate, { mutants, ...(Number.isFinite(most) ? { maxEvents: most } : {}) });
    if (judged !== 'lost') return judged;
    if (this.#isStopped()) return null;
    this.#lost += 1;
    if (this.#lost >= MOST_LOST) this.stopped ??= 'lost-runs';
    return null;
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
