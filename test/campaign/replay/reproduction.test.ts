import { describe, expect, it } from 'vitest';
import { MAX_RECORDED_EVENTS, recordRun, replay } from '../../../campaign/index.js';
import { aProducer, aScenario, constant, MILLISECOND } from '../../scenarios/a-scenario.js';

const long = aScenario({ producers: [aProducer({ messages: 800, interval: constant(5 * MILLISECOND) })] });
const STRETCH = 256;

describe('a replay that parts beyond the events that were kept', { timeout: 60_000 }, () => {
  it.each([
    ['in the stretch in which they end', 19, MAX_RECORDED_EVENTS],
    ['after it', 21, 21 * STRETCH],
  ])('%s shows the event at which it may', async (_, stretch, index) => {
    const { reproduction } = await recordRun(long);
    expect(reproduction.digests.length).toBeGreaterThan(22);
    const digests = reproduction.digests.map((digest, at) => (at === stretch ? 'other' : digest));
    const { parting } = await replay(long, { ...reproduction, digests, fingerprint: '0'.repeat(32) });
    expect(parting).toMatchObject({ index, isWithinStretch: true, expected: null, seen: { index } });
  });
});
