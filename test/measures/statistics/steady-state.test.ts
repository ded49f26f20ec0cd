import { describe, expect, it } from 'vitest';
import { LatencyRecorder, meanEstimate, pairedDifference, type SettledDurations, steadyDurations, type Unsettled } from '../../../measures/index.js';
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

describe('steady state of M/M/1', () => {
  const runs = Array.from({ length: 40 }, (_, n) => steadyState(mm1(`seed ${n}`, 0.5, 50_000)));
  const states = runs.filter((run): run is SettledDurations => typeof run !== 'string');
  // A time in the system is exponential with mean service / (1 - utilisation).
  const mean = SERVICE / 0.5;

  it('is found', () => {
    expect(states.length).toBeGreaterThan(36);
  });

  it('intervals hold the true mean about as often as they say, and are narrow', () => {
    expect(states.filter((state) => holds(state.mean, mean)).length / states.length).toBeGreaterThan(0.84);
    for (const { mean: { low, high } } of states) expect(high - low).toBeLessThan(0.15 * mean);
  });

  it('intervals hold the true quantiles', () => {
    for (const [name, logarithm] of [['p50', Math.LN2], ['p90', Math.LN10], ['p99', 2 * Math.LN10]] as const) {
      const truth = mean * logarithm;
      const held = states.filter(({ quantiles }) => holds({ low: quantiles[name]!.low, high: quantiles[name]!.high }, truth));
      expect(held.length / states.length, name).toBeGreaterThan(0.84);
      for (const { quantiles } of states) expect(quantiles[name]!.value / truth).toBeGreaterThan(0.7);
    }
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
