import { describe, expect, it } from 'vitest';
import { aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

/** 100 messages a second for ten seconds; half of all sends are throttled, from the second second to the sixth. */
function throttled(pace: 'none' | 'adaptive') {
  const retry = { timeoutMicros: SECOND, attempts: 1000, backoffBaseMicros: 10 * MILLISECOND, backoffCapMicros: 10 * MILLISECOND, jitter: 'none', pace } as const;
  const { result, rows } = rowsOf(aScenario({
    durationMicros: 10 * SECOND, producers: [aProducer({ interval: constant(10 * MILLISECOND), messages: 1000, maxInFlight: 1000, retry })],
    faults: [{ at: 2 * SECOND, fault: 'service-error', target: 'broker', error: 'throttled', requests: 'send', probability: 0.5, for: 4 * SECOND }],
  }));
  expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  return { counts: result.measures.counts as Record<string, number>, rows };
}

describe('a client that adapts its pace', () => {
  it('is throttled less often than one that does not, and everything it has to send is sent in the end', () => {
    const plain = throttled('none');
    const paced = throttled('adaptive');
    expect(plain.counts['send-retries']).toBeGreaterThan(300);
    expect(paced.counts['send-retries']!).toBeLessThan(plain.counts['send-retries']! / 2);
    expect(paced.counts).toMatchObject({ 'send-ok': 1000, accepted: 1000 });
  });

  it('is as quick as the other one until it is throttled', () => {
    const until = (rows: readonly Record<string, unknown>[]) => rows.filter(({ event, timeMicros }) => event === 'send-ok' && (timeMicros as number) < 2 * SECOND).map(({ timeMicros }) => timeMicros);
    expect(until(throttled('adaptive').rows)).toEqual(until(throttled('none').rows));
  });
});
