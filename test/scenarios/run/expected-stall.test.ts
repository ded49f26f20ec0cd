import { describe, expect, it } from 'vitest';
import { suitesOfRuns } from '../../../reports/cases/suites-of-runs.js';
import { answerOf } from '../../../reports/words/answer.js';
import { runScenario, type RunResult } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, SECOND } from '../a-scenario.js';

const place = { line: 1, column: 1 };
const stall = { invariant: 'drains', verdict: 'violated', ...place } as const;
/** After its connection was reset the consumer never asks again. */
const stuck = (...promises: { readonly invariant: string; readonly verdict: 'holds' | 'violated'; readonly line: number; readonly column: number }[]): RunResult => runScenario(aScenario({
  producers: [aProducer()], consumers: [aConsumer('consumer')], drainMicros: 600 * SECOND,
  faults: [{ at: 4 * SECOND, fault: 'connection-reset', target: 'consumer' }],
  expect: { promises: promises as never, thresholds: [] },
}), { mutants: ['poll-lost-for-good'] });

const openIn = ({ verdicts }: RunResult): string[] => verdicts.filter(({ verdict }) => verdict === 'inconclusive').map(({ invariant }) => invariant);

describe('a scenario that is to show a stall', () => {
  it('holds when it stalls, and tells what that leaves open', () => {
    const result = stuck(stall);
    expect(openIn(result)).toContain('acked-send-not-lost');
    expect(result.outcome).toBe('held');
    const { headline, details } = answerOf(result);
    expect(headline).toMatch(/^As this scenario is meant to show, 1 promise broke; that leaves \d other promises open\.$/);
    expect(details.filter((text) => text.startsWith('Left open: '))).toHaveLength(openIn(result).length);
    expect(suitesOfRuns([result])[0]!.cases.filter(({ status }) => status === 'error' || status === 'failed')).toEqual([]);
  });

  it('says nothing for sure of a promise that it names itself', () => {
    expect(stuck(stall, { invariant: 'acked-send-not-lost', verdict: 'holds', ...place }).outcome).toBe('inconclusive');
  });

  it('is broken when nothing is said of a stall', () => {
    expect(stuck().outcome).toBe('broken');
  });

  it('says since when it stands still, which is before the drain', () => {
    const text = stuck(stall).verdicts.find(({ invariant }) => invariant === 'drains')?.first?.text;
    expect(text).toMatch(/it has done nothing since 4\.\d{3}s, although for the last \d+min/);
  });
});
