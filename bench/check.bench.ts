import { availableParallelism } from 'node:os';
import { checkScenarios, planSeeds, RunPool, Seeds } from '../campaign/index.js';
import { smallScenario } from './check-scenario.js';
import { median } from './median.js';
import type { BenchRow } from './row.js';

export const name = 'check of a small scenario: 1,000 messages, 3 faults; judge and measures on, workers started beforehand';

/** Whole checks, of as many seeds a round for each worker. The first round of each warms up and does not count. */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const alone = await runsPerSecond(1, quick);
  const rows: BenchRow[] = [{ name: 'one worker', value: alone, unit: 'runs/s', goal: 100 }];
  if (availableParallelism() < 2) return rows;
  const both = await runsPerSecond(2, quick);
  return [...rows, { name: 'two workers', value: both, unit: 'runs/s' }, { name: 'two workers against one', value: both / alone, unit: 'x', goal: 1.8 }];
}

async function runsPerSecond(workers: number, quick: boolean): Promise<number> {
  const seeds = workers * (quick ? 100 : 400);
  const scenario = smallScenario();
  const pool = new RunPool({ workers });
  const rates: number[] = [];
  try {
    for (let round = 0; round <= (quick ? 2 : 5); round++) {
      const plan = planSeeds({ scenarios: [scenario], seeds: Seeds.parse(`1..${seeds}`), shard: null });
      const start = performance.now();
      const { answer } = await checkScenarios({ plan, pool });
      const seconds = (performance.now() - start) / 1000;
      if (answer !== 'held') throw new Error(`the check did not hold: ${answer}`);
      if (round > 0) rates.push(seeds / seconds);
    }
  } finally {
    await pool.close();
  }
  return median(rates);
}
