import { availableParallelism } from 'node:os';
import type { Seeds, Shard } from '../campaign/index.js';
import { UsageError } from './errors.js';
import type { ReporterArguments } from './reporter-plan.js';
import { parseRunTimeout } from './run-timeout.js';
import { parseTimeLimit } from './time-limit.js';

/** What `queuelab check` was told. */
export interface CheckArguments extends ReporterArguments {
  readonly files: readonly string[] | undefined;
  /** `path=value`, in the order given. */
  readonly set: readonly string[];
  readonly seeds: string | undefined;
  readonly jobs: string | undefined;
  readonly shard: string | undefined;
  /** A number, or empty for 1. */
  readonly bail: string | undefined;
  readonly duration: string | undefined;
  readonly runTimeout: string;
  readonly untilFail: boolean;
  readonly lastFailed: boolean;
  readonly strict: boolean;
  /** Names of deliberate bugs to switch on. */
  readonly mutant: readonly string[];
  /** Whether each run is made twice and compared. */
  readonly verify: boolean;
  readonly trace: string;
  /** Whether failures are left as they are. */
  readonly noShrink: boolean;
}

/** The same, read. */
export interface CheckSettings {
  readonly seeds: Seeds;
  readonly workers: number;
  readonly shard: Shard | null;
  /** Failures that end the check; infinite for none. */
  readonly bail: number;
  /** Milliseconds of real time; infinite without a limit. */
  readonly limitMillis: number;
  /** The same for one run. */
  readonly runMillis: number;
  readonly keepsHistories: boolean;
}

const DEFAULT_SEEDS = '1..100';

/** @throws UsageError */
export async function readCheckArguments(args: CheckArguments): Promise<CheckSettings> {
  const { parseShard, Seeds, SeedsError, ShardError } = await import('../campaign/index.js');
  try {
    rejectContradictions(args);
    const limitMillis = args.duration === undefined ? Infinity : await parseTimeLimit('--duration', args.duration);
    const isEndless = args.untilFail || (args.duration !== undefined && args.seeds === undefined);
    const seeds = Seeds.parse(args.seeds ?? (isEndless ? '1' : DEFAULT_SEEDS));
    return {
      seeds: isEndless ? seeds.endless() : seeds,
      workers: await parseWorkers(args.jobs),
      shard: args.shard === undefined ? null : parseShard(args.shard),
      bail: args.untilFail ? 1 : parseBail(args.bail),
      limitMillis,
      runMillis: await parseRunTimeout(args.runTimeout),
      keepsHistories: keepsHistories(args.trace),
    };
  } catch (error) {
    throw error instanceof SeedsError || error instanceof ShardError ? new UsageError(error.message) : error;
  }
}

function rejectContradictions({ lastFailed, seeds, shard, untilFail }: CheckArguments): void {
  const other = seeds !== undefined ? '--seeds' : shard !== undefined ? '--shard' : untilFail ? '--until-fail' : null;
  if (lastFailed && other !== null) throw new UsageError(`--last-failed says itself which seeds to run: leave out ${other}.`);
}

/** @throws UsageError */
export async function parseWorkers(text: string | undefined): Promise<number> {
  const { MAX_WORKERS } = await import('../campaign/index.js');
  if (text === undefined) return Math.min(MAX_WORKERS, availableParallelism());
  const workers = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (workers < 1 || workers > MAX_WORKERS) throw new UsageError(`-j ${text}: say how many workers, 1 to ${MAX_WORKERS}.`);
  return workers;
}

function parseBail(text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (text === '') return 1;
  const bail = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (bail < 1) throw new UsageError(`--bail ${text}: say after how many failed runs to stop, such as --bail=1 or --bail=5.`);
  return bail;
}

function keepsHistories(text: string): boolean {
  if (text === 'off') return false;
  if (text === 'retain-on-failure') return true;
  throw new UsageError(`--trace ${text}: a check keeps no histories (off) or those of runs that do not hold (retain-on-failure).`);
}
