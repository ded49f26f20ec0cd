import { runScenarioAsync } from '../scenarios/index.js';
import { lifeScenario } from './life-scenario.js';
import type { BenchRow } from './row.js';

export const name = 'memory while messages pass through a queue that keeps up';

const MEGABYTE = 1024 * 1024;
/** Share of the run after which memory counts as warmed up. */
const WARM_UP = 0.2;

export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const messages = quick ? 1_000_000 : 10_000_000;
  const scenario = lifeScenario(messages);
  const resident: number[] = [];
  const result = await runScenarioAsync(scenario, { onProgress: () => resident.push(process.memoryUsage.rss() / MEGABYTE) });
  if (!result.run.drained) throw new Error(`the run did not drain: ${result.run.stuck.join(' ')}`);
  const warm = resident.slice(Math.floor(resident.length * WARM_UP));
  const tenth = Math.max(1, Math.floor(warm.length / 10));
  const mean = (figures: readonly number[]): number => figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
  const millions = messages / 1e6;
  return [
    { name: `${millions} M messages: highest resident size`, value: Math.max(...resident), unit: 'MB', goal: 300 },
    { name: `${millions} M messages: growth from the first to the last tenth after warm-up`, value: mean(warm.slice(-tenth)) - mean(warm.slice(0, tenth)), unit: 'MB', goal: 0 },
  ];
}
