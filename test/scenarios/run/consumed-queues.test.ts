import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../scenarios/index.js';
import { parse } from '../format/given.js';

const run = (consumers: string) => runScenario(parse(`
name: demo
duration: 10s
queues: { jobs: {} }
producers: { web: { queue: jobs, rate: 10/s, messages: 50 } }
consumers: ${consumers}
`), { seed: '1' });

describe('a queue whose consumers have all stopped as they were told to', () => {
  it('is not waited for, and the run has an answer', () => {
    const { outcome, run: { stuck, virtualMicros }, verdicts } = run('{ worker: { queue: jobs, stop: 2s } }');
    expect([outcome, stuck]).toEqual(['held', []]);
    expect(virtualMicros).toBeLessThan(11_000_000);
    expect(verdicts.find(({ invariant }) => invariant === 'acked-send-not-lost')?.verdict).toBe('holds');
  });

  it('is waited for until then', () => {
    const { measures, run: { virtualMicros } } = run('{ worker: { queue: jobs, stop: 7s, start: 6s } }');
    expect(measures.counts.acknowledged).toBe(50);
    expect(virtualMicros).toBeGreaterThan(6_000_000);
  });

  it('is waited for where another consumer goes on', () => {
    expect(run('{ worker: { queue: jobs, stop: 2s }, late: { queue: jobs, start: 12s } }').measures.counts.acknowledged).toBe(50);
  });
});
