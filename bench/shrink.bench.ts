import { shrink } from '../campaign/index.js';
import { MUTANT_SCENARIOS } from '../test/mutants/mutant-scenarios.js';
import { median } from './median.js';
import type { BenchRow } from './row.js';

export const name = 'Shrinking: what is left of a failing run, over all mutants';

const GOAL_FAULTS = 5;
const GOAL_MESSAGES = 5;
const GOAL_SECONDS = 30;
const MILLIS_PER_SECOND = 1_000;

/** One failure of each mutant is made as small as it can be. */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const mutants = Object.entries(MUTANT_SCENARIOS).slice(0, quick ? 3 : Infinity);
  const faults: number[] = [];
  const messages: number[] = [];
  const seconds: number[] = [];
  const rows: BenchRow[] = [];
  for (const [mutant, scenario] of mutants) {
    const began = performance.now();
    const { before, after, runs } = await shrink(scenario, { mutants: [mutant] });
    const took = (performance.now() - began) / MILLIS_PER_SECOND;
    faults.push(after.faults);
    messages.push(after.messages);
    seconds.push(took);
    rows.push({ name: `${mutant}: ${before.messages} to ${after.messages} messages, ${before.faults} to ${after.faults} faults, ${runs} runs`, value: took, unit: 's' });
  }
  return [
    ...rows,
    { name: 'faults left, median', value: median(faults), unit: 'faults', goal: GOAL_FAULTS },
    { name: 'messages left, median', value: median(messages), unit: 'messages', goal: GOAL_MESSAGES },
    { name: '95 % within', value: seconds.sort((one, other) => one - other)[Math.ceil(seconds.length * 0.95) - 1] ?? 0, unit: 's', goal: GOAL_SECONDS },
  ];
}
