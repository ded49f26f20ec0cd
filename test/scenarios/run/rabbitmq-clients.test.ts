import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../scenarios/index.js';
import { parse } from '../format/given.js';
import { rowsOf } from '../rows-of.js';

const scenario = (file: string) => parse(`name: demo\npersonality: rabbitmq\nduration: 20s\n${file}`);
const run = (file: string) => runScenario(scenario(file), { seed: '1' });
const times = (rows: readonly { readonly event: string; readonly timeMicros: number }[], event: string): number[] => rows.filter((row) => row.event === event).map(({ timeMicros }) => timeMicros);

describe('a producer in tx mode', () => {
  it('learns of each transaction that it is committed, at most so many messages at once', () => {
    const { result, rows } = rowsOf(scenario(`
queues: { jobs: {} }
producers: { web: { queue: jobs, interval: 1us, messages: 100, transaction: 10 } }
consumers: { worker: { queue: jobs, handler: { time: 1us } } }
`));
    expect(result.measures.counts).toMatchObject({ 'send-ok': 100, accepted: 100, handled: 100 });
    const ends = times(rows, 'send-ok');
    const largest = Math.max(...ends.map((end) => ends.filter((other) => other === end).length));
    expect(largest).toBe(10);
  });

  it('publishes all of it again when its connection is lost before the answer', () => {
    const { measures } = run(`
network: { latency: 20ms }
queues: { jobs: {} }
producers: { web: { queue: jobs, rate: 100/s, messages: 500, transaction: 20 } }
consumers: { worker: { queue: jobs, handler: { time: 1ms } } }
faults: [{ fault: connection-reset, at: 2s, target: web, every: 100ms, times: 10 }]
`);
    expect(measures.counts['send-ok']).toBe(500);
    expect(measures.counts['send-retries']).toBeGreaterThan(0);
  });

  it('hears 406 for a transaction of which a queue refused something', () => {
    const { measures } = run(`
queues: { jobs: { maxLength: 1, overflow: reject-publish } }
producers: { web: { queue: jobs, interval: 1us, messages: 5, transaction: 5, retry: { attempts: 1 } } }
`);
    expect(measures.refusals).toEqual([{ code: '406 PRECONDITION_FAILED', closed: 'channel', count: expect.any(Number) as number }]);
  });
});

describe('a consumer', () => {
  it('that asks for messages gets one at a time, and asks every so often when there are none', () => {
    const { rows, result } = rowsOf(scenario(`
queues: { jobs: {} }
producers: { web: { queue: jobs, sends: [1s, 1s, 5s] } }
consumers: { worker: { queue: jobs, receive: get, getEvery: 2s, handler: { time: 10ms } } }
`));
    const seconds = times(rows, 'deliver').map((micros) => micros / 1e6);
    expect(seconds[0]).toBeCloseTo(2, 0);
    expect(seconds[1]).toBeCloseTo(seconds[0]! + 0.01, 1);
    expect(seconds[2]).toBeCloseTo(6, 0);
    expect(result.measures.counts).toMatchObject({ handled: 3, acknowledged: 3 });
  });

  it('that acknowledges in transactions hears of it, and what was not committed comes again', () => {
    const { measures } = run(`
queues: { jobs: {} }
producers: { web: { queue: jobs, rate: 100/s, messages: 300 } }
consumers: { worker: { queue: jobs, prefetch: 50, acknowledge: transactional, acknowledgeEvery: 10, handler: { time: 5ms, failure: 5% } } }
faults: [{ fault: crash, at: 1s, target: worker, for: 1s }]
`);
    expect(measures.counts).toMatchObject({ acknowledged: 300, 'ack-failed': 0 });
    expect(measures.counts['redelivered']).toBeGreaterThan(5);
  });

  it('has a prefetch of its channel beside its own: the lower holds', () => {
    const heldBy = (prefetch: string): number => run(`
queues: { jobs: {} }
producers: { web: { queue: jobs, rate: 100/s, messages: 50 } }
consumers: { worker: { queue: jobs, ${prefetch}, handler: { time: 100ms } } }
`).measures.gauges['inFlight']!.max;
    expect([heldBy('prefetch: 7'), heldBy('prefetch: 7, channelPrefetch: 3'), heldBy('prefetch: 2, channelPrefetch: 5'), heldBy('channelPrefetch: 4')]).toEqual([7, 3, 2, 4]);
  });

  it('connects again after the recovery interval', () => {
    const { rows } = rowsOf(scenario(`
queues: { jobs: {} }
producers: { web: { queue: jobs, rate: 10/s } }
consumers: { worker: { queue: jobs, recoveryInterval: 5s, handler: { time: 1ms } } }
faults: [{ fault: connection-reset, at: 3s, target: worker }]
`));
    const after = times(rows, 'deliver').filter((micros) => micros > 3_100_000);
    expect(after[0]! / 1e6).toBeCloseTo(8, 1);
  });
});

describe('an exclusive queue', () => {
  const file = (more = '') => `
exchanges: { events: { type: fanout, bindings: [{ queue: mine }] } }
queues: { mine: { exclusive: true } }
producers: { web: { exchange: events, rate: 10/s } }
consumers:
  one: { queue: mine, declares: true, recoveryInterval: 5s, handler: { time: 1ms } }
${more}`;

  it('is there when its consumer declares it, with its bindings; what is published before and after that is unroutable', () => {
    const { measures, outcome } = run(file('faults: [{ fault: connection-reset, at: 5s, target: one }]'));
    expect(outcome).toBe('held');
    expect(measures.counts['handled']).toBeGreaterThan(140);
    expect(measures.counts['unroutable']).toBeGreaterThan(45);
    expect(measures.refusals).toBeUndefined();
  });

  it('is nobody else\'s: 405', () => {
    const { measures } = run(file('  other: { queue: mine, declares: true, start: 5s, stop: 6s }'));
    expect(measures.refusals).toMatchObject([{ code: '405 RESOURCE_LOCKED', closed: 'channel' }]);
    expect(measures.consumers!.map(({ name }) => name)).toEqual(['one']);
  });
});

it('a queue and an exchange that go by themselves are gone for publishers until the consumer declares them again', () => {
  const { measures } = run(`
exchanges: { events: { type: fanout, autoDelete: true, bindings: [{ queue: jobs }] } }
queues: { jobs: { autoDelete: true } }
producers: { web: { exchange: events, rate: 10/s, retry: { attempts: 1 } } }
consumers: { worker: { queue: jobs, declares: true, recoveryInterval: 2s, handler: { time: 1ms } } }
faults: [{ fault: connection-reset, at: 5s, target: worker }]
`);
  expect(measures.refusals).toMatchObject([{ code: '404 NOT_FOUND', closed: 'channel' }]);
  expect(measures.counts['send-unknown']).toBeGreaterThan(1);
  expect(measures.counts['send-ok']).toBeGreaterThan(150);
});

it('CC and BCC route further', () => {
  const { measures } = run(`
queues: { jobs: {}, audit: {}, secret: {} }
producers: { web: { queue: jobs, rate: 10/s, messages: 10, cc: audit, bcc: secret } }
`);
  expect(Object.fromEntries(measures.queues!.map(({ name, accepted }) => [name, accepted]))).toEqual({ jobs: 10, audit: 10, secret: 10 });
});
