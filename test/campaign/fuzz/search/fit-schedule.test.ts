import { describe, expect, it } from 'vitest';
import { atlasOf } from '../../../../campaign/index.js';
import { Dice } from '../../../../campaign/fuzz/draw/dice.js';
import { fitSchedule } from '../../../../campaign/fuzz/search/fit-schedule.js';
import { DEFAULT_FUZZ, type FuzzFaults } from '../../../../scenarios/index.js';
import { type FaultSpec, RandomStreams } from '../../../../sim/index.js';
import { aScenario, MILLISECOND, SECOND } from '../../../scenarios/a-scenario.js';

const scenario = aScenario();

function fitted(schedule: readonly FaultSpec[], faults: Partial<FuzzFaults> = {}): FaultSpec[] {
  const spec = { ...DEFAULT_FUZZ.faults, ...faults };
  const dice = new Dice(new RandomStreams('1').stream('test'), { heavyTails: true });
  return fitSchedule(schedule, { scenario, faults: spec, atlas: atlasOf(scenario, spec, { beyondContract: false }), dice });
}

const crash = (over: Partial<FaultSpec> = {}): FaultSpec => ({ at: 300 * MILLISECOND, fault: 'crash', target: 'broker', for: SECOND, ...over });

describe('a schedule made to fit a scenario', () => {
  it('stays as it is where it fits, in the order of time', () => {
    expect(fitted([crash(), crash({ at: 1 })])).toEqual([crash({ at: 1 }), crash()]);
  });

  it('strikes someone who is there instead of someone who is not, at the same time and for as long', () => {
    const [fault] = fitted([crash({ target: 'somebody-else' })]);
    expect(fault).toMatchObject({ at: 300 * MILLISECOND, fault: 'crash', for: SECOND });
    expect([scenario.broker, ...scenario.producers, ...scenario.consumers].map(({ name }) => name)).toContain(fault!.target);
  });

  it('leaves out kinds that may not strike, and faults after the end', () => {
    expect(fitted([crash()], { without: ['process'] })).toEqual([]);
    expect(fitted([crash({ at: scenario.durationMicros })])).toEqual([]);
  });

  it('leaves the broker alone with what it need not survive', () => {
    expect(fitted([crash({ fault: 'disk-replace', for: 0 })])).toEqual([]);
  });

  it('has no more faults than may strike', () => {
    expect(fitted([crash(), crash(), crash()], { count: { least: 0, most: 2 } })).toHaveLength(2);
  });
});
