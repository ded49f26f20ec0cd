import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CopyState } from '../../history/index.js';
import { FIRST_STEP_MICROS, MAX_STEPS } from '../../measures/index.js';
import { QueueGauges } from '../../measures/queue-gauges.js';
import { StepCounter } from '../../measures/step-counter.js';
import { StepGrid } from '../../measures/step-grid.js';
import { StepLatencies } from '../../measures/step-latencies.js';

/** Times in ascending order, from microseconds to days apart. */
const times = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 40_000_000_000 })), { minLength: 1, maxLength: 200 })
  .map((gaps) => {
    let now = 0;
    return gaps.map((gap) => (now += gap));
  });

describe('StepGrid', () => {
  it('covers any time with at most so many steps, each a first step doubled some times', () => {
    fc.assert(
      fc.property(times, (instants) => {
        const grid = new StepGrid();
        for (const now of instants) {
          if (now >= grid.endMicros) grid.advance(now);
          expect(grid.step).toBeLessThan(MAX_STEPS);
          expect(grid.step).toBe(Math.floor(now / grid.stepMicros));
          expect(grid.endMicros).toBe((grid.step + 1) * grid.stepMicros);
        }
        // No coarser than it must be.
        expect(grid.stepMicros === FIRST_STEP_MICROS || instants.at(-1)! >= (grid.stepMicros / 2) * MAX_STEPS).toBe(true);
        expect(Number.isInteger(Math.log2(grid.stepMicros / FIRST_STEP_MICROS))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('StepCounter', () => {
  it('counts what a grid that had known its length from the start would count', () => {
    fc.assert(
      fc.property(times, (instants) => {
        const grid = new StepGrid();
        const counter = new StepCounter(grid);
        const early = new StepCounter(grid);
        for (const now of instants) {
          if (now >= grid.endMicros) grid.advance(now);
          counter.count();
          early.countAt(Math.floor(now / 2));
        }
        const steps = grid.step + 1;
        const expected = (of: (now: number) => number): number[] => {
          const counts = new Array<number>(steps).fill(0);
          for (const now of instants) counts[Math.floor(of(now) / grid.stepMicros)]!++;
          return counts;
        };
        const perStep = expected((now) => now);
        expect(counter.rates(steps)).toEqual(perStep.map((count) => (count * 1_000_000) / grid.stepMicros));
        let total = 0;
        expect(counter.totals(steps)).toEqual(perStep.map((count) => (total += count)));
        expect(early.totals(steps).at(-1)).toBe(instants.length);
        expect(early.rates(steps)).toEqual(expected((now) => Math.floor(now / 2)).map((count) => (count * 1_000_000) / grid.stepMicros));
      }),
      { numRuns: 100 },
    );
  });
});

describe('StepLatencies', () => {
  it('has the exact maximum and the percentiles to a sixteenth, for every step', () => {
    fc.assert(
      fc.property(times, fc.array(fc.integer({ min: 0, max: 2 ** 46 - 1 }), { minLength: 200, maxLength: 200 }), (instants, durations) => {
        const grid = new StepGrid();
        const latencies = new StepLatencies(grid);
        instants.forEach((now, i) => {
          if (now >= grid.endMicros) grid.advance(now);
          latencies.record(durations[i]!);
        });
        const steps = grid.step + 1;
        const samples = Array.from({ length: steps }, (): number[] => []);
        instants.forEach((now, i) => samples[Math.floor(now / grid.stepMicros)]!.push(durations[i]!));
        for (const sample of samples) sample.sort((left, right) => left - right);
        expect(latencies.maxima(steps)).toEqual(samples.map((sample) => sample.at(-1) ?? 0));
        for (const percent of [50, 99]) {
          latencies.percentiles(steps, percent).forEach((value, step) => {
            const sample = samples[step]!;
            const exact = sample[Math.ceil((sample.length * percent) / 100) - 1] ?? 0;
            expect(value).toBeGreaterThanOrEqual(exact);
            expect(value).toBeLessThanOrEqual(Math.max(exact * 1.0625, exact));
          });
        }
      }),
      { numRuns: 30 },
    );
  });

  it('takes durations beyond its range as its last bucket, and keeps their maximum', () => {
    const latencies = new StepLatencies(new StepGrid());
    latencies.record(2 ** 52);
    expect(latencies.maxima(1)).toEqual([2 ** 52]);
    expect(latencies.percentiles(1, 50)[0]).toBeGreaterThan(2 ** 45);
  });
});

describe('QueueGauges', () => {
  it('takes the mean over time of each step, and the peak, exactly', () => {
    fc.assert(
      fc.property(times, fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean()), { minLength: 200, maxLength: 200 }), (instants, changes) => {
        const grid = new StepGrid();
        const gauges = new QueueGauges(grid);
        const levels: { readonly from: number; readonly queue: number; readonly value: number }[] = [];
        const now = new Map<number, number>();
        let peak = 0;
        instants.forEach((at, i) => {
          const [name, up] = changes[i]!;
          if (at >= grid.endMicros) grid.advance(at);
          const delta = up || (now.get(name) ?? 0) === 0 ? 1 : -1;
          gauges.change(gauges.queueOf(name), CopyState.ready, delta, at);
          now.set(name, (now.get(name) ?? 0) + delta);
          levels.push({ from: at, queue: name, value: now.get(name)! });
          peak = Math.max(peak, [...now.values()].reduce((left, right) => left + right, 0));
        });
        const end = instants.at(-1)!;
        expect(gauges.peak(CopyState.ready)).toBe(peak);
        expect(gauges.peak(CopyState.leased)).toBe(0);
        const steps = grid.step + 1;
        const of = gauges.queueNames().map((name) => gauges.means(steps, CopyState.ready, end, gauges.queueOf(name)));
        const all = gauges.means(steps, CopyState.ready, end);
        for (let step = 0; step < steps; step++) {
          const from = step * grid.stepMicros;
          const to = Math.min(end, from + grid.stepMicros);
          if (to <= from) continue;
          gauges.queueNames().forEach((name, queue) => {
            expect(of[queue]![step]).toBeCloseTo(area(levels.filter((level) => level.queue === name), from, to) / (to - from), 6);
          });
          expect(all[step]).toBeCloseTo(of.reduce((sum, series) => sum + series[step]!, 0), 6);
        }
        if (end > 0) expect(gauges.mean(CopyState.ready, end)).toBeCloseTo([1, 2, 3].reduce((sum, name) => sum + area(levels.filter((level) => level.queue === name), 0, end) / end, 0), 6);
      }),
      { numRuns: 30 },
    );
  });

  it('lumps together the queues beyond the eighth, and then shows none alone', () => {
    const gauges = new QueueGauges(new StepGrid());
    for (let name = 1; name <= 12; name++) gauges.change(gauges.queueOf(name), CopyState.ready, 1, 0);
    expect(gauges.queueOf(9)).toBe(gauges.queueOf(12));
    expect(gauges.queueOf(8)).not.toBe(gauges.queueOf(9));
    expect(gauges.queueNames()).toEqual([]);
    expect(gauges.means(1, CopyState.ready, 1000)).toEqual([12]);
  });

  it('shows what there is when the run ends with the first instant of a step', () => {
    const grid = new StepGrid();
    const gauges = new QueueGauges(grid);
    gauges.change(gauges.queueOf(1), CopyState.leased, 1, 0);
    grid.advance(FIRST_STEP_MICROS);
    expect(gauges.means(2, CopyState.leased, FIRST_STEP_MICROS)).toEqual([1, 1]);
  });
});

/** Level times duration between two instants, of a level that changes as listed. */
function area(levels: readonly { readonly from: number; readonly value: number }[], from: number, to: number): number {
  let sum = 0;
  levels.forEach((level, i) => {
    const start = Math.max(from, level.from);
    const end = Math.min(to, levels[i + 1]?.from ?? to);
    if (end > start) sum += level.value * (end - start);
  });
  return sum;
}
