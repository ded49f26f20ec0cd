import { describe, expect, it } from 'vitest';
import { loadScenario, type Scenario } from '../../scenarios/index.js';
import { rowsOf } from './rows-of.js';

const load = (file: string, seed: number): Scenario => ({ ...loadScenario(`scenarios/${file}.yaml`), seed: String(seed) });

/** What a run shows that a queue in perfect order never would. */
function seen(scenario: Scenario): { overtaken: number; duplicates: number; falselyEmpty: number; redelivered: number } {
  const { rows, result } = rowsOf(scenario);
  const latest = new Map<string, number>();
  const known = new Set<number>();
  let [overtaken, duplicates] = [0, 0];
  for (const { event, message = 0, dest = '' } of rows) {
    if (event !== 'lease-grant') continue;
    if (known.has(message)) duplicates++;
    else if (message < (latest.get(dest) ?? 0)) overtaken++;
    else latest.set(dest, message);
    known.add(message);
  }
  return { overtaken, duplicates, falselyEmpty: result.measures.counts['falsely-empty']!, redelivered: result.measures.counts['redelivered']! };
}

// A personality that fell back to perfect order would pass every promise, and test nothing.
describe('what a queue is free to do, it does', { timeout: 60_000 }, () => {
  it.each([1, 2, 3])('a standard queue hands out of order, twice, and nothing though there is something (seed %d)', (seed) => {
    const { overtaken, duplicates, falselyEmpty } = seen(load('standard-queues/anomalies', seed));
    expect(overtaken).toBeGreaterThan(0);
    expect(duplicates).toBeGreaterThan(0);
    expect(falselyEmpty).toBeGreaterThan(0);
  });

  it.each([1, 2, 3])('and does none of it without its storage servers (seed %d)', (seed) => {
    const scenario = load('standard-queues/anomalies', seed);
    const strict = { ...scenario, queues: scenario.queues.map((queue) => ({ ...queue, replicas: null })) };
    expect(seen(strict)).toMatchObject({ overtaken: 0, duplicates: 0, falselyEmpty: 0 });
  });

  it.each([1, 2, 3])('a quorum queue delivers again what came back (seed %d)', (seed) => {
    expect(seen(load('delivery-limit-loss/broken', seed)).redelivered).toBeGreaterThan(0);
  });
});
