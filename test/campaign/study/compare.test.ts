import { describe, expect, it } from 'vitest';
import { compareVariants, type DeliverySummary, parseFigure, StudyError, type Variant } from '../../../campaign/index.js';
import { type RunResult, runScenario, type Verdict } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';

const exponential = (mean: number) => ({ kind: 'exponential', mean }) as const;

/** A queue whose servers take so long, with each of some seeds. */
function variant(name: string, serviceMicros: number, seeds: readonly string[] = ['1', '2', '3', '4']): Variant {
  const scenario = aScenario({
    name, durationMicros: 10 * SECOND,
    producers: [aProducer({ interval: exponential(10 * MILLISECOND), messages: Infinity })],
    consumers: [aConsumer('server', { concurrency: 1, batchSize: 1, handler: { time: exponential(serviceMicros) } })],
    network: { latency: constant(1), bandwidthBytesPerSecond: Infinity, loss: 0 },
    broker: { cpuCost: 0, flush: 'never' },
    settings: [{ path: 'consumers.server.handler.time', value: String(serviceMicros), isDefault: false }],
  });
  return { name, results: seeds.map((seed) => runScenario(scenario, { seed })) };
}

const judged = ({ name, results }: Variant, verdict: Verdict): Variant => ({ name, results: results.map((result) => ({ ...result, verdicts: result.verdicts.map((one) => (one.invariant === 'drains' ? { ...one, verdict } : one)) })) });

const base = variant('base', 5 * MILLISECOND);
const figures = ['mean(endToEnd)', 'p99(endToEnd)', 'throughput'].map(parseFigure);
const compare = (other: Variant, tolerance = 0.01) => compareVariants([base, other], { figures, tolerance });
const verdict = (other: Variant, figure = 'mean(endToEnd)', tolerance = 0.01) => compare(other, tolerance).rows.find((row) => row.figure === figure)!.verdict;

