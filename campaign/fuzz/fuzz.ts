import type { Scenario } from '../../scenarios/index.js';
import type { GroupCoverage } from '../coverage/index.js';
import type { RunFaultError } from '../pool/index.js';
import { corpusKey, type Failure, failuresOf } from '../shrink/index.js';
import { type AllowedBreaches, AllowedTally } from './allowed.js';
import type { DrawnRun } from './draw/draw-run.js';
import type { Execute, Executed } from './executed.js';
import { FailureSorts, type FuzzFailure } from './failure-sorts.js';
import { type GroundRun, GroundKeeper } from './ground-keeper.js';
import { Search, type SearchOptions } from './search/search.js';
import { LAG } from './search/strategy.js';

export interface FuzzOptions extends SearchOptions {
  readonly execute: Execute;
  /** Runs of earlier fuzzing, done first. They count for coverage and failures, not as runs. */
  readonly corpus?: readonly CorpusRun[];
  /** Runs to draw at most; may be `Infinity`. */
  readonly runs: number;
  /** Stops when so many runs after one another reached nothing new; `Infinity` for never. */
  readonly untilPlateau: number;
  /** Stops at so many failures that differ in what is left of them; at many times as many of those that do not. */
  readonly maxFailures: number;
  /** Asked before each run; the outcome then depends on the speed of the machine. */
  readonly isTimeOver?: () => boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FuzzProgress) => void;
  /**
   * A failure of a sort that was not seen before, when it is found. The search waits until it is taken care of. Who makes it small answers what is left
   * of it: what else struck in its run tells no other failure apart from it then.
   */
  readonly onFailure?: (failure: FuzzFailure) => FailureLeft | Promise<FailureLeft>;
}

/** A scenario of the corpus and the file it is from. */
export interface CorpusRun {
  readonly file: string;
  readonly scenario: Scenario;
}

// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- who only looks answers nothing
export type FailureLeft = Failure | null | void;

export interface FuzzProgress {
  readonly runs: number;
  /** Runs still to be done from the corpus. */
  readonly corpusLeft: number;
  readonly reached: number;
  readonly total: number;
  readonly failures: number;
}

/** Variants of the same failures, for each that was asked for, after which nobody waits for another. */
const MOST_VARIANTS = 10;

export type FuzzStop = 'runs' | 'plateau' | 'failures' | 'time' | 'interrupted';

export interface FuzzReport {
  readonly stopped: FuzzStop;
  /** Runs drawn and done. */
  readonly runs: number;
  readonly corpusRuns: number;
  readonly failures: readonly FuzzFailure[];
  /** How many of these differ in what is left of them. */
  readonly different: number;
  /** What was broken as the contract allows, by promise and clause. */
  readonly allowed: readonly AllowedBreaches[];
  /** Runs that ended before they could be judged. */
  readonly inconclusive: number;
  /** Runs that failed by a fault of queuelab. */
  readonly faults: readonly { readonly run: DrawnRun; readonly error: RunFaultError }[];
  readonly reached: number;
  readonly total: number;
  readonly groups: readonly GroupCoverage[];
  /** A few runs that together reach everything that the runs of this time were the first to reach. */
  readonly ground: readonly GroundRun[];
}

/** Draws and does runs until a limit is reached. The same options give the same report on any number of workers, limits of time apart. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const session = new FuzzSession(options);
  return session.run();
}

interface UnderWay {
  readonly run: DrawnRun;
  readonly file: string | null;
  readonly executed: Promise<Executed>;
}

/** How the runs of one kind are begun and taken. */
interface Driven {
  /** The next run, begun, when so many are at work; null when none is to be begun now. */
  readonly begin: (atWork: number) => UnderWay | null;
  readonly whyStop: () => FuzzStop | null;
  readonly take: (underWay: UnderWay, executed: Executed) => Promise<void>;
}

class FuzzSession {
  readonly #options: FuzzOptions;
  readonly #search: Search;
  readonly #failures = new FailureSorts();
  readonly #allowed = new AllowedTally();
  readonly #faults: { run: DrawnRun; error: RunFaultError }[] = [];
  readonly #ground = new GroundKeeper();
  #corpusRuns = 0;
  #inconclusive = 0;

  constructor(options: FuzzOptions) {
    this.#options = options;
    this.#search = new Search(options);
  }

  async run(): Promise<FuzzReport> {
    const stopped = (await this.#replayCorpus()) ?? (await this.#explore());
    const { coverage, learnt } = this.#search;
    return {
      stopped, runs: learnt, corpusRuns: this.#corpusRuns, failures: this.#failures.found, different: this.#failures.different, allowed: this.#allowed.rows(), inconclusive: this.#inconclusive,
      faults: this.#faults, reached: coverage.reached, total: coverage.total, groups: coverage.groups(), ground: this.#ground.cover(),
    };
  }

  /** What was found before comes first. */
  async #replayCorpus(): Promise<FuzzStop | null> {
    const { corpus = [], execute } = this.#options;
    const next = corpus[Symbol.iterator]();
    const begin = (atWork: number): UnderWay | null => {
      const more = atWork < LAG ? next.next() : null;
      if (more === null || more.done === true) return null;
      const { file, scenario } = more.value;
      const run = { number: 0, seed: scenario.seed, scenario };
      return { run, file, executed: execute(run) };
    };
    // However many of them fail, all of them are done.
    const whyStop = (): FuzzStop | null => {
      const stop = this.#whyStop();
      return stop === 'failures' ? null : stop;
    };
    return this.#drive({ begin, whyStop, take: (underWay, executed) => this.#takeCorpusRun(underWay, executed) });
  }

