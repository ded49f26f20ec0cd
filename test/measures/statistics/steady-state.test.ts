import { describe, expect, it } from 'vitest';
import { LatencyRecorder, meanEstimate, pairedDifference, type SettledDurations, steadyDurations, steadyMean, type Unsettled } from '../../../measures/index.js';
import type { Settled } from '../../../measures/statistics/steady-state.js';
import { exponential, RandomStreams } from '../../../sim/kernel/index.js';

const SERVICE = 1_000;

/** Times in an M/M/1 queue with mean service 1 ms, by Lindley's recursion, which begins empty. */
function mm1(seed: string, utilisation: number, customers: number): LatencyRecorder {
  const streams = new RandomStreams(seed);
  const [arrivals, services] = [streams.stream('arrivals'), streams.stream('services')];
  const [gap, service] = [exponential(SERVICE / utilisation), exponential(SERVICE)];
  const clock = { endMicros: 0 };
  const recorder = new LatencyRecorder(clock);
  let wait = 0;
  let now = 0;
  for (let n = 0; n < customers; n++) {
    const served = service.sample(services);
    clock.endMicros = Math.round(now);
    recorder.record(Math.round(wait + served));
    const next = gap.sample(arrivals);
    now += next;
    wait = Math.max(0, wait + served - next);
  }
  return recorder;
}

const steadyState = ({ batches, histogram }: LatencyRecorder): SettledDurations | Unsettled => steadyDurations(batches, histogram, 0.95);

const holds = ({ low, high }: { readonly low: number; readonly high: number }, truth: number): boolean => low <= truth && truth <= high;

/** Of so many runs of an M/M/1 queue: how many have an interval of a figure, and how many of these hold the true one. */
function coverage(utilisation: number, customers: number, seeds: number) {
  const runs = Array.from({ length: seeds }, (_, n) => steadyState(mm1(`seed ${n}`, utilisation, customers)));
  const states = runs.filter((run): run is SettledDurations => typeof run !== 'string');
  // A time in the system is exponential with mean service / (1 - utilisation).
  const mean = SERVICE / (1 - utilisation);
  const truths = { mean, p50: mean * Math.LN2, p90: mean * Math.LN10, p95: mean * Math.log(20), p99: mean * 2 * Math.LN10 };
  const of = (figure: keyof typeof truths) => {
    const intervals = states.flatMap(({ mean: ofMean, quantiles }) => (figure === 'mean' ? ofMean : quantiles[figure]) ?? []);
    const held = intervals.filter((interval) => holds(interval, truths[figure])).length;
    return { given: intervals.length / seeds, held: held / intervals.length, wrong: (intervals.length - held) / seeds, width: intervals.reduce((sum, { low, high }) => sum + high - low, 0) / intervals.length / truths[figure] };
  };
  return { settled: states.length / seeds, mean: of('mean'), p50: of('p50'), p90: of('p90'), p95: of('p95'), p99: of('p99') };
}

/** Of 120 intervals at 95 %, 114 hold the true figure, give or take 5. */
const ABOUT_NOMINAL = 0.91;

describe('steady state of M/M/1', () => {
  it.each([
    ['half busy', 0.5, 50_000, 0.3, ['mean', 'p50', 'p90', 'p95', 'p99']],
    ['of the bundled scenario', 0.8, 30_000, 0.8, ['mean', 'p50', 'p90', 'p95', 'p99']],
    ['busier than so short a run can tell well', 0.9, 30_000, 1.1, ['mean', 'p90', 'p95']],
  ] as const)('%s: the intervals hold the true figure about as often as they say', { timeout: 60_000 }, (_, utilisation, customers, widest, figures) => {
    const found = coverage(utilisation, customers, 120);
    expect(found.settled).toBeGreaterThan(0.95);
    for (const figure of figures) {
      expect(found[figure].given, `${figure} given`).toBeGreaterThan(0.6);
      expect(found[figure].held, `${figure} held`).toBeGreaterThanOrEqual(ABOUT_NOMINAL);
      expect(found[figure].width, `${figure} width`).toBeLessThan(widest);
    }
  });

  it.each([[0.8, 3_000, 0.02], [0.9, 30_000, 0.15]])('hardly ever has an interval of a tail of which a run saw a burst or two (busy %d, %i messages)', (utilisation, customers, given) => {
    const { p99 } = coverage(utilisation, customers, 120);
    expect(p99.given).toBeLessThan(given);
    // Of all runs few take their bursts for independent and are wrong.
    expect(p99.wrong).toBeLessThanOrEqual(0.075);
  });
});

describe('a steady state', () => {
  it('takes more than a few durations', () => {
    expect(steadyState(mm1('few', 0.5, 199))).toBe('too-few');
  });

  it('is not there in an overloaded system', () => {
    expect(steadyState(mm1('over', 1.5, 20_000))).toBe('never-settled');
  });

  it('leaves out a slow start', () => {
    const clock = { endMicros: 0 };
    const recorder = new LatencyRecorder(clock);
    for (let n = 0; n < 6_000; n++) {
      clock.endMicros = n * 1_000;
      recorder.record(n < 600 ? 50_000 : 1_000 + (n * 7_919) % 100);
    }
    const state = steadyState(recorder) as SettledDurations;
    expect(state.warmUpMicros).toBeGreaterThan(500_000);
    expect(state.warmUpMicros).toBeLessThan(1_200_000);
    expect(state.mean.value).toBeLessThan(1_100);
  });
});

describe('all of a settled run', () => {
  it.each([20, 43, 63])('is in the groups, whatever does not divide evenly (%s values)', (length) => {
    const values = Float64Array.from({ length }, (_, n) => (n % 2 === 0 ? 1 : 3) + n / 1_000);
    const { mean } = steadyMean(values, 0.95) as Settled;
    expect(mean.value).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / length, 10);
  });

  it('counts every duration after the warm-up, those after the last whole batch too', () => {
    const recorder = new LatencyRecorder({ endMicros: 0 });
    for (let n = 0; n < 1_013; n++) recorder.record(n % 2 === 0 ? 1_000 : 3_000);
    expect(steadyState(recorder)).toMatchObject({ observations: 1_013, warmUp: 0, mean: { value: expect.closeTo(recorder.histogram.meanMicros, 6) as number } });
  });
});

describe('intervals over runs', () => {
  it('of one run say nothing', () => {
    expect(meanEstimate([5], 0.95)).toEqual({ value: 5, low: -Infinity, high: Infinity });
  });

  it('of pairs are narrower than what their members vary', () => {
    const first = [10, 20, 30, 40, 50];
    const difference = pairedDifference(first, first.map((value, n) => value + 1 + (n % 2) / 10), 0.95);
    expect(difference.low).toBeGreaterThan(0.9);
    expect(difference.high).toBeLessThan(1.2);
  });
});
