import { runScenario, type Scenario } from '../scenarios/index.js';
import { lifeScenario } from './life-scenario.js';
import { median } from './median.js';
import { rabbitmqLifeScenario } from './rabbitmq-life-scenario.js';
import type { BenchRow } from './row.js';

export const name = 'full life of a message: send, journal, sync, acknowledge, receive, process, delete; judge and measures on, trace off';

/** Whole runs, the simulated world included. The first run warms up and does not count. */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const messages = quick ? 100_000 : 500_000;
  return [
    { name: 'sqs personality, 64-byte bodies', value: await rateOf(lifeScenario(messages), messages, quick), unit: 'messages/s', goal: 250_000 },
    {
      name: 'rabbitmq personality, classic queue, push with prefetch 100, 64-byte bodies', value: await rateOf(rabbitmqLifeScenario(messages), messages, quick),
      unit: 'messages/s', goal: 250_000,
    },
  ];
}

async function rateOf(scenario: Scenario, messages: number, quick: boolean): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round <= (quick ? 2 : 5); round += 1) {
    const start = performance.now();
    const result = runScenario(scenario);
    const seconds = (performance.now() - start) / 1000;
    if (!result.run.drained || result.outcome !== 'held') throw new Error(`the run did not hold: ${result.run.stuck.join(' ')}`);
    if (round > 0) rates.push(messages / seconds);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return median(rates);
}
