import { describe, expect, it } from 'vitest';
import { BREAKER_TABLE, type BreakerEvent, type BreakerPolicy, type BreakerState, CircuitBreaker, NO_MUTATIONS } from '../../../engine/index.js';
import { Kernel } from '../../../sim/index.js';
import { SECOND } from '../../scenarios/a-scenario.js';

const POLICY: BreakerPolicy = { failureRate: 0.5, windowMicros: 10 * SECOND, minimum: 4, openMicros: 30 * SECOND, trials: 2, whenOpen: 'fail' };

function aBreaker(policy: Partial<BreakerPolicy> = {}) {
  const kernel = new Kernel();
  const changes: string[] = [];
  const host = {
    clock: { monotonicMicros: () => kernel.now, wallMicros: () => kernel.now },
    timers: {
      create: (callback: () => void) => ({
        armed: false,
        arm: (delayMicros: number) => void kernel.schedule(kernel.now + delayMicros, callback, undefined),
        disarm: () => undefined,
      }),
    },
  };
  const breaker = new CircuitBreaker({ host, policy: { ...POLICY, ...policy }, mutations: NO_MUTATIONS, onChange: (state) => changes.push(`${state} at ${kernel.now / SECOND}`) });
  const attempt = (hasFailed: boolean): boolean => {
    const admission = breaker.admit();
    if (admission !== null) breaker.record(admission, hasFailed);
    return admission !== null;
  };
  return { kernel, breaker, changes, attempt };
}

describe('a circuit breaker', () => {
  it('follows its table', () => {
    const walk = (state: BreakerState, ...events: BreakerEvent[]): BreakerState => events.reduce((at, event) => BREAKER_TABLE[at][event], state);
    expect(walk('closed', 'tooManyFailed', 'openTimeOver', 'trialFailed', 'openTimeOver', 'trialsSucceeded')).toBe('closed');
    expect(walk('open', 'trialFailed', 'trialsSucceeded', 'tooManyFailed')).toBe('open');
  });

  it('opens when half of at least so many attempts failed, and lets nothing through', () => {
    const { attempt, breaker, changes } = aBreaker();
    attempt(true);
    attempt(true);
    attempt(false);
    expect(breaker.state).toBe('closed');
    attempt(false);
    expect(changes).toEqual(['open at 0']);
    expect(attempt(false)).toBe(false);
  });

  it('forgets what is older than its window', () => {
    const { attempt, breaker, kernel } = aBreaker();
    attempt(true);
    attempt(true);
    attempt(true);
    kernel.runUntil(11 * SECOND);
    attempt(true);
    expect(breaker.state).toBe('closed');
  });

  it('lets trials through when its time is over, closes when all succeed, and counts anew', () => {
    const { attempt, breaker, changes, kernel } = aBreaker();
    for (let count = 0; count < 4; count += 1) attempt(true);
    kernel.runUntil(31 * SECOND);
    expect(breaker.state).toBe('half-open');
    const trials = [breaker.admit(), breaker.admit(), breaker.admit()];
    expect(trials.map((trial) => trial !== null)).toEqual([true, true, false]);
    breaker.record(trials[0]!, false);
    expect(breaker.state).toBe('half-open');
    breaker.record(trials[1]!, false);
    attempt(true);
    expect(changes).toEqual(['open at 0', 'half-open at 30', 'closed at 31']);
  });

  it('opens again when one trial fails, whatever the other does later', () => {
    const { attempt, breaker, changes, kernel } = aBreaker();
    for (let count = 0; count < 4; count += 1) attempt(true);
    kernel.runUntil(30 * SECOND);
    const trials = [breaker.admit()!, breaker.admit()!];
    breaker.record(trials[0]!, true);
    breaker.record(trials[1]!, false);
    expect(breaker.state).toBe('open');
    kernel.runUntil(60 * SECOND);
    expect(changes).toEqual(['open at 0', 'half-open at 30', 'open at 30', 'half-open at 60']);
  });

  it('takes no failure of an attempt from before it opened for that of a trial', () => {
    const { attempt, breaker, kernel } = aBreaker();
    const late = breaker.admit()!;
    for (let count = 0; count < 4; count += 1) attempt(true);
    kernel.runUntil(30 * SECOND);
    breaker.record(late, true);
    expect(breaker.state).toBe('half-open');
  });
});
