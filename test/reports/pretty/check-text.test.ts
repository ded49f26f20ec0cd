import { describe, expect, it } from 'vitest';
import { createReporter } from '../../../reports/index.js';
import { aCheck, brokenPromise } from '../a-check.js';
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
});
