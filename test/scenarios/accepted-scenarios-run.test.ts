import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ScenarioError, runScenario } from '../../scenarios/index.js';
import { parse } from './format/given.js';
import { randomScenarioText } from './random-scenario.js';

it('whatever the loader accepts can be run, to its end or to a limit', () => {
  let accepted = 0;
  fc.assert(fc.property(randomScenarioText, ({ text, overrides }) => {
    let scenario;
    try {
      scenario = parse(text, overrides);
    } catch (error) {
      if (error instanceof ScenarioError) return;
      throw error;
    }
    accepted += 1;
    const { outcome, run } = runScenario(scenario, { maxEvents: 20_000 });
    expect(['held', 'broken', 'inconclusive']).toContain(outcome);
    expect(run.virtualMicros).toBeLessThanOrEqual(scenario.durationMicros + scenario.drainMicros);
  }), { numRuns: 200 });
  expect(accepted).toBeGreaterThan(5);
}, 60_000);
