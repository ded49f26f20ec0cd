import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../../campaign/shrink/lead.js';
import { simplifyFaults } from '../../../../campaign/shrink/passes/simplify-faults.js';
import type { Scenario } from '../../../../scenarios/index.js';
import { FAULTS } from '../../../../sim/index.js';
import { aScenario, SECOND } from '../../../scenarios/a-scenario.js';

const LEAD: Lead = { atMicros: 0, message: 1, aimed: () => [] };
const DEFAULTS = FAULTS.get('disk-error')!.parameters;
const errors = { at: SECOND, fault: 'disk-error', target: 'broker', for: SECOND, probability: 0.554, count: 18 };
const given = (faults: Scenario['faults']): Scenario => aScenario({ faults });

/** What is left where a scenario fails as long as its first fault passes. */
async function left(scenario: Scenario, fails: (fault: Scenario['faults'][number]) => boolean): Promise<Scenario['faults']> {
  return (await simplifyFaults.run(scenario, (candidate) => Promise.resolve(fails(candidate.faults[0]!)), LEAD)).faults;
}

describe('what faults are given', () => {
  it('becomes what need not be said', async () => {
    expect(await left(given([errors]), () => true)).toMatchObject([{ probability: DEFAULTS['probability']!.default, count: DEFAULTS['count']!.default }]);
  });

  it('becomes no simpler than the failure allows', async () => {
    expect(await left(given([errors]), ({ probability, count }) => Number(probability) < 0.8 && Number(probability) > 0.3 && Number(count) >= 4)).toMatchObject([{ probability: 0.5, count: 4 }]);
    expect(await left(given([errors]), ({ probability, count }) => Number(probability) > 0.55 && Number(probability) < 1 && count !== 0)).toMatchObject([{ probability: 0.6, count: 1 }]);
    expect(await left(given([errors]), () => false)).toEqual([errors]);
  });

  it('is left as it is where it is simple, and is not tried again', async () => {
    let tries = 0;
    await simplifyFaults.run(given([{ ...errors, probability: DEFAULTS['probability']!.default as number, count: DEFAULTS['count']!.default as number }, { at: SECOND, fault: 'crash', target: 'broker' }]), () => {
      tries += 1;
      return Promise.resolve(true);
    }, LEAD);
    expect(tries).toBe(0);
  });
});
