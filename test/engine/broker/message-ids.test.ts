import { describe, expect, it } from 'vitest';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

describe('message ids', () => {
  it.each(['interval', 'never'] as const)('are never given again, though power losses took the messages that had them (flush: %s)', (flush) => {
    const { rows, result } = rowsOf(aScenario({
      broker: { flush },
      producers: [aProducer({ interval: constant(5 * MILLISECOND), messages: 4000 })],
      consumers: [aConsumer('consumer', { startMicros: 22 * SECOND, concurrency: 20, batchSize: 10 })],
      faults: [{ at: 3500 * MILLISECOND, fault: 'power-loss', target: 'broker', for: SECOND, every: 5 * SECOND, times: 4 }],
    }));
    const ids = rows.filter(({ event }) => event === 'accept').map(({ copy }) => copy);
    expect(new Set(ids).size).toBe(ids.length);
    // Some were lost, so the ids that follow could have been theirs.
    expect(result.measures.counts['handled']).toBeLessThan(ids.length);
    expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });
});

describe('receipt handles', () => {
  it.each(['interval', 'never'] as const)('are never given again, though power losses took the receives that had them (flush: %s)', (flush) => {
    const { rows, result } = rowsOf(aScenario({
      broker: { flush },
      queues: [aQueue('orders', { visibilityTimeoutMicros: SECOND })],
      producers: [aProducer({ interval: constant(5 * MILLISECOND), messages: 200 })],
      // Most handlings fail, so each message is received again and again.
      consumers: [aConsumer('consumer', { concurrency: 200, batchSize: 10, handler: { failure: 0.9 } })],
      faults: [{ at: 5500 * MILLISECOND, fault: 'power-loss', target: 'broker', for: SECOND, every: 5 * SECOND, times: 3 }],
    }));
    const handles = rows.filter(({ event }) => event === 'lease-grant').map(({ handle }) => handle);
    expect(new Set(handles).size).toBe(handles.length);
    expect(handles.length).toBeGreaterThan(500);
    expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });
});
