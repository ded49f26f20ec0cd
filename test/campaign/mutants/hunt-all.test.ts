import { describe, expect, it } from 'vitest';
import { huntAll, type HuntTask } from '../../../campaign/index.js';
import { aConsumer, aProducer, aScenario } from '../../scenarios/a-scenario.js';

const scenario = aScenario({ producers: [aProducer({ messages: 20 })], consumers: [aConsumer('consumer-1')] });
const task: HuntTask = { mutant: 'scribble-body', invariant: 'no-phantom', scenario, beyondContract: false, strategy: 'uniform', baseSeed: '1', maxRuns: 20 };
/** More settings than a small worker can hold. */
const settings = Array.from({ length: 1_000_000 }, (_, index) => ({ path: `setting.${index}`, value: String(index), isDefault: false }));
const hungry: HuntTask = { ...task, baseSeed: '2', scenario: { ...scenario, settings } };

describe('many hunts', { timeout: 60_000 }, () => {
  it('lose no more than the one whose worker dies', async () => {
    const outcomes = await huntAll([task, hungry, task, task], { workers: 2, memoryMiB: 64 });
    expect(outcomes.map((outcome) => outcome?.found)).toEqual([true, false, true, true]);
    expect(outcomes[1]?.fault).toBe('the hunt with base seed 2 came to nothing: its worker ran out of memory');
  });
});
