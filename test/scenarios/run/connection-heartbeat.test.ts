import { describe, expect, it } from 'vitest';
import { parse } from '../format/given.js';
import { judgeScenario } from '../../../scenarios/index.js';
import { rowsOf } from '../rows-of.js';

const CUT_SECONDS = 10;

/** A consumer, and a producer that sends every second, are cut off for good after ten seconds: after how long each end takes the connection for lost; null: never. */
function cutOff(target: 'worker' | 'web', setting: string) {
  const { rows } = rowsOf(parse(`name: demo
personality: rabbitmq
duration: 8min
drain: 10s
queues: { jobs: {} }
producers: { web: { queue: jobs, rate: 1/s, retry: { timeout: 10min, attempts: 1 }, ${target === 'web' ? setting : 'heartbeat: 60s'} } }
consumers: { worker: { queue: jobs, ${target === 'worker' ? setting : 'heartbeat: 60s'}, recoveryInterval: 1h, prefetch: 1, handler: { time: 10min } } }
faults: [{ fault: network-partition, at: ${CUT_SECONDS}s, for: 1h, target: ${target} }]
`));
  const after = (event: string, outcome?: string): number | null => {
    const lost = rows.find((row) => row.event === event && row['outcomeReason'] === outcome && row.timeMicros > CUT_SECONDS * 1e6);
    return lost === undefined ? null : lost.timeMicros / 1e6 - CUT_SECONDS;
  };
  return { broker: after('revoke'), producer: after('send-info', 'connection-lost') };
}

describe('a connection on which nothing is heard any more', () => {
  it.each([5, 10, 20])('is taken for lost by the broker after two heartbeat timeouts, three at most: %d s', (seconds) => {
    const { broker } = cutOff('worker', `heartbeat: ${seconds}s`);
    // It has said its last up to half a timeout before.
    expect(broker).toBeGreaterThan(1.5 * seconds);
    expect(broker).toBeLessThanOrEqual(3 * seconds);
  });

  it.each([5, 10, 20])('and so by the client: %d s', (seconds) => {
    const { producer } = cutOff('web', `heartbeat: ${seconds}s`);
    expect(producer).toBeGreaterThan(2 * seconds - 1);
    expect(producer).toBeLessThanOrEqual(3 * seconds);
  });

  it('has a timeout of 60 s when nothing is said, and when more is wanted', () => {
    const usual = cutOff('worker', 'concurrency: 1');
    expect(usual.broker).toBeGreaterThan(90);
    expect(usual.broker).toBeLessThanOrEqual(180);
    expect(cutOff('worker', 'concurrency: 1, heartbeat: 580s')).toEqual(usual);
  });

  it.each(['none', '0'])('is never missed by a broker that has nothing to say, with a timeout of %s', (none) => {
    expect(cutOff('worker', `heartbeat: ${none}`).broker).toBeNull();
  });
});

describe('a connection that a slow network keeps silent for longer than its heartbeat timeouts', () => {
  const slow = parse(`name: demo
personality: rabbitmq
duration: 2min
network: { latency: exponential(1s) }
queues: { jobs: {}, safe: { type: quorum } }
producers:
  web: { queue: jobs, rate: 20/min, heartbeat: 1s, confirm: false }
  shop: { queue: safe, rate: 20/min, heartbeat: 1s }
consumers:
  worker: { queue: jobs, heartbeat: 1s, prefetch: 5, handler: { time: 500ms } }
  clerk: { queue: safe, heartbeat: 1s, prefetch: 5, handler: { time: 500ms } }
`);

  it('is lost with what was on its way, though no fault struck, which is held against nobody', () => {
    const { rows } = rowsOf(slow);
    const lost = rows.filter(({ event }) => event === 'connection-lost');
    for (const actor of ['broker', 'worker', 'web']) expect(lost.some((row) => row.actor === actor), actor).toBe(true);
    expect(new Set(lost.map((row) => row['lostBy']))).toEqual(new Set(['silence', 'close']));
    for (const seed of ['1', '2', '3']) expect(judgeScenario(slow, { seed }).verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });
});
