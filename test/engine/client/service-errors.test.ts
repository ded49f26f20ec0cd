import { describe, expect, it } from 'vitest';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const RETRY = { timeoutMicros: SECOND, attempts: 3, backoffBaseMicros: 10 * MILLISECOND, backoffCapMicros: 10 * MILLISECOND, jitter: 'none' } as const;
const few = (settings: Parameters<typeof aProducer>[0] = {}) => aProducer({ messages: 20, interval: constant(10 * MILLISECOND), retry: RETRY, ...settings });
/** All requests of these kinds are answered with an error, for as long as the scenario lasts. */
const failing = (requests: string, settings: object = {}) => ({ at: 0, fault: 'service-error', target: 'broker', requests, probability: 1, ...settings });

function run(settings: Parameters<typeof aScenario>[0]) {
  const { result, rows } = rowsOf(aScenario({ durationMicros: 5 * SECOND, ...settings }));
  expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  return { counts: result.measures.counts as Record<string, number>, rows };
}

describe('a send that the service answers with HTTP 500', () => {
  it('is sent again, as often as the policy says, and its outcome stays unknown though nothing was stored', () => {
    const { counts, rows } = run({ producers: [few()], faults: [failing('send')] });
    expect(counts).toMatchObject({ sent: 20, 'send-retries': 40, 'send-unknown': 20, 'send-failed': 0, accepted: 0 });
    expect(rows.filter(({ event }) => event === 'send-info').every(({ outcomeReason }) => outcomeReason === 'service-error')).toBe(true);
  });

  it('may be stored with every attempt, in a standard queue', () => {
    const { counts } = run({ producers: [few()], faults: [failing('send', { carriedOut: 1 })] });
    expect(counts).toMatchObject({ 'send-unknown': 20, accepted: 60 });
  });

  it('and is stored once in a FIFO queue: the deduplication id is that of the first attempt', () => {
    const { counts } = run({
      queues: [aQueue('orders.fifo', { kind: 'fifo' })],
      producers: [few({ queue: 'orders.fifo', groups: { name: 'group', count: 20, choice: 'round-robin' }, deduplication: 'id' })],
      consumers: [aConsumer('consumer', { queue: 'orders.fifo' })],
      faults: [failing('send', { carriedOut: 1 })],
    });
    expect(counts).toMatchObject({ 'send-unknown': 20, 'send-retries': 40, accepted: 20 });
  });

  it('is not sent again by a policy that does not name such errors', () => {
    const { counts } = run({ producers: [few({ retry: { ...RETRY, retryOn: ['timeout', 'connection', 'throttling'] } })], faults: [failing('send')] });
    expect(counts).toMatchObject({ 'send-retries': 0, 'send-unknown': 20 });
  });

  it('counts against the circuit breaker and the retry budget', () => {
    const breaker = { failureRate: 0.5, windowMicros: SECOND, minimum: 5, openMicros: 10 * SECOND, trials: 1, whenOpen: 'fail' } as const;
    const guarded = run({ producers: [few({ breaker })], faults: [failing('send', { error: 'unavailable' })] });
    expect(guarded.counts['breaker-opened']).toBe(1);
    const thrifty = run({ producers: [few({ retry: { ...RETRY, budget: { share: 0, burst: 7, timeoutCost: 2 } } })], faults: [failing('send')] });
    expect(thrifty.counts['send-retries']).toBe(7);
  });
});

describe('a send that is throttled', () => {
  it('has certainly failed when every attempt was', () => {
    const { counts, rows } = run({ producers: [few()], faults: [failing('send', { error: 'throttled', carriedOut: 1 })] });
    expect(counts).toMatchObject({ 'send-retries': 40, 'send-failed': 20, 'send-unknown': 0, accepted: 0 });
    expect(rows.filter(({ event }) => event === 'send-fail').every(({ outcomeReason }) => outcomeReason === 'overloaded')).toBe(true);
  });

  it('waits longer before it is sent again than after other errors', () => {
    const gap = (error: string): number => {
      const { rows } = run({ producers: [few({ messages: 1, retry: { ...RETRY, throttledBaseMicros: 500 * MILLISECOND, backoffCapMicros: SECOND } })], faults: [failing('send', { error })] });
      const [first, second] = rows.filter(({ event }) => event === 'send-invoke' || event === 'send-attempt').map(({ timeMicros }) => timeMicros as number);
      return second! - first!;
    };
    expect(gap('unavailable')).toBeLessThan(100 * MILLISECOND);
    expect(gap('throttled')).toBeGreaterThan(490 * MILLISECOND);
  });

  it('of a batch fails as a whole, and is sent again as a whole', () => {
    const { counts } = run({ producers: [few({ batchSize: 10, interval: constant(0), retry: { ...RETRY, attempts: 100 } })], faults: [failing('send', { error: 'throttled', for: 200 * MILLISECOND })] });
    expect(counts).toMatchObject({ sent: 20, 'send-ok': 20, accepted: 20 });
    expect(counts['send-retries']! / 10).toBeGreaterThan(2);
    expect(counts['send-retries']! % 10).toBe(0);
  });
});

describe('a consumer whose service fails', () => {
  const handled = { producers: [few({ messages: 10 })], durationMicros: 20 * SECOND };

  it('receives again, and what a failed receive had leased comes back when its lease ends', () => {
    const { counts } = run({
      ...handled, queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND })],
      faults: [failing('receive', { carriedOut: 1, for: SECOND })],
    });
    expect(counts['lease-expired']).toBeGreaterThan(0);
    expect(counts).toMatchObject({ handled: 10, acknowledged: 10 });
  });

  it('with attempt ids gets the same messages again at once', () => {
    const { counts } = run({
      ...handled, queues: [aQueue('orders.fifo', { kind: 'fifo', contentBasedDeduplication: true, visibilityTimeoutMicros: 15 * SECOND })],
      producers: [few({ queue: 'orders.fifo', messages: 10, groups: { name: 'group', count: 1, choice: 'round-robin' } })],
      consumers: [aConsumer('consumer', { queue: 'orders.fifo', usesAttemptIds: true, waitTimeMicros: 0, retry: RETRY })],
      faults: [failing('receive', { carriedOut: 1, for: 500 * MILLISECOND })],
    });
    expect(counts).toMatchObject({ 'lease-expired': 0, acknowledged: 10 });
  });

  it('does not know whether its acknowledgement was carried out, and the message is gone all the same', () => {
    const { counts } = run({ ...handled, consumers: [aConsumer('consumer', { retry: RETRY })], faults: [failing('settle', { carriedOut: 1 })] });
    expect(counts).toMatchObject({ 'ack-unknown': 10, 'ack-failed': 0, acknowledged: 10, delivered: 10 });
  });

  it('acknowledges again what was not, in time', () => {
    const { counts } = run({ ...handled, consumers: [aConsumer('consumer', { retry: { ...RETRY, attempts: 100 } })], faults: [failing('settle', { for: 500 * MILLISECOND })] });
    expect(counts).toMatchObject({ 'ack-unknown': 0, acknowledged: 10, delivered: 10 });
  });
});
