import { describe, expect, it } from 'vitest';
import { evaluateConfidently, type MeasuresResult, type SteadyMeasure } from '../../measures/index.js';

const settled: SteadyMeasure = {
  state: 'settled', warmUpMicros: 0, observations: 1_000, groups: 20, isCorrelated: false,
  mean: { value: 10_000, low: 9_000, high: 11_000 },
  quantiles: { p50: { value: 8_000, low: 7_500, high: 8_500 }, p999: null },
};
const latency = {
  count: 1_000, minMicros: 1, meanMicros: 10_000, maxMicros: 90_000, p50Micros: 8_000, p90Micros: 20_000, p95Micros: 25_000, p99Micros: 40_000,
  p999Micros: 80_000, quantiles: [], histogram: '',
};

const measures = (measure: SteadyMeasure = settled): MeasuresResult => ({
  counts: { accepted: 1_000, 'dead-lettered': 3 }, rates: { throughput: 99 }, latencies: { endToEnd: latency }, gauges: {},
  steadyState: { level: 0.95, method: '', measures: { endToEnd: measure } },
});
const judge = (aggregate: string, operator: '<' | '>' | '==', limit: number, of = measures()) => evaluateConfidently(of, { aggregate, measure: 'endToEnd', operator, limit });

describe('a threshold held against an interval', () => {
  it('is met when all of it is within the limit, missed when all of it is beyond', () => {
    expect(judge('mean', '<', 12_000)).toMatchObject({ met: true, isInconclusive: false, interval: '9ms to 11ms' });
    expect(judge('mean', '<', 8_000)).toMatchObject({ met: false, isInconclusive: false });
    expect(judge('p50', '>', 7_000)).toMatchObject({ met: true, isInconclusive: false });
    expect(judge('p50', '>', 9_000)).toMatchObject({ met: false, isInconclusive: false });
  });

  it('is inconclusive when the limit lies in it', () => {
    expect(judge('mean', '<', 10_500)).toMatchObject({ met: false, isInconclusive: true });
    expect(judge('mean', '>', 9_500)).toMatchObject({ met: false, isInconclusive: true });
  });

  it('is inconclusive when no interval could be found, and says why', () => {
    expect(judge('p999', '<', 1_000_000)).toMatchObject({ isInconclusive: true, interval: 'too little beyond it to bound it' });
    const restless: SteadyMeasure = { ...settled, state: 'never-settled', mean: null, quantiles: {} };
    expect(judge('p50', '<', 1_000_000, measures(restless))).toMatchObject({ isInconclusive: true, interval: 'it never settled' });
  });

  it('of a figure without an interval is judged as it was measured', () => {
    expect(judge('max', '<', 100_000)).toMatchObject({ met: true, interval: null, isInconclusive: false });
    expect(evaluateConfidently(measures(), { aggregate: 'count', measure: 'dead-lettered', operator: '==', limit: 3 })).toMatchObject({ met: true, interval: null });
  });
});
