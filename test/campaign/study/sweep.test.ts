import { describe, expect, it } from 'vitest';
import { parseFigure, sweepResult, type Variant } from '../../../campaign/index.js';
import { sweepText } from '../../../reports/index.js';
import { sweepHeatChart } from '../../../reports/charts/sweep-heat.js';
import { runScenario } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';

const exponential = (mean: number) => ({ kind: 'exponential', mean }) as const;
const run = (serviceMicros: number, seeds: readonly string[], durationMicros = 10 * SECOND): Variant => ({
  name: String(serviceMicros),
  results: seeds.map((seed) => runScenario(aScenario({
    durationMicros,
    producers: [aProducer({ interval: exponential(10 * MILLISECOND), messages: Infinity })],
    consumers: [aConsumer('server', { concurrency: 1, batchSize: 1, handler: { time: exponential(serviceMicros) } })],
    network: { latency: constant(1), bandwidthBytesPerSecond: Infinity, loss: 0 },
    broker: { cpuCost: 0, flush: 'never' },
  }), { seed })),
});
const seeds = ['1', '2', '3', '4'];
const figures = ['mean(endToEnd)', 'throughput'].map(parseFigure);
const sweep = (variants: readonly Variant[], of: readonly string[] = seeds) => sweepResult({
  seeds: of, figures, variants,
  axes: [{ path: 'a', values: variants.map((_, index) => String(index)) }, { path: 'b', values: ['x'] }],
  points: variants.map((_, index) => [String(index), 'x']),
});
const text = (variants: readonly Variant[], of?: readonly string[]) => sweepText(sweep(variants, of), { isTTY: false, columns: 400, colors: false } as never).replace(/\s+/g, ' ');
/** Runs that differ by their seeds alone, told to be of the same ones. */
const noise = (own: readonly string[]): Variant => ({ name: own.join(), results: run(5 * MILLISECOND, own).results.map((result, index) => ({ ...result, seed: seeds[index]! })) });

describe('a sweep', { timeout: 60_000 }, () => {
  it('says where a figure is least and most when it differs by more than chance', () => {
    const found = sweep([run(3 * MILLISECOND, seeds), run(5 * MILLISECOND, seeds), run(6 * MILLISECOND, seeds)]);
    expect(found.extremes[0]).toMatchObject({ lowest: 0, highest: 2, verdict: 'differs' });
    expect(found.extremes[0]!.difference.low).toBeGreaterThan(0);
    expect(new Set(colours(found))).toHaveLength(3);
  });

  it('calls chance no trend, and gives it no colours', () => {
    const points = [noise(['5', '6', '7', '8']), noise(['9', '10', '11', '12']), noise(['13', '14', '15', '16'])];
    const found = sweep(points);
    expect(found.extremes[0]!.verdict).toBe('within-noise');
    expect(new Set(colours(found))).toEqual(new Set([0]));
    expect(text(points)).toMatch(/mean\(endToEnd\): 4 seeds cannot tell [\d.]+ms from [\d.]+ms; use more\./);
  });

  it('says what is the same everywhere, and what one seed cannot tell', () => {
    expect(sweep([run(5 * MILLISECOND, seeds), run(5 * MILLISECOND, seeds)]).extremes[0]!.verdict).toBe('same');
    expect(text([run(3 * MILLISECOND, ['1'], SECOND), run(6 * MILLISECOND, ['1'], SECOND)], ['1'])).toMatch(/mean\(endToEnd\): 1 seed cannot tell [\d.]+ms from [\d.]+ms; use more\./);
  });

  it('does not say from what to what a figure goes that reads the same at all points', () => {
    const found = sweep([run(3 * MILLISECOND, seeds), run(5 * MILLISECOND, seeds)]);
    const near = { ...found, points: found.points.map((point, index) => ({ ...point, figures: point.figures.map((figure) => ({ ...figure!, value: 47.9 + index / 1e6 })) })) };
    expect(sweepText(near, { isTTY: false, columns: 400, colors: false } as never)).toContain('throughput, whole run is 47.9/s everywhere.');
  });

  it('names all points that tie, and tells a setting with one value once, not at every point', () => {
    const [quick, slow] = [run(3 * MILLISECOND, seeds), run(6 * MILLISECOND, seeds)];
    const words = text([quick, quick, slow]);
    expect(words).toMatch(/mean\(endToEnd\) is lowest, [\d.]+ms, at a = 0 and at a = 1; highest, [\d.]+ms, at a = 2\./);
    expect(words).toContain('3 points, each run with 4 seeds, the same at all points. At all of them b = x.');
    expect(words).not.toMatch(/ a b mean/);
    expect(text([quick, quick, quick, quick, quick, slow])).toContain('at a = 0 and at a = 1 and at a = 2 and 2 more points; highest');
  });

  it('takes all points whole where one has not settled, and says which figures are those of settled systems', () => {
    const [settled, other] = [run(3 * MILLISECOND, ['1']), run(6 * MILLISECOND, ['1'])];
    expect(sweep([settled, other], ['1']).figures[0]!.basis).toBe('steady-state');
    expect(text([settled, other], ['1'])).toContain('mean(endToEnd), settled is lowest');
    const mixed = sweep([settled, run(6 * MILLISECOND, ['1'], SECOND / 2)], ['1']);
    expect(mixed.figures[0]!.basis).toBe('whole-run');
    expect(mixed.points[0]!.figures[0]!.value).toBe(settled.results[0]!.measures.latencies['endToEnd']!.meanMicros);
  });

  it('writes shares in percent, in the heat map as everywhere', () => {
    const share = parseFigure('ratio(redelivered)');
    const one: Variant = { name: 'one', results: run(3 * MILLISECOND, ['1']).results.map((result) => ({ ...result, measures: { ...result.measures, counts: { ...result.measures.counts, redelivered: 5, leased: 40 } } })) };
    const found = sweepResult({ seeds: ['1'], figures: [share], variants: [one], axes: [{ path: 'a', values: ['0'] }, { path: 'b', values: ['x'] }], points: [['0', 'x']] });
    const { data } = sweepHeatChart(found, 0).drawing as unknown as { readonly data: { readonly values: readonly { readonly text: string }[] } };
    expect(data.values.map(({ text: words }) => words)).toEqual(['12.5 %']);
  });

  it('has no interval that goes below 0', () => {
    const wild: Variant = { name: 'wild', results: [run(MILLISECOND, ['1']), run(40 * MILLISECOND, ['2'])].flatMap(({ results }) => results) };
    for (const value of sweep([wild], ['1', '2']).points[0]!.figures) expect(value!.low).toBeGreaterThanOrEqual(0);
  });
});

function colours(found: ReturnType<typeof sweep>): number[] {
  const { data } = sweepHeatChart(found, 0).drawing as unknown as { readonly data: { readonly values: readonly { readonly class: number }[] } };
  return data.values.map((field) => field.class);
}
