import { concluded } from '../../campaign/check/conclude.js';
import { countsOf, thresholdCounts } from '../../campaign/check/tally.js';
import type { CheckedRun, CheckResult } from '../../campaign/index.js';
import type { RunResult } from '../../scenarios/index.js';
import { brokenRun, hostileText } from './fixtures.js';

const place = { line: 12, column: 3 };

export const aRun = (seed: string, over: Partial<CheckedRun> = {}): CheckedRun => ({
  seed, fingerprint: seed.padStart(32, '0'), outcome: 'held', violated: [], anomalies: [], notExercised: ['lease-not-early'], inconclusive: [], unmet: [], missed: [],
  events: 100, virtualMicros: 1_000_000, limit: null, history: null, ...over,
});

const broken = brokenRun();
const [unmet] = broken.verdicts.filter(({ met }) => !met);
/** The promise that the broken run breaks. */
export const brokenPromise = unmet!.invariant;

const promise = (invariant: string, expected: 'holds' | null, runs: readonly CheckedRun[]) => ({
  invariant, promise: `The promise ${invariant}.`, expected, place: expected === null ? null : place, ...countsOf(invariant, runs),
});

/** Four seeds of two scenarios: one holds, the other breaks a promise and misses a threshold, and its name is hostile. */
export function aCheck(over: Partial<CheckResult> = {}): CheckResult {
  const held = ['1', '2'].map((seed) => aRun(seed));
  const runs = [
    aRun('1', { outcome: 'broken', violated: [brokenPromise], unmet: [brokenPromise] }),
    aRun('2', { outcome: 'broken', missed: [{ expression: 'p99(endToEnd) < 50ms', actual: '61ms' }] }),
  ];
  const result: RunResult = { ...broken, seed: '1' };
  return {
    ...concluded({
      strict: false,
      parts: [{ seeds: '1..2', shard: null, planned: 4, done: 4, end: 'complete' }],
      faults: [],
      scenarios: [
        {
          scenario: { name: 'held', description: '', file: 'scenarios/held.yaml', sha256: 'a'.repeat(64), overrides: [] },
          promises: [promise(brokenPromise, 'holds', held), promise('lease-not-early', null, held)], thresholds: [], runs: held, failures: [],
        },
        {
          scenario: { name: `broken ${hostileText}`, description: '', file: 'scenarios/broken.yaml', sha256: 'b'.repeat(64), overrides: [] },
          promises: [promise(brokenPromise, 'holds', runs), promise('lease-not-early', null, runs)],
          thresholds: [{ expression: 'p99(endToEnd) < 50ms', place: { line: 15, column: 7 }, ...thresholdCounts('p99(endToEnd) < 50ms', runs) }],
          runs,
          failures: [{ causes: [brokenPromise], result }, { causes: ['p99(endToEnd) < 50ms'], result: { ...result, seed: '2', verdicts: [] } }],
        },
      ],
    }),
    ...over,
  };
}
