import { describe, expect, it } from 'vitest';
import { compareVariants, parseFigure, StudyError, type Variant } from '../../../campaign/index.js';
import { runScenario } from '../../../scenarios/index.js';
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

  it('tells which settings differ, what is delivered, and the distribution over all seeds', () => {
    const { settings, delivery, variants } = compare(variant('slower', 6 * MILLISECOND));
    expect(settings).toEqual([{ path: 'consumers.server.handler.time', values: ['5000', '6000'] }]);
    expect(delivery[0]).toMatchObject({ lost: 0, duplicated: 0 });
    expect(variants[0]!.latencies['endToEnd']!.count).toBe(base.results.reduce((sum, { measures }) => sum + measures.latencies['endToEnd']!.count, 0));
  });

  it.each<[string, () => readonly Variant[], RegExp]>([
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
