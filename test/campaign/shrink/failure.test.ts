import { describe, expect, it } from 'vitest';
import { corpusKey, type Failure, failureKey, failureOf, failuresOf, isKnownFailure, isSameFailure, whyNotShrinkable } from '../../../campaign/index.js';
import { runScenario, type RunOptions, type Scenario } from '../../../scenarios/index.js';
import { MUTANT_SCENARIOS } from '../../mutants/mutant-scenarios.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';

const runOf = (scenario: Scenario, options: RunOptions = {}) => ({ scenario, result: runScenario(scenario, options) });
const mutantRun = (mutant: string, seed = '1') => runOf(MUTANT_SCENARIOS[mutant]!, { mutants: [mutant], seed });

describe('how a run failed', () => {
  it('is told by the promise, the role of the queue and what became of the message', () => {
    expect(failureOf(mutantRun('one-delivery-too-many'))).toEqual({
      invariant: 'max-deliveries', verdict: 'violated', queue: 'source', message: { redelivered: true, deadLettered: false }, cause: [],
    });
    expect(failureOf(mutantRun('dead-letter-copied-twice'))).toMatchObject({ invariant: 'dlq-conservation', message: { deadLettered: true } });
  });

  it('names the faults that struck the message, and not those that struck elsewhere or later', () => {
    const { 'reply-before-durable': scenario } = MUTANT_SCENARIOS;
    const elsewhere = [{ at: 2 * SECOND, fault: 'clock-jump', target: 'consumer-2', by: SECOND }, { at: 20 * SECOND, fault: 'pause', target: 'producer', for: SECOND }];
    const run = runOf({ ...scenario!, faults: [...scenario!.faults, ...elsewhere] }, { mutants: ['reply-before-durable'] });
    expect(failureOf(run)).toMatchObject({ invariant: 'acked-send-not-lost', cause: ['power-loss'] });
  });

  it('is the same for another seed, and another for another mutant', () => {
    const [one, other] = [failureOf(mutantRun('delete-not-journalled', '1'))!, failureOf(mutantRun('delete-not-journalled', '2'))!];
    expect(isSameFailure(one, other)).toBe(true);
    expect(isSameFailure(one, failureOf(mutantRun('lease-handed-out-twice'))!)).toBe(false);
    expect(failureKey(one)).toBe('acked-not-redelivered violated source first-delivery');
    expect(corpusKey(one)).toBe('acked-not-redelivered violated source first-delivery crash');
  });
});

describe('a run that broke several promises', () => {
  const several = aScenario({
    broker: { flush: 'interval' }, consumers: [aConsumer('consumer-1', { handler: { time: constant(400 * MILLISECOND) } })],
    faults: [{ at: 5.95 * SECOND, fault: 'power-loss', target: 'broker', for: SECOND }],
    expect: { promises: (['acked-send-not-lost', 'acked-not-redelivered'] as const).map((invariant) => ({ invariant, verdict: 'holds', line: 1, column: 1 })), thresholds: [] },
  });

  it('failed once for each, by the life of its own message', () => {
    const run = runOf(several);
    const failures = failuresOf(run);
    expect(failures[0]).toEqual(failureOf(run));
    expect(failures).toMatchObject([
      { invariant: 'acked-send-not-lost', message: { redelivered: false }, cause: ['power-loss'] },
      { invariant: 'acked-not-redelivered', cause: ['power-loss'] },
    ]);
    // Without the other life, nothing is said of the other message.
    const { stories: _stories, ...result } = run.result;
    expect(failuresOf({ ...run, result })).toEqual([failures[0]]);
    expect(failuresOf(runOf({ ...several, faults: [] }))).toEqual([]);
  });

  it('shows nothing new where it fails as before and more struck than that needs', () => {
    const [lost, again] = failuresOf(runOf(several)) as [Failure, Failure];
    expect(isKnownFailure({ ...lost, cause: ['crash', 'power-loss'] }, lost)).toBe(true);
    expect(isKnownFailure({ ...lost, cause: ['crash'] }, lost)).toBe(false);
    expect(isKnownFailure(again, lost)).toBe(false);
  });
});

describe('a run that broke nothing', () => {
  const duplicates = aScenario({
    producers: [aProducer({ messages: 5 })], consumers: [aConsumer('consumer', { visibilityTimeoutMicros: SECOND, handler: { time: constant(3 * SECOND) } })],
  });
  const expecting = (invariant: string, verdict: 'holds' | 'violated') => ({ promises: [{ invariant, verdict, line: 1, column: 1 }], thresholds: [] });

  it('has no failure, and says why there is nothing to shrink', () => {
    const held = runOf(duplicates);
    expect(failureOf(held)).toBeNull();
    expect(whyNotShrinkable(held.result)).toMatch(/^The run held/);
  });

  it('when the scenario expects a violation that did not happen', () => {
    const run = runOf({ ...duplicates, expect: expecting('no-phantom', 'violated') });
    expect(run.result.outcome).toBe('broken');
    expect(failureOf(run)).toBeNull();
    expect(whyNotShrinkable(run.result)).toMatch(/expects no-phantom to be violated, and it came out as holds/);
  });

  it('when only a threshold was missed', () => {
    const threshold = { expression: 'p99(endToEnd) < 1ms', aggregate: 'p99', measure: 'endToEnd', operator: '<', limit: MILLISECOND, line: 1, column: 1 } as const;
    const run = runOf({ ...duplicates, expect: { promises: [], thresholds: [threshold] } });
    expect(failureOf(run)).toBeNull();
    expect(whyNotShrinkable(run.result)).toMatch(/^The threshold p99\(endToEnd\) < 1ms was missed/);
  });

  it('is a failure when the contract allows the breach and the scenario says that it must hold', () => {
    const lossy = aScenario({
      broker: { flush: 'never' }, faults: [{ at: 5 * SECOND, fault: 'power-loss', target: 'broker', for: SECOND }],
      consumers: [aConsumer('consumer', { startMicros: 10 * SECOND })], expect: expecting('acked-send-not-lost', 'holds'),
    });
    expect(failureOf(runOf(lossy))).toMatchObject({ invariant: 'acked-send-not-lost', verdict: 'anomaly', cause: ['power-loss'] });
  });
});
