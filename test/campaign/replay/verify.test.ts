import { describe, expect, it } from 'vitest';
import { runJob, UnrepeatableRunError, verifyRun } from '../../../campaign/index.js';
import { runWithTrail } from '../../../campaign/replay/reproduction.js';
import { aProducer, aScenario } from '../../scenarios/a-scenario.js';

const scenario = aScenario({ producers: [aProducer({ messages: 100 })] });

describe('verifying a run', () => {
  it('finds nothing in a run that repeats itself', () => {
    expect(() => verifyRun(scenario, { seed: '1', mutants: [] })).not.toThrow();
  });

  it('names the first event that differs when it does not', () => {
    let count = 0;
    // Every second run gives one message another size: as if something had read the real clock.
    const unsteady: typeof runWithTrail = (given, options, kept) => {
      count += 1;
      const sizeBytes = { kind: 'constant', value: 200 + (count % 2) } as const;
      return runWithTrail({ ...given, producers: [{ ...given.producers[0]!, sizeBytes }] }, options, kept);
    };
    let error: unknown;
    try {
      verifyRun(scenario, { seed: '1', mutants: [] }, unsteady);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UnrepeatableRunError);
    expect((error as UnrepeatableRunError).parting).toMatchObject({ expected: { event: 'send-invoke', sizeBytes: 201 }, seen: { event: 'send-invoke', sizeBytes: 200 } });
    expect((error as Error).message).toMatch(/came out differently the second time\.\nThe runs part at event \d+:\n {2}expected/);
  });

  it('fails one of many runs that does not repeat itself', () => {
    let count = 0;
    // Every message has another size than in any run before.
    const sizeBytes = { kind: 'constant', get value() { return 200 + (count++); } } as const;
    const unsteady = aScenario({ producers: [aProducer({ messages: 10, sizeBytes })] });
    const job = { seed: '1', want: 'summary', verify: true } as const;
    expect(() => runJob({ ...job, scenario: unsteady })).toThrow(/with seed 1 came out differently the second time\.\nThe runs part at event \d+:/);
    expect(() => runJob({ ...job, verify: false, scenario: unsteady })).not.toThrow();
    expect(runJob({ ...job, scenario }).summary).toEqual(runJob({ ...job, verify: false, scenario }).summary);
  });
});
