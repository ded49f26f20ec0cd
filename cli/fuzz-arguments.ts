import type { StrategyName } from '../campaign/index.js';
import { parseWorkers } from './check-arguments.js';
import { UsageError } from './errors.js';
import { checkMutants } from './mutant-names.js';
import { parseRunTimeout } from './run-timeout.js';
import { checkSeed, MAX_BASE_SEED_LENGTH } from './seed.js';
import { parseTimeLimit } from './time-limit.js';

/** What `queuelab fuzz` was told. */
export interface FuzzArguments {
  readonly file: string | undefined;
  readonly set: readonly string[];
  readonly runs: string | undefined;
  readonly for: string | undefined;
  readonly runTimeout: string;
  readonly untilFail: boolean;
  /** A number, or empty for the default. */
  readonly untilPlateau: string | undefined;
  readonly maxFailures: string | undefined;
  readonly jobs: string | undefined;
  readonly seed: string | undefined;
  readonly strategy: string;
  readonly beyondContract: boolean;
  readonly mutant: readonly string[];
  readonly corpus: string | undefined;
  readonly noShrink: boolean;
  readonly verify: boolean;
  readonly quiet: boolean;
  readonly noColor: boolean;
}

/** The same, read. */
export interface FuzzSettings {
  readonly runs: number;
  /** Milliseconds of real time; infinite without a limit. */
  readonly limitMillis: number;
  /** The same for one run. */
  readonly runMillis: number;
  readonly untilPlateau: number;
  readonly maxFailures: number;
  readonly workers: number;
  readonly strategy: StrategyName;
  readonly mutants: readonly string[];
}

const DEFAULT_RUNS = 1_000;
const DEFAULT_PLATEAU = 200;
const DEFAULT_MAX_FAILURES = 5;
const MAX_RUNS = 1_000_000_000;

/** @throws UsageError */
export async function readFuzzArguments(args: FuzzArguments): Promise<FuzzSettings> {
  const { STRATEGY_NAMES } = await import('../campaign/index.js');
  const limitMillis = args.for === undefined ? Infinity : await parseTimeLimit('--for', args.for);
  const isEndless = args.untilFail || args.for !== undefined || args.untilPlateau !== undefined;
  const strategy = STRATEGY_NAMES.find((name) => name === args.strategy);
  if (strategy === undefined) throw new UsageError(`--strategy ${args.strategy}: choose one of ${STRATEGY_NAMES.join(', ')}.`);
  await checkMutants(args.mutant);
  checkSeed(args.seed, MAX_BASE_SEED_LENGTH);
  return {
    runs: args.runs === undefined ? (isEndless ? Infinity : DEFAULT_RUNS) : parseCount('--runs', args.runs, MAX_RUNS),
    limitMillis,
    runMillis: await parseRunTimeout(args.runTimeout),
    untilPlateau: args.untilPlateau === undefined ? Infinity : args.untilPlateau === '' ? DEFAULT_PLATEAU : parseCount('--until-plateau', args.untilPlateau, MAX_RUNS),
    maxFailures: args.untilFail ? 1 : args.maxFailures === undefined ? DEFAULT_MAX_FAILURES : parseCount('--max-failures', args.maxFailures, MAX_RUNS),
    workers: await parseWorkers(args.jobs),
    strategy,
    mutants: args.mutant,
  };
}

function parseCount(flag: string, text: string, most: number): number {
  const count = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) throw new UsageError(`${flag} ${text}: say a number from 1 to ${most}.`);
  return count;
}
