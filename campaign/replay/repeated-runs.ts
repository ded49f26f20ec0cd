import type { NameTable } from '../../history/index.js';
import { DivergedError, type RunOptions, type Scenario } from '../../scenarios/index.js';
import { describeParting, type Parting } from './parting.js';
import { partingOf, Tape } from './tape.js';

/** Thrown when a run comes out differently the second time, which nothing that a scenario says may cause: a fault of queuelab. */
export class UnrepeatableRunError extends Error {
  readonly code = 'QL_REPLAY_UNREPEATABLE';
  readonly parting: Parting | null;
  constructor(scenario: string, seed: string, parting: Parting | null) {
    const where = parting === null ? ['Every event is the same; the fingerprints are not.'] : describeParting(parting);
    super([`The run of ${scenario} with seed ${seed} came out differently the second time.`, ...where].join('\n'));
    this.name = 'UnrepeatableRunError';
    this.parting = parting;
  }
}

/** Goes into a run that is to be compared. */
export type RunWatch = Pick<RunOptions, 'everyTime'>;

/** What a run came to, by itself or with more that was asked for. */
type Fingerprinted = { readonly fingerprint: string };
type Made = Fingerprinted | { readonly result: Fingerprinted };

export interface RepeatedRunsOptions {
  readonly scenario: Scenario;
  readonly seed: string;
  /** False: the runs are made as they are, and nothing is compared. */
  readonly verify: boolean;
  /** Called before each run. */
  readonly onRun?: () => void;
  /** For tests: events of each run that are held whole. */
  readonly maxRows?: number;
}

/**
 * Makes the runs of one scenario with one seed. To verify them, all their events are kept, those of a run that is repeated to tell a
 * story twice, and compared with the first of all.
 *
 * @example
 * const runs = new RepeatedRuns({ scenario, seed: '7', verify: true });
 * const outcome = runs.make((watch) => judgeScenario(scenario, { seed: '7', ...watch }));
 * const result = runs.make((watch) => runScenario(scenario, { seed: '7', ...watch }));
 */
export class RepeatedRuns {
  readonly #options: RepeatedRunsOptions;
  #first: Tape | null = null;
  /** Those that are being compared with it. */
  #others: Tape[] = [];
  #fingerprint: string | null = null;

  constructor(options: RepeatedRunsOptions) {
    this.#options = options;
  }

  /** @throws UnrepeatableRunError with the first event that differs */
  make<T extends Made>(run: (watch: RunWatch) => T): T {
    const watch = this.#begin();
    try {
      return this.#compared(run(watch));
    } catch (error) {
      throw this.#told(error);
    }
  }

  /**
   * The same for runs that give way to others now and then.
   *
   * @throws UnrepeatableRunError with the first event that differs
   */
  async makeInTurns<T extends Made>(run: (watch: RunWatch) => Promise<T>): Promise<T> {
    const watch = this.#begin();
    try {
      return this.#compared(await run(watch));
    } catch (error) {
      throw this.#told(error);
    }
  }

  #begin(): RunWatch {
    this.#options.onRun?.();
    this.#others = [];
    return this.#options.verify ? { everyTime: (names) => this.#tape(names) } : {};
  }

  #tape(names: NameTable): Tape {
    const tape = new Tape(names, { maxRows: this.#options.maxRows, before: this.#first });
    if (this.#first === null) this.#first = tape;
    else this.#others.push(tape);
    return tape;
  }

  #compared<T extends Made>(made: T): T {
    if (!this.#options.verify) return made;
    const { fingerprint } = 'result' in made ? made.result : made;
    this.#fingerprint ??= fingerprint;
    if (fingerprint !== this.#fingerprint) throw this.#error();
    return made;
  }

  /** A run knows only that it could not be repeated; where is known here. */
  #told(error: unknown): unknown {
    return error instanceof DivergedError && this.#options.verify ? this.#error() : error;
  }

  #error(): UnrepeatableRunError {
    const { scenario, seed } = this.#options;
    const first = this.#first;
    const partings = first === null ? [] : this.#others.map((other) => partingOf(first, other));
    return new UnrepeatableRunError(scenario.file || scenario.name, seed, partings.find((parting) => parting !== null) ?? null);
  }
}
