import { expect, it } from 'vitest';
import { runScenario } from '../../scenarios/index.js';
import { loadLibrary } from './library.js';

const SEEDS = 32;
/** Of processor time: a machine that is busy with other things takes longer. */
const MAX_CPU_SECONDS = 20;

it(`${SEEDS} seeds run twice give each its own fingerprint both times, in less than ${MAX_CPU_SECONDS} s`, () => {
  const scenario = { ...loadLibrary().get('consumer-crash')!, durationMicros: 5_000_000 };
  const before = process.cpuUsage();
  const prints = new Set<string>();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const [first, second] = [1, 2].map(() => runScenario(scenario, { seed: `${seed}` }));
    expect(second).toEqual(first);
    prints.add(first!.fingerprint);
  }
  const { user, system } = process.cpuUsage(before);
  expect(prints.size).toBe(SEEDS);
  expect((user + system) / 1e6).toBeLessThan(MAX_CPU_SECONDS);
}, 120_000);
