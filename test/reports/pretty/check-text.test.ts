import { describe, expect, it } from 'vitest';
import { createReporter } from '../../../reports/index.js';
import { aCheck, brokenPromise } from '../a-check.js';
import { brokenRun } from '../fixtures.js';
import { keptContext } from '../streams.js';

describe('the text of a check', () => {
  it('names the seeds of a failure of which no run is there whole', async () => {
    const check = aCheck();
    const lost = { ...check, scenarios: check.scenarios.map((scenario) => ({ ...scenario, failures: scenario.failures.slice(1) })) };
    const context = keptContext();
    await (await createReporter({ name: 'pretty', file: null }, context)).finishCheck!(lost);
    expect(context.stdout.text).toContain(`\n  ${brokenPromise}: seed 1\n`);
    expect(context.stdout.text.split('p99(endToEnd) < 50ms: seed 2')).toHaveLength(2);
  });

  it('tells the life of a message only under a promise that was broken of it, and says of each promise what was broken', async () => {
    const check = aCheck();
    const result = brokenRun();
    const [first] = result.verdicts.filter(({ met }) => !met);
    const later = { ...first!, invariant: 'lease-not-early', first: { ...first!.first!, message: 99, atMicros: first!.first!.atMicros + 1, text: 'a lease was too short' } };
    const idle = { ...first!, invariant: 'inflight-cap', verdict: 'not-exercised' as const, first: null };
    const verdicts = [first!, later, idle];
    const failing = (causes: readonly string[]) => ({
      ...check, scenarios: check.scenarios.map((scenario, index) => (index === 0 ? scenario : { ...scenario, failures: [{ causes, result: { ...result, verdicts } }] })),
    });
    const texts = await Promise.all([['lease-not-early', 'inflight-cap'], [brokenPromise, 'lease-not-early']].map(async (causes) => {
      const context = keptContext();
      await (await createReporter({ name: 'pretty', file: null }, context)).finishCheck!(failing(causes));
      return context.stdout.text;
    }));
    expect(texts[0]).toMatch(/a lease was too short\n\s+Nothing put it to the test: inflight-cap \(it takes/);
    expect(texts[0]).not.toContain('Life of message');
    expect(texts[1]).toMatch(/lease-not-early, seed \d+ at .*: a lease was too short/);
    expect(texts[1]).toContain(`Life of message ${first!.first!.message}\n`);
  });
});