  async #takeCorpusRun({ run, file }: UnderWay, executed: Executed): Promise<void> {
    this.#corpusRuns++;
    if (executed.hits !== null) this.#search.recall(run, { ...executed, isBroken: executed.result !== null });
    await this.#judge(run, executed, file);
  }

  /** Draws a fixed number of runs ahead of the one that is learnt from, so that the number of workers makes no difference. */
  async #explore(): Promise<FuzzStop> {
    const { execute, runs } = this.#options;
    const begin = (atWork: number): UnderWay | null => {
      if (!this.#search.mayDraw(atWork) || this.#search.drawn >= runs) return null;
      const run = this.#search.draw();
      return { run, file: null, executed: execute(run) };
    };
    return (await this.#drive({ begin, whyStop: () => this.#whyStop(), take: (underWay, executed) => this.#takeDrawnRun(underWay, executed) })) ?? 'runs';
  }

  async #takeDrawnRun({ run }: UnderWay, executed: Executed): Promise<void> {
    const fresh = this.#search.learn(run, executed.hits ?? new Uint8Array(), executed.moments ?? new Float64Array());
    if (fresh > 0 && executed.hits !== null && executed.result === null) this.#ground.add(run, executed.hits, fresh);
    await this.#judge(run, executed, null);
  }

  /**
   * Begins runs and takes them in their order until something says why to stop; null when nothing is left to do. However it ends, nobody
   * waits any more for the runs that are then under way: that they fail when their workers are stopped is no news.
   */
  async #drive({ begin, whyStop, take }: Driven): Promise<FuzzStop | null> {
    const underWay: UnderWay[] = [];
    while (true) {
      const stop = whyStop();
      if (stop !== null) {
        if (!isRepeatable(stop)) await takeFinished(underWay, take);
        return stop;
      }
      const next = begin(underWay.length);
      if (next !== null) underWay.push(handled(next));
      else if (underWay.length === 0) return null;
      else await this.#takeFirst(underWay.shift()!, take);
    }
  }

  async #takeFirst(first: UnderWay, take: Driven['take']): Promise<void> {
    let executed: Executed;
    try {
      executed = await first.executed;
    } catch (error) {
      // Its worker was ended with it.
      if (this.#options.signal?.aborted === true) return;
      throw error;
    }
    await take(first, executed);
  }

  async #judge(run: DrawnRun, executed: Executed, file: string | null): Promise<void> {
    const { outcome, result, fault } = executed;
    if (fault !== null) this.#faults.push({ run, error: fault });
    else this.#allowed.add(executed.anomalies);
    if (outcome === 'inconclusive') this.#inconclusive++;
    const failures = result === null ? [] : failuresOf({ scenario: run.scenario, result });
    for (const failure of failures) {
      if (!this.#failures.repeats(failure)) await this.#add({ key: corpusKey(failure), failure, run, result: result!, file, count: 1 });
    }
    this.#tell();
  }

  async #add(found: FuzzFailure): Promise<void> {
    const comesDownTo = this.#failures.add(found);
    const left = await this.#options.onFailure?.(found);
    if (left) comesDownTo(left);
  }

  #tell(): void {
    const { coverage: { reached, total }, learnt } = this.#search;
    const corpusLeft = (this.#options.corpus?.length ?? 0) - this.#corpusRuns;
    this.#options.onProgress?.({ runs: learnt, corpusLeft, reached, total, failures: this.#failures.different });
  }

  #whyStop(): FuzzStop | null {
    const { signal, isTimeOver, maxFailures, untilPlateau } = this.#options;
    if (signal?.aborted === true) return 'interrupted';
    if (isTimeOver?.() === true) return 'time';
    if (this.#failures.different >= maxFailures || this.#failures.size >= maxFailures * MOST_VARIANTS) return 'failures';
    return this.#search.sinceNew >= untilPlateau ? 'plateau' : null;
  }
}

/** Nobody may be waiting yet when it fails, as while a failure is taken care of: whoever waits later hears of it all the same. */
function handled(underWay: UnderWay): UnderWay {
  underWay.executed.catch(() => undefined);
  return underWay;
}

/** With a limit of time, or an interruption, it is chance how far it comes, so whatever is over counts. */
const isRepeatable = (stop: FuzzStop): boolean => stop !== 'time' && stop !== 'interrupted';

/** Takes those that are over, whichever are before them. */
async function takeFinished(underWay: UnderWay[], take: Driven['take']): Promise<void> {
  for (const each of underWay.splice(0)) {
    const executed = await Promise.race([each.executed.catch(() => null), new Promise<null>((resolve) => void setImmediate(resolve, null))]);
    if (executed !== null) await take(each, executed);
  }
}
