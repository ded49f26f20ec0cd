import type { Scenario } from '../../scenarios/index.js';
import type { Seeds } from './seeds.js';
import { type Shard, shardOf } from './shard.js';

/** One run that a check is to do. */
export interface PlannedRun {
  readonly scenario: Scenario;
  readonly seed: string;
}

/** What a check is to do. */
export interface CheckPlan {
  readonly scenarios: readonly Scenario[];
  /** The seeds in words. */
  readonly seeds: string;
  readonly shard: Shard | null;
  /** How many runs there are; null when that is not known. */
  readonly planned: number | null;
  readonly runs: () => Iterable<PlannedRun>;
}

export interface PlanInput {
  readonly scenarios: readonly Scenario[];
  readonly seeds: Seeds;
  readonly shard: Shard | null;
}

/** Runs that are counted one by one to know how many a shard has. */
const MAX_COUNTED = 1_000_000;

/** Every seed of every scenario. Seed by seed, so that a check that ends early has seen all scenarios equally. */
export function planSeeds({ scenarios, seeds, shard }: PlanInput): CheckPlan {
  const runs = function* (): Generator<PlannedRun> {
    for (const seed of seeds) {
      for (const scenario of scenarios) {
        if (shard === null || shardOf(scenario, seed, shard.of) === shard.index) yield { scenario, seed };
      }
    }
  };
  const all = seeds.count === null ? null : seeds.count * scenarios.length;
  const isCountable = all !== null && (shard === null || all <= MAX_COUNTED);
  const planned = !isCountable ? null : shard === null ? all : [...runs()].length;
  return { scenarios, seeds: seeds.toString(), shard, planned, runs };
}

/** Exactly these runs. */
export function planRuns(runs: readonly PlannedRun[], seeds: string): CheckPlan {
  return { scenarios: [...new Set(runs.map(({ scenario }) => scenario))], seeds, shard: null, planned: runs.length, runs: () => runs };
}
