import { judgeScenario, type RunResult, runScenario } from '../scenarios/index.js';
import { lifeScenario } from './life-scenario.js';
import { median } from './median.js';
import { rabbitmqLifeScenario } from './rabbitmq-life-scenario.js';
import type { BenchRow } from './row.js';

export const name = 'full life of a message: send, journal, sync, acknowledge, receive, process, delete; 64-byte bodies, judge on, trace off';

/** Whole runs, the simulated world included, for their verdicts; and for their whole results. The first run of each warms up and does not count. */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const messages = quick ? 100_000 : 500_000;
  const lives = [
    { name: 'sqs personality', scenario: lifeScenario(messages) },
    { name: 'rabbitmq personality, classic queue, push with prefetch 100', scenario: rabbitmqLifeScenario(messages) },
  ];
  const rows: BenchRow[] = [];
  for (const { name, scenario } of lives) {
    rows.push({ name, value: await rateOf(() => judgeScenario(scenario), messages, quick), unit: 'messages/s', goal: 250_000 });
    rows.push({ name: 'the same with all measures', value: await rateOf(() => runScenario(scenario), messages, quick), unit: 'messages/s' });
  }
  return rows;
}

async function rateOf(run: () => Pick<RunResult, 'run' | 'outcome'>, messages: number, quick: boolean): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round <= (quick ? 2 : 5); round += 1) {
    const start = performance.now();
    const result = run();
    const seconds = (performance.now() - start) / 1000;
    if (!result.run.drained || result.outcome !== 'held') throw new Error(`the run did not hold: ${result.run.stuck.join(' ')}`);
    if (round > 0) rates.push(messages / seconds);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return median(rates);
}
