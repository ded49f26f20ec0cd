import { judgeScenario, type RunOptions, type RunOutcome, type RunResult, runScenario } from '../../scenarios/index.js';
import { type GroupCoverage, type ObservedRun, runObserved } from '../coverage/index.js';
import { RepeatedRuns } from '../replay/index.js';
import type { DrawnRun } from './draw/draw-run.js';
import { Search, type SearchOptions } from './search/search.js';

export interface HuntOptions extends SearchOptions {
  /** Runs at most. */
  readonly maxRuns: number;
  /** Deliberate bugs to switch on, by name. Default none. */
  readonly mutants?: readonly string[];
  /** Ends a run as inconclusive beyond this many events. Default {@link FUZZ_MAX_EVENTS}. */
  readonly maxEvents?: number;
  /** Whether each run is made twice; one that comes out differently ends the hunt with an `UnrepeatableRunError`. Default false. */
  readonly verify?: boolean;
  /** Whether a result is what the hunt is for. Default: some promise was violated. */
  readonly isPrey?: (result: RunOutcome) => boolean;
  /** Called before each run, and before the find is run once more. */
  readonly onRun?: () => void;
}

/** A run that broke a promise: everything that is needed to do it again. */
export interface Prey {
  readonly run: DrawnRun;
  readonly result: RunResult;
}

export interface HuntResult {
  readonly found: boolean;
  /** Runs that were done, that of the find included: how many seeds it took. */
  readonly runs: number;
  /** Null when nothing was found. */
  readonly failure: Prey | null;
  readonly reached: number;
  readonly total: number;
  readonly groups: readonly GroupCoverage[];
}

/** A run of a hundred messages has some thousand events; one that has many more goes round in circles. */
export const FUZZ_MAX_EVENTS = 300_000;

/**
 * Fuzzes in this thread until the first run that breaks a promise. The same options give the same result on every machine, and
 * the same runs as `queuelab fuzz` with this seed and strategy does on any number of workers.
 *
 * To measure how hard a bug is to find, hunt it with several base seeds and look at `runs`:
 *
 * @example
 * const seedsToFind = ['1', '2', '3'].map((baseSeed) =>
 *   hunt({ scenario, strategy: 'swarm', baseSeed, maxRuns: 500, mutants: ['reply-before-durable'] }).runs);
 *
 * `failure.run.scenario` is explicit: `runScenario(failure.run.scenario, { seed: failure.run.seed, mutants })` fails again, and
 * it is what shrinking starts from. A bug that only shows under faults which the contract does not cover needs
 * `beyondContract: true`; a hunt for one promise alone takes `isPrey`.
 */
export function hunt(options: HuntOptions): HuntResult {
  const { maxRuns, mutants = [], maxEvents = FUZZ_MAX_EVENTS, isPrey = breaksPromise, onRun = () => undefined, verify = false } = options;
  const search = new Search(options);
  const underWay: { readonly run: DrawnRun; readonly observed: ObservedRun }[] = [];
  let failure: Prey | null = null;
  const stumbles: unknown[] = [];
  while (failure === null && search.drawn < maxRuns) {
    while (!search.mayDraw(underWay.length)) learnFirst(search, underWay);
    const run = search.draw();
    const { scenario, seed } = run;
    const made: RunOptions = { seed, mutants, maxEvents };
    const repeated = new RepeatedRuns({ scenario, seed, verify, onRun });
    const observed = observe(() => repeated.make((watch) => runObserved(scenario, { ...made, ...watch })), { mutants, stumbles });
    if (observed === null) continue;
    if (verify) repeated.make((watch) => judgeScenario(scenario, { ...made, ...watch }));
    if (isPrey(observed.result)) failure = { run, result: repeated.make((watch) => runScenario(scenario, { ...made, ...watch })) };
    underWay.push({ run, observed });
  }
  while (underWay.length > 0) learnFirst(search, underWay);
  if (failure === null && stumbles.length > 0) throw stumbles[0];
  const { reached, total } = search.coverage;
  return { found: failure !== null, runs: search.drawn, failure, reached, total, groups: search.coverage.groups() };
}

interface Stumbling {
  readonly mutants: readonly string[];
  /** What was thrown so far. */
  readonly stumbles: unknown[];
}

/** With a deliberate bug, the engine may stumble over what that bug has made: null, and the hunt goes on for a run that can be judged. */
function observe(run: () => ObservedRun, { mutants, stumbles }: Stumbling): ObservedRun | null {
  try {
    return run();
  } catch (error) {
    if (mutants.length === 0) throw error;
    stumbles.push(error);
    return null;
  }
}

function learnFirst(search: Search, underWay: { readonly run: DrawnRun; readonly observed: ObservedRun }[]): void {
  const first = underWay.shift();
  if (first !== undefined) search.learn(first.run, first.observed.hits, first.observed.moments);
}

/** Whether some promise was violated, against the contract of the run. */
export const breaksPromise = ({ verdicts }: Pick<RunOutcome, 'verdicts'>): boolean => verdicts.some(({ verdict }) => verdict === 'violated');
