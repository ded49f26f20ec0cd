import { describe, expect, it } from 'vitest';
import { runJob, UnrepeatableRunError, verifyRun } from '../../../campaign/index.js';
import { judgeScenario } from '../../../scenarios/index.js';
import { aProducer, aScenario } from '../../scenarios/a-scenario.js';

const scenario = aScenario({ producers: [aProducer({ messages: 100 })] });
const options = { seed: '1' };

/** Every second run gives each message another size: as if something had read the real clock. */
function unsteadily(): typeof judgeScenario {
  let count = 0;
  return (given, own) => {
    count += 1;
    const sizeBytes = { kind: 'constant', value: 200 + (count % 2) } as const;
    return judgeScenario({ ...given, producers: [{ ...given.producers[0]!, sizeBytes }] }, own);
  };
}

function errorOf(run: () => void): UnrepeatableRunError {
  try {
    run();
  } catch (error) {
    if (error instanceof UnrepeatableRunError) return error;
    throw error;
  }
  throw new Error('It was taken for the same run.');
}

describe('verifying a run', () => {
  it('finds nothing in a run that repeats itself', () => {
    expect(() => verifyRun(scenario, options)).not.toThrow();
  });

  it('names the first event that differs when it does not, of the two runs that differed and no others', () => {
    const { parting, message } = errorOf(() => verifyRun(scenario, options, { judge: unsteadily() }));
    expect(parting).toMatchObject({ expected: { event: 'send-invoke', sizeBytes: 201 }, seen: { event: 'send-invoke', sizeBytes: 200 } });
    expect(message).toMatch(/came out differently the second time\.\nThe runs part at event \d+:\n {2}expected[\s\S]*\n {2}differs {3}bodyChecksum: [^\n]+\n {12}sizeBytes: expected 201, seen 200$/);
    expect((parting!.expected as { index: number }).index).toBe(parting!.index);
  });

  it('names it also where the events are too many to be held, by what was seen', () => {
    const { parting } = errorOf(() => verifyRun(scenario, options, { judge: unsteadily() }));
    const far = errorOf(() => verifyRun(scenario, options, { judge: unsteadily(), maxRows: 1 }));
    expect(far.parting).toEqual({ ...parting, expected: 'not-kept' });
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
