import { describe, expect, it } from 'vitest';
import type { ComparedRow } from '../../../reports/run-result.js';
import { comparedHeadline, comparedWords } from '../../../reports/words/study.js';

const row = (change: Partial<ComparedRow>): ComparedRow => ({
  variant: 1, figure: 'p99(send)', unit: 'micros', better: 'lower', basis: 'whole-run', base: 3_620_000, value: 3_616_000, difference: { value: -3_400, low: -6_350, high: -476 }, verdict: 'no-change', ...change,
});
const lost = (change: Partial<ComparedRow>): string => comparedWords(row({ figure: 'lost', unit: 'number', base: 0, value: 325, ...change })).interval;

describe('a compared figure in words', () => {
  it('has its difference in the unit of the difference', () => {
    expect(comparedWords(row({}))).toMatchObject({ base: '3.62s', interval: '−6.35ms to −0.476ms' });
  });

  it('is called that of the whole run where it is a rate of one, in whose unit its difference is', () => {
    const rate = row({ figure: 'throughput', unit: 'per-second', base: 99.9, value: 100.1, difference: { value: 0.19, low: 0.0925, high: 0.2867 } });
    expect(comparedWords(rate)).toMatchObject({ figure: 'throughput, whole run', interval: '+0.0925/s to +0.287/s' });
    expect(comparedWords({ ...rate, basis: 'steady-state' }).figure).toBe('throughput, settled');
    expect(comparedWords(row({})).figure).toBe('p99(send)');
  });

  it('is in percent where it is a share, and its difference in points', () => {
    const share = row({ figure: 'ratio(redelivered)', unit: 'number', base: 0.0613, value: 0.0713, difference: { value: 0.01, low: -0.005, high: 0.025 } });
    expect(comparedWords(share)).toMatchObject({ base: '6.13 %', value: '7.13 %', interval: '−0.5 to +2.5 percentage points' });
  });

  it('is counted to the last one where it is in thousands', () => {
    const counted = row({ figure: 'lost', unit: 'number', base: 2_490, value: 12_345, difference: { value: 9_855, low: 9_851.6, high: 9_858.2 } });
    expect(comparedWords(counted)).toMatchObject({ base: '2,490', value: '12,345', interval: '+9,852 to +9,858' });
  });

  it('says why losses are worse though their interval holds 0, and no more than that elsewhere', () => {
    expect(lost({ verdict: 'regressed', difference: { value: 325, low: 0, high: 760.1 } })).toBe('0 to +760.1 (a loss counts without regard to chance)');
    expect(lost({ verdict: 'regressed', difference: { value: 325, low: null, high: null } })).toContain('without regard to chance');
    expect(lost({ verdict: 'regressed', difference: { value: 325, low: 100, high: 550 } })).toBe('+100 to +550');
    expect(comparedWords(row({ verdict: 'within-noise', difference: { value: 1, low: -1_000, high: 2_000 } })).interval).toBe('−1ms to +2ms');
  });
});

describe('the headline of a comparison', () => {
  const counts = { holds: 0, violated: 0, anomaly: 0, notExercised: 0, inconclusive: 0 };
  const headline = (rows: ComparedRow[]): string => comparedHeadline({
    schema: 'queuelab/comparison/1', version: '0.1.0', level: 0.95, tolerance: 0.01, isPaired: true, settings: [], warnings: [], delivery: [],
    variants: ['before', 'after'].map((name) => ({ name, scenario: { name, file: name, sha256: '', overrides: [] }, runs: [], latencies: {} })),
    promises: [{ variant: 1, promise: 'acked-send-not-lost', verdict: 'changed', base: { ...counts, holds: 3 }, value: { ...counts, anomaly: 3 } }],
    rows,
  }, 1);

  it('says what is worse before what is better, and whose latencies are better where messages are lost', () => {
    const rows = [
      row({ figure: 'p50(endToEnd)', verdict: 'improved' }), row({ figure: 'lost', unit: 'number', base: 0, value: 325, verdict: 'regressed' }),
    ];
    expect(headline(rows)).toBe('after: breaks, as the contract allows, what was kept (acked-send-not-lost). '
      + '1 figure worse (lost); 1 figure better (p50(endToEnd)). Where messages are lost, latencies are those of the others.');
    expect(headline([rows[0]!])).not.toContain('those of the others');
  });
});