describe('a comparison', { timeout: 60_000 }, () => {
  it('sees what became slower and what became faster, with few seeds, because they are the same', () => {
    expect(verdict(variant('slower', 5.5 * MILLISECOND))).toBe('regressed');
    expect(verdict(variant('faster', 4.5 * MILLISECOND))).toBe('improved');
  });

  it('calls equal runs no change, and a difference within the tolerance, too', () => {
    expect(compare(variant('same', 5 * MILLISECOND)).rows.every((row) => row.verdict === 'no-change')).toBe(true);
    expect(verdict(variant('slower', 5.5 * MILLISECOND), 'mean(endToEnd)', 0.9)).toBe('no-change');
  });

  it('calls what other seeds alone may do noise', () => {
    const { rows, isPaired } = compare(variant('other seeds', 5 * MILLISECOND, ['5', '6', '7', '8']));
    expect(isPaired).toBe(false);
    expect(rows.find(({ figure }) => figure === 'mean(endToEnd)')!.verdict).toBe('within-noise');
  });

  it('says nothing for sure of single runs but what their intervals bound', () => {
    const one = variant('one', 5 * MILLISECOND, ['1']);
    const rows = compareVariants([one, variant('two', 9 * MILLISECOND, ['1'])], { tolerance: 0.01, figures: [...figures, parseFigure('max(endToEnd)')] }).rows;
    expect(rows.find(({ figure }) => figure === 'mean(endToEnd)')!.verdict).toBe('regressed');
    expect(rows.find(({ figure }) => figure === 'max(endToEnd)')).toMatchObject({ verdict: 'inconclusive', difference: { low: null, high: null } });
  });

  it('is not certain of two seeds that differ by the same, and has no interval below 0 of what was 0', () => {
    const counting = (name: string, counts: readonly number[]): Variant => ({ name, results: base.results.slice(0, counts.length).map((result, index) => ({ ...result, measures: { ...result.measures, counts: { ...result.measures.counts, 'dead-lettered': counts[index]! } } })) });
    const row = (before: readonly number[], now: readonly number[]) => compareVariants([counting('before', before), counting('now', now)], { tolerance: 0.01, figures: [parseFigure('dead-lettered')] }).rows.at(-1)!;
    expect(row([85, 90], [87, 92])).toMatchObject({ verdict: 'inconclusive', difference: { value: 2, low: null, high: null } });
    expect(row([85, 90], [85, 90])).toMatchObject({ verdict: 'no-change', difference: { value: 0, low: 0, high: 0 } });
    expect(row([85, 90, 80, 70], [95, 100, 90, 80])).toMatchObject({ verdict: 'regressed' });
    expect(row([0, 0, 0, 0], [0, 0, 900, 0])).toMatchObject({ verdict: 'within-noise', difference: { low: 0 } });
    expect(row([0, 0, 900, 0], [0, 0, 0, 0])).toMatchObject({ verdict: 'within-noise', difference: { high: 0 } });
  });

  it('tells which settings differ, what is delivered, and the distribution over all seeds', () => {
    const { settings, delivery, variants } = compare(variant('slower', 6 * MILLISECOND));
    expect(settings).toEqual([{ path: 'consumers.server.handler.time', values: ['5000', '6000'] }]);
    expect(delivery[0]).toMatchObject({ lost: 0, duplicated: 0 });
    expect(variants[0]!.latencies['endToEnd']!.count).toBe(base.results.reduce((sum, { measures }) => sum + measures.latencies['endToEnd']!.count, 0));
  });

  it('shows all runs over time: their mean, and the least and the most of them', () => {
    const { overTime } = compare(variant('slower', 6 * MILLISECOND)).variants[0]!;
    const at = (step: number) => base.results.map(({ series }) => series.values['backlog']![step]!);
    expect(overTime).toMatchObject({ seed: '1', seeds: ['1', '2', '3', '4'] });
    for (const step of [10, 100, 400]) {
      expect(overTime!.series.values['backlog']![step]).toBeCloseTo(at(step).reduce((sum, value) => sum + value, 0) / 4, 9);
      expect(overTime!.bands!['backlog']!.low[step]).toBe(Math.min(...at(step)));
      expect(overTime!.bands!['backlog']!.high[step]).toBe(Math.max(...at(step)));
    }
    expect(compareVariants([{ ...base, results: base.results.slice(0, 1) }, variant('one', 6 * MILLISECOND, ['1'])], { figures, tolerance: 0.01 }).variants[0]!.overTime!.bands).toBeUndefined();
  });

  it('puts runs of different steps on the coarsest grid', () => {
    const long: Variant = { ...base, results: base.results.map((result, index) => (index === 0 ? { ...result, series: { ...result.series, stepMicros: 2 * result.series.stepMicros, values: { backlog: [4, 4] } } } : { ...result, series: { ...result.series, values: { backlog: [0, 2, 1, 3] } } })) };
    const { overTime } = compareVariants([long, base], { figures, tolerance: 0.01 }).variants[0]!;
    expect(overTime!.series).toMatchObject({ stepMicros: 2 * base.results[0]!.series.stepMicros, values: { backlog: [(4 + 3 * 1) / 4, (4 + 3 * 2) / 4] } });
  });

  it('tells what having each effect once costs', () => {
    const once: Variant = { name: 'once', results: base.results.map((result) => ({ ...result, measures: { ...result.measures, deduplication: { lookups: 2 * result.measures.counts['send-ok']!, found: 10, remembered: 700, busyMicros: 1_000 * result.measures.counts['send-ok']! } } })) };
    const [without, withIds] = compareVariants([base, once], { figures, tolerance: 0.01 }).delivery as [DeliverySummary, DeliverySummary];
    expect(without).toMatchObject({ lookupsPerMessage: 0, lookupMicrosPerMessage: 0, idsRemembered: 0 });
    expect(withIds).toMatchObject({ lookupsPerMessage: 2, lookupMicrosPerMessage: 1_000, idsRemembered: 700 });
    // Messages come at random and take 5 ms each on average.
    expect(without.handlingMicrosPerMessage).toBeGreaterThan(4 * MILLISECOND);
    expect(without.handlingMicrosPerMessage).toBeLessThan(6 * MILLISECOND);
  });

  it.each([
    ['holds', 'violated', 'regressed'], ['not-exercised', 'violated', 'regressed'], ['violated', 'holds', 'improved'], ['holds', 'holds', 'no-change'],
    ['holds', 'not-exercised', 'changed'], ['holds', 'inconclusive', 'inconclusive'], ['violated', 'violated', 'no-change'], ['holds', 'anomaly', 'changed'],
  ] as const)('of a promise that was %s and is %s now says %s', (before, now, expected) => {
    const { promises } = compareVariants([judged(base, before), judged(base, now)], { figures, tolerance: 0.01 });
    expect(promises.find(({ promise }) => promise === 'drains')).toMatchObject({ verdict: expected });
  });

  it('needs one broken run alone to call a promise broken, and calls it mended for the same seeds alone', () => {
    const broken = { ...base, results: [...base.results.slice(1), ...judged(base, 'violated').results.slice(0, 1)].sort((left, right) => Number(left.seed) - Number(right.seed)) };
    const drains = (from: Variant, to: Variant) => compareVariants([from, to], { figures, tolerance: 0.01 }).promises.find(({ promise }) => promise === 'drains')!;
    expect(drains(base, broken)).toMatchObject({ verdict: 'regressed', base: { holds: 4 }, value: { holds: 3, violated: 1 } });
    expect(drains(broken, base).verdict).toBe('improved');
    expect(drains(broken, variant('other seeds', 5 * MILLISECOND, ['5', '6', '7', '8'])).verdict).toBe('within-noise');
  });

  it('has a row for what is lost, whatever figures are asked for, and one lost message in one run is worse', () => {
    const losing: Variant = { ...base, results: base.results.map((result, index) => (index === 0 ? { ...result, measures: { ...result.measures, counts: { ...result.measures.counts, effects: result.measures.counts['effects']! - 1 } } } : result)) };
    const lost = (from: Variant, to: Variant) => compareVariants([from, to], { figures, tolerance: 0.01 }).rows.find(({ figure }) => figure === 'lost')!;
    expect(lost(base, base)).toMatchObject({ verdict: 'no-change', base: 0, value: 0 });
    expect(lost(base, losing)).toMatchObject({ verdict: 'regressed', value: 0.25 });
    expect(lost(losing, losing).verdict).toBe('no-change');
    // What was published twice is one message.
    const again: Variant = { ...base, results: base.results.map((result) => ({ ...result, measures: { ...result.measures, counts: { ...result.measures.counts, 'send-ok': result.measures.counts['send-ok']! + 1 } } })) };
    expect(lost(base, again)).toMatchObject({ verdict: 'no-change', value: 0 });
  });

  it('holds like against like: a run that never settled is compared whole, and so is what it is held against', () => {
    const settled = variant('settled', 5 * MILLISECOND, ['1']);
    const restless = { ...settled, name: 'restless', results: settled.results.map((result) => ({ ...result, measures: { ...result.measures, steadyState: { level: 0.95, method: '', measures: {} } } })) };
    const row = (other: Variant) => compareVariants([settled, other], { tolerance: 0.01, figures: [parseFigure('mean(endToEnd)')] }).rows.at(-1)!;
    const [{ measures }] = settled.results as [RunResult];
    expect(row(variant('other', 6 * MILLISECOND, ['1']))).toMatchObject({ basis: 'steady-state', base: measures.steadyState!.measures['endToEnd']!.mean!.value });
    expect(row(restless)).toMatchObject({ basis: 'whole-run', base: measures.latencies['endToEnd']!.meanMicros, value: measures.latencies['endToEnd']!.meanMicros });
    expect(row({ ...variant('slower', 9 * MILLISECOND, ['1']), results: variant('slower', 9 * MILLISECOND, ['1']).results.map((result) => ({ ...result, measures: { ...result.measures, steadyState: { level: 0.95, method: '', measures: {} } } })) })).toMatchObject({ basis: 'whole-run', verdict: 'inconclusive' });
  });

  it('warns of other loads, seeds, versions and faults, and of the same runs', () => {
    const warnings = (other: Variant) => compareVariants([base, other], { figures, tolerance: 0.01 }).warnings.join(' ');
    const changed = (change: (result: RunResult) => RunResult): Variant => ({ name: 'other', results: variant('base', 6 * MILLISECOND).results.map(change) });
    const at = (value: string) => changed((result) => ({ ...result, settings: [...result.settings, { path: 'producers.other.rate', value, isDefault: false }] }));
    expect(warnings(variant('other', 6 * MILLISECOND))).toBe('');
    expect(warnings(at('200/s'))).toContain('offered different loads (producers.*.rate: none, 200/s)');
    expect(warnings(variant('other', 6 * MILLISECOND, ['5', '6', '7', '8']))).toContain('different seeds (1 to 4; 5 to 8)');
    expect(warnings(changed((result) => ({ ...result, version: '9.9.9' })))).toContain('different versions of queuelab (');
    expect(warnings(changed((result) => ({ ...result, schedule: [{ atMicros: 1, fault: 'crash' } as never] })))).toContain('Different faults struck');
    expect(warnings({ ...base, name: 'copy' })).toContain('are the same runs');
  });

  it.each<[string, () => readonly Variant[], RegExp]>([
    ['different scenarios under different loads', () => [base, { name: 'foreign', results: variant('foreign', 5_000).results.map((result) => ({ ...result, settings: [{ path: 'producers.x.rate', value: '1/s', isDefault: false }] })) }], /different scenarios under different loads \(producers\.\*\.rate: none, 1\/s\)/],
    ['runs with different settings', () => [base, { name: 'mixed', results: [base.results[0]!, ...variant('base', 6_000, ['9']).results] }], /runs have different settings \(consumers\.server\.handler\.time/],
    ['one variant', () => [base], /two results or scenarios/],
    ['runs of different scenarios', () => [base, { name: 'mixed', results: [base.results[0]!, ...variant('other', 5_000, ['9']).results] }], /different scenarios/],
    ['a seed twice', () => [base, { name: 'twice', results: [base.results[0]!, base.results[0]!] }], /same seed twice/],
    ['runs with deliberate bugs', () => [base, { name: 'mutant', results: [{ ...base.results[0]!, mutants: ['scribble-body'] }] }], /deliberate bugs/],
    ['a run that was cut short', () => [base, { name: 'cut', results: [{ ...base.results[0]!, run: { ...base.results[0]!.run, limit: 'too many events.' } }] }], /cut short \(too many events\)/],
  ])('of %s is refused, with the reason', (_, variants, reason) => {
    expect(() => compareVariants(variants(), { tolerance: 0 })).toThrow(StudyError);
    expect(() => compareVariants(variants(), { tolerance: 0 })).toThrow(reason);
  });
});

describe('a figure', () => {
  it.each([['p99(endToEnd)', 'lower'], ['throughput', 'higher'], ['duplicates', 'lower'], ['offered', null]])('%s: better is %s', (text, better) => {
    expect(parseFigure(text)).toMatchObject({ name: text, better });
  });

  it.each([['p99(endtoend)', 'Did you mean endToEnd?'], ['endToEnd', 'there are min(endToEnd)'], ['p98(send)', 'there are min(send)'], ['', 'is not measured']])('%j is refused', (text, words) => {
    expect(() => parseFigure(text)).toThrow(words);
  });
});
