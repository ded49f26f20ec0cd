import { describe, expect, it } from 'vitest';
import { atlasOf } from '../../../../campaign/index.js';
import { strikeSchedule } from '../../../../campaign/fuzz/search/strike.js';
import { Dice } from '../../../../campaign/fuzz/draw/dice.js';
import { DEFAULT_FUZZ, type FuzzFaults } from '../../../../scenarios/index.js';
import { type FaultSpec, RandomStreams } from '../../../../sim/index.js';
import { aScenario, MILLISECOND, SECOND } from '../../../scenarios/a-scenario.js';

const scenario = aScenario();
const MOMENT = 700 * MILLISECOND;
const EARLIER: FaultSpec = { at: 100 * MILLISECOND, fault: 'pause', target: 'broker', for: SECOND };
const LATER: FaultSpec = { ...EARLIER, at: scenario.durationMicros - 1 };

function struck(seed: number, faults: Partial<FuzzFaults> = {}, schedule: readonly FaultSpec[] = []): FaultSpec[] {
  const spec = { ...DEFAULT_FUZZ.faults, ...faults };
  const dice = new Dice(new RandomStreams(String(seed)).stream('test'), { heavyTails: true });
  return strikeSchedule(schedule, { scenario, faults: spec, atlas: atlasOf(scenario, spec, { beyondContract: false }), dice, amounts: dice, drawMoment: () => MOMENT });
}

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

describe('a schedule of strikes', () => {
  it('hits the moment to the millisecond, before and after, and leaves consequences their time', () => {
    const offsets = SEEDS.flatMap((seed) => struck(seed).map(({ at }) => at - MOMENT));
    expect(Math.min(...offsets)).toBeGreaterThanOrEqual(-20 * MILLISECOND);
    const within = (least: number, most: number): number => offsets.filter((offset) => offset >= least && offset < most).length / offsets.length;
    expect(within(-MILLISECOND, 0)).toBeGreaterThan(0.1);
    expect(within(0, MILLISECOND)).toBeGreaterThan(0.2);
    expect(within(100 * MILLISECOND, Infinity)).toBeGreaterThan(0.1);
  });

  it('keeps in half of the runs what struck before, and never what comes after', () => {
    const schedules = SEEDS.map((seed) => struck(seed, { only: ['crash'] }, [EARLIER, LATER]));
    const kept = SEEDS.filter((seed) => struck(seed, { count: { least: 1, most: 12 } }, [EARLIER, LATER]).some(({ at }) => at === EARLIER.at)).length;
    expect(kept / SEEDS.length).toBeGreaterThan(0.3);
    expect(kept / SEEDS.length).toBeLessThan(0.7);
    expect(schedules.flat().some(({ at }) => at === LATER.at)).toBe(false);
  });

  it('stops the broker more often than chance would', () => {
    const all = SEEDS.flatMap((seed) => struck(seed));
    const stops = all.filter(({ fault, target }) => ['crash', 'power-loss', 'disk-error', 'disk-full', 'fsync-failure'].includes(fault) && target === 'broker');
    expect(stops.length / all.length).toBeGreaterThan(0.3);
    expect(stops.length / all.length).toBeLessThan(0.6);
  });

  it('has as many faults as may strike, of the kinds that may', () => {
    const counts = SEEDS.map((seed) => struck(seed, { count: { least: 2, most: 4 }, only: ['process'] }, [EARLIER]));
    expect(Math.max(...counts.map(({ length }) => length))).toBe(4);
    expect(Math.min(...counts.map(({ length }) => length))).toBeGreaterThanOrEqual(2);
    expect(new Set(counts.flat().map(({ fault }) => fault))).toEqual(new Set(['crash', 'pause', 'slow-down']));
    expect(struck(1, { count: { least: 0, most: 0 } }, [EARLIER])).toEqual([]);
  });

  it('is empty where no fault may strike', () => {
    expect(struck(1, { without: ['process', 'power', 'clock', 'disk', 'network', 'service'] })).toEqual([]);
  });
});
