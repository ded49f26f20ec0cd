import type { NameTable } from '../../history/index.js';
import { judgeScenario, retell, type RunAsyncOptions, type RunOptions, type Scenario } from '../../scenarios/index.js';
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

type Fingerprinted = { readonly fingerprint: string };
type Observe = (names: NameTable) => Tape;
/**
 * Two runs of a scenario whose events are compared.
 *
 * @example
 * const pair = new RunPair(scenario, '7');
 * const run = () => judgeScenario(scenario, { seed: '7', observers: [pair.observe] });
 * pair.compare(run(), run());
 */
export class RunPair {
  readonly #scenario: Scenario;
  readonly #seed: string;
  readonly #maxRows: number | undefined;
  readonly #tapes: Tape[] = [];

  /** @param maxRows for tests: events of each run that are held whole */
  constructor(scenario: Scenario, seed: string, maxRows?: number) {
    this.#scenario = scenario;
    this.#seed = seed;
    this.#maxRows = maxRows;
  }

  /** Observes the next of the two. */
  readonly observe: Observe = (names) => {
    const tape = new Tape(names, { maxRows: this.#maxRows, before: this.#tapes[0] ?? null });
    this.#tapes.push(tape);
    return tape;
  };

  /** @throws UnrepeatableRunError with the first event that differs */
  compare(first: Fingerprinted, second: Fingerprinted): void {
    if (first.fingerprint !== second.fingerprint) throw this.error();
  }

  /** Says where the two differ. */
  error(): UnrepeatableRunError {
    const [one, other] = this.#tapes;
    const parting = one === undefined || other === undefined ? null : partingOf(one, other);
    return new UnrepeatableRunError(this.#scenario.file || this.#scenario.name, this.#seed, parting);
  }
}

/** What a run is made of that is made twice. */
type Options = Pick<RunOptions, 'mutants' | 'maxEvents'> & { readonly seed: string };
type Judge = typeof judgeScenario;

/**
 * Runs a scenario twice and compares every event.
 *
 * @param judge for tests: what makes a run
 * @throws UnrepeatableRunError with the first event that differs
 */
export function verifyRun(scenario: Scenario, options: Options, { judge = judgeScenario, maxRows }: { readonly judge?: Judge; readonly maxRows?: number } = {}): void {
  const pair = new RunPair(scenario, options.seed, maxRows);
  const run = (): Fingerprinted => judge(scenario, { ...options, observers: [pair.observe] });
  pair.compare(run(), run());
}

/**
 * The same, giving way to others now and then.
 *
 * @throws UnrepeatableRunError with the first event that differs
 * @throws InterruptedError when the signal is aborted
 */
export async function verifyInTurns(scenario: Scenario, options: Options & Pick<RunAsyncOptions, 'signal'>): Promise<void> {
  const pair = new RunPair(scenario, options.seed);
  const run = (): Promise<Fingerprinted> => retell(scenario, [], { ...options, observers: [pair.observe] });
  pair.compare(await run(), await run());
}
