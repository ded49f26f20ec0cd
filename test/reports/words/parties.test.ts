import { describe, expect, it } from 'vitest';
import type { ConsumerResult, RunResult } from '../../../reports/run-result.js';
import { bottleneck, consumerGroups, fairness } from '../../../reports/words/parties.js';
import { heldRun } from '../fixtures.js';

const consumer = (name: string, handled: number): ConsumerResult => ({ name, delivered: handled, handled, failed: 0, abandoned: 0, busyMicros: 0 });

describe('fairness', () => {
  it('of consumers of one group is told by their shares', () => {
    expect(fairness([consumer('worker-1', 60), consumer('worker-2', 30), consumer('worker-3', 10)])).toEqual([
      "The consumers shared the work unevenly (worker-1 did 60 % of it, worker-3 10 %; Jain's index 0.725).",
    ]);
    expect(fairness([consumer('worker-1', 50), consumer('worker-2', 49)])[0]).toContain('shared the work evenly (worker-1 did 50.5 % of it, worker-2 49.5 %');
  });

  it('of several groups is told within each, and between them', () => {
    expect(fairness([consumer('billing-1', 40), consumer('billing-2', 40), consumer('audit', 20)])).toEqual([
      'Of all that was handled, billing did 80 %, audit did 20 %.',
      "The consumers of billing shared the work evenly (billing-1 did 50 % of it, billing-2 50 %; Jain's index 1).",
    ]);
  });

  it('of one consumer is no question, and nothing handled is even', () => {
    expect(fairness([consumer('worker', 3)])).toEqual(['One consumer did all the work.']);
    expect(consumerGroups([consumer('worker-1', 0), consumer('worker-2', 0)])).toMatchObject([{ name: 'worker', handled: 0, fairness: 1 }]);
  });

  it('is worst when one of n does all', () => {
    expect(consumerGroups([consumer('a-1', 9), consumer('a-2', 0), consumer('a-3', 0)])[0]!.fairness).toBeCloseTo(1 / 3);
  });
});

describe('the bottleneck', () => {
  const run = (waitMicros: number): RunResult => {
    const held = heldRun();
    const stages = held.measures.breakdown!.stages.map(({ name }) => ({ name, meanMicros: name === 'queueWait' ? waitMicros : 1_000, slowestMeanMicros: 0 }));
    const group = { queue: 'jobs', placed: 5, received: 5, acknowledged: 5, waitMaxMicros: 9_000_000 };
    const groups = [{ ...group, name: 'ada', waitMeanMicros: 8_000_000 }, { ...group, name: 'bob', waitMeanMicros: 1_000 }];
    const resources = [{ name: 'worker handlers', kind: 'handlers', servers: 1, busyMicros: 1, utilisation: 0.281, peak: 0.4 }] as const;
    return { ...held, measures: { ...held.measures, breakdown: { count: 10, slowestCount: 1, stages }, groups, resources } };
  };

  it('is nothing only where messages did not mostly wait', () => {
    expect(bottleneck(run(1_000))).toBe('Nothing was short: the busiest resource, worker handlers, was busy 28.1 % of the time.');
    expect(bottleneck(run(990_000))).toBe(
      'Messages mostly waited in the queue: 99.1 % of their time; messages of the group ada in jobs waited longest, 8s in the mean. No resource was busy all the time: the busiest, worker handlers, for 28.1 % of it.',
    );
  });
});
