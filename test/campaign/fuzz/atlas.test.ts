import { describe, expect, it } from 'vitest';
import { atlasOf } from '../../../campaign/index.js';
import { type BrokerSpec, DEFAULT_FUZZ, type FuzzFaults, type Scenario } from '../../../scenarios/index.js';
import { aScenario } from '../../scenarios/a-scenario.js';

const within = { beyondContract: false };
const kindsAtBroker = (flush: BrokerSpec['flush'], beyondContract = false): string[] =>
  atlasOf(aScenario({ broker: { flush } }), DEFAULT_FUZZ.faults, { beyondContract })
    .filter(({ sides }) => sides.includes('broker')).map(({ definition }) => definition.kind);
const atlas = (faults: Partial<FuzzFaults>, scenario: Scenario = aScenario()): string[] =>
  atlasOf(scenario, { ...DEFAULT_FUZZ.faults, ...faults }, within).map(({ definition }) => definition.kind);

describe('the fault atlas', () => {
  it('lets the broker suffer only what its flush policy must survive', () => {
    expect(kindsAtBroker('always')).toEqual(expect.arrayContaining(['crash', 'power-loss', 'fsync-failure', 'disk-error', 'disk-full']));
    for (const flush of ['interval', 'never'] as const) {
      expect(kindsAtBroker(flush)).toContain('crash');
      expect(kindsAtBroker(flush)).not.toContain('power-loss');
      expect(kindsAtBroker(flush)).not.toContain('fsync-failure');
    }
  });

  it('never damages or replaces the only copy, unless asked to go beyond the contract', () => {
    for (const flush of ['always', 'interval', 'never'] as const) {
      for (const kind of ['bit-rot', 'misdirected-write', 'disk-replace']) {
        expect(kindsAtBroker(flush)).not.toContain(kind);
        expect(kindsAtBroker(flush, true)).toContain(kind);
      }
    }
  });

  it('lets clients lose their power under any policy, and leaves their disks alone', () => {
    const entries = atlasOf(aScenario({ broker: { flush: 'never' } }), DEFAULT_FUZZ.faults, within);
    expect(entries.find(({ definition }) => definition.kind === 'power-loss')?.sides).toEqual(['producer', 'consumer']);
    for (const { definition, sides } of entries) if (definition.family === 'disk') expect(sides).toEqual(['broker']);
  });

  it('keeps to the families and kinds that the scenario chooses', () => {
    expect(atlas({ only: ['crash', 'clock'] })).toEqual(['crash', 'clock-drift', 'clock-jump', 'clock-strobe']);
    expect(atlas({ only: ['clock'], without: ['clock-jump'] })).toEqual(['clock-drift', 'clock-strobe']);
    expect(atlas({ without: ['disk', 'network', 'process', 'power', 'service'] })).toEqual(['clock-drift', 'clock-jump', 'clock-strobe']);
  });

  it('lets services fail where requests have answers, and nowhere else', () => {
    const sidesIn = (scenario: ReturnType<typeof aScenario>) => atlasOf(scenario, DEFAULT_FUZZ.faults, within).find(({ definition }) => definition.family === 'service')?.sides;
    expect(sidesIn(aScenario())).toEqual(['broker']);
    expect(sidesIn(aScenario({ personality: 'rabbitmq' }))).toBeUndefined();
  });

  it('strikes nobody who is not there', () => {
    const entries = atlasOf(aScenario({ producers: [] }), DEFAULT_FUZZ.faults, within);
    expect(entries.every(({ sides }) => !sides.includes('producer'))).toBe(true);
  });
});
