import { describe, expect, it } from 'vitest';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const RETRY = { timeoutMicros: 300 * MILLISECOND, attempts: 5, backoffBaseMicros: 10 * MILLISECOND, backoffCapMicros: 10 * MILLISECOND, jitter: 'none' } as const;
/** Requests of the producer do not reach the broker for two seconds. */
const mute = { at: 2 * SECOND, fault: 'network-partition-one-way', target: 'producer', peers: 'broker', for: 2 * SECOND };
const BREAKER = { failureRate: 0.5, windowMicros: SECOND, minimum: 3, openMicros: SECOND, trials: 2 } as const;
const rabbit = { personality: 'rabbitmq', queues: [aQueue('orders', { push: { ...pushSettings() } })] } as const;

function pushSettings() {
  return {
    type: 'classic', isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: 5, maxLengthBytes: null, overflow: 'reject-publish', maxPriority: null,
    deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: null, isSingleActive: false,
  } as const;
}

const counts = (settings: Parameters<typeof aScenario>[0]) => {
  const { result, rows } = rowsOf(aScenario(settings));
  expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  return { counts: result.measures.counts as Record<string, number>, rows };
};

describe('classes of failures', () => {
  it('that are not to be tried again end a send at once', () => {
    const all = counts({ producers: [aProducer({ retry: RETRY })], faults: [mute] }).counts;
    const none = counts({ producers: [aProducer({ retry: { ...RETRY, retryOn: ['throttling'] } })], faults: [mute] }).counts;
    expect(all['send-retries']).toBeGreaterThan(100);
    expect(none['send-retries']).toBe(0);
    expect(none['send-unknown']! + none['send-failed']!).toBeGreaterThan(50);
  });

  it('are told apart: what a full queue refuses is tried again when nacks are', () => {
    const full = { queues: [aQueue('orders', { push: pushSettings() })], personality: 'rabbitmq' } as const;
    const publish = { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null };
    const { rows } = counts({ ...full, producers: [aProducer({ publish, messages: 8, interval: constant(0), retry: { ...RETRY, attempts: 2, retryOn: ['nack'] } })], consumers: [] });
    expect(rows.filter(({ event }) => event === 'send-attempt').length).toBe(3);
    expect(rows.filter(({ event }) => event === 'send-fail').length).toBe(3);
  });
});

describe('a retry budget', () => {
  it('bounds what a failure of the network makes a producer send again, and says what it refused', () => {
    const free = counts({ producers: [aProducer({ retry: RETRY })], faults: [mute] }).counts;
    const bound = counts({ producers: [aProducer({ retry: { ...RETRY, budget: { share: 0.1, burst: 10, timeoutCost: 1 } } })], faults: [mute] }).counts;
    expect(free['retries-refused']).toBe(0);
    expect(bound['send-retries']).toBeLessThanOrEqual(10 + 0.1 * 500);
    expect(bound['retries-refused']).toBeGreaterThan(20);
    expect(bound['send-retries']).toBeLessThan(free['send-retries']! / 3);
  });
});

describe('a circuit breaker', () => {
  it('that fails fast ends sends while it is open, without a word to the broker', () => {
    const { counts: seen, rows } = counts({ producers: [aProducer({ retry: RETRY, breaker: { ...BREAKER, whenOpen: 'fail' } })], faults: [mute] });
    expect(seen['breaker-opened']).toBeGreaterThan(0);
    expect(seen['breaker-refused']).toBeGreaterThan(20);
    expect(rows.filter(({ event, guard }) => event === 'client-guard' && guard === 'breaker-closed').length).toBe(1);
    expect(seen['send-ok']! + seen['send-failed']! + seen['send-unknown']!).toBe(500);
  });

  it('that lets sends wait loses none of them', () => {
    const { counts: seen } = counts({ producers: [aProducer({ retry: { ...RETRY, attempts: 100 }, breaker: { ...BREAKER, whenOpen: 'wait' } })], faults: [mute] });
    expect(seen['breaker-opened']).toBeGreaterThan(0);
    expect(seen).toMatchObject({ 'send-ok': 500, 'breaker-refused': 0 });
  });

  it('guards a publisher, too: nacks of a full queue open it', () => {
    const publish = { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null };
    const { counts: seen } = counts({
      ...rabbit, producers: [aProducer({ publish, retry: { ...RETRY, attempts: 1 }, breaker: { ...BREAKER, whenOpen: 'fail' } })],
      consumers: [aConsumer('consumer', { startMicros: 6 * SECOND, subscription: { prefetch: 10, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false } })],
    });
    expect(seen['breaker-opened']).toBeGreaterThan(1);
    expect(seen['breaker-refused']).toBeGreaterThan(100);
  });
});

describe('a bounded buffer', () => {
  const slow = { maxInFlight: 1, interval: constant(0), messages: 100, retry: RETRY };

  it('that blocks makes the source wait, and everything is sent late', () => {
    const { counts: seen, rows } = counts({ producers: [aProducer({ ...slow, buffer: { maxMessages: 5, whenFull: 'block' } })] });
    expect(seen).toMatchObject({ sent: 100, 'send-ok': 100 });
    expect(seen['buffer-full']).toBeGreaterThan(0);
    expect(rows.filter(({ event }) => event === 'send-invoke').every(({ intendedMicros }) => intendedMicros === 0)).toBe(true);
  });

  it('that rejects fails what does not fit', () => {
    const { counts: seen, rows } = counts({ producers: [aProducer({ ...slow, buffer: { maxMessages: 5, whenFull: 'reject' } })] });
    expect(seen).toMatchObject({ sent: 100, 'send-ok': 6, 'send-failed': 94, 'buffer-full': 94 });
    expect(rows.filter(({ event }) => event === 'send-ok').map(({ message }) => message)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('that drops the oldest keeps the newest', () => {
    const { counts: seen, rows } = counts({ producers: [aProducer({ ...slow, buffer: { maxMessages: 5, whenFull: 'drop-oldest' } })] });
    expect(seen).toMatchObject({ sent: 100, 'send-ok': 6, 'send-failed': 94, 'buffer-full': 94 });
    expect(rows.filter(({ event }) => event === 'send-ok').map(({ message }) => message)).toEqual([1, 96, 97, 98, 99, 100]);
  });
});

describe('a bounded buffer of a publisher', () => {
  const publish = { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null };
  const subscription = { prefetch: 10, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false } as const;
  const sentWith = (whenFull: 'block' | 'reject' | 'drop-oldest') => counts({
    ...rabbit, queues: [aQueue('orders', { push: { ...pushSettings(), maxLength: null } })], consumers: [aConsumer('consumer', { subscription })],
    producers: [aProducer({ publish, maxInFlight: 1, interval: constant(0), messages: 100, retry: RETRY, buffer: { maxMessages: 5, whenFull } })],
  });
  const accepted = ({ rows }: ReturnType<typeof sentWith>) => rows.filter(({ event }) => event === 'send-ok').map(({ message }) => message);

  it('holds its source up, turns away what is new, or lets go of what is old, as that of a producer does', () => {
    expect(sentWith('block').counts).toMatchObject({ sent: 100, 'send-ok': 100 });
    // Nothing is under way before the channel is open: five wait, and the rest finds no room.
    const rejecting = sentWith('reject');
    expect(rejecting.counts).toMatchObject({ sent: 100, 'send-ok': 5, 'send-failed': 95, 'buffer-full': 95 });
    expect(accepted(rejecting)).toEqual([1, 2, 3, 4, 5]);
    expect(accepted(sentWith('drop-oldest'))).toEqual([96, 97, 98, 99, 100]);
  });
});

describe('a consumer with a buffer', () => {
  const busy = { producers: [aProducer({ messages: 200, interval: constant(MILLISECOND) })] };
  const held = (rows: readonly Record<string, unknown>[]): number => {
    let now = 0;
    let most = 0;
    for (const { event } of rows) {
      if (event === 'deliver') now += 1;
      if (event === 'handle-start') now -= 1;
      most = Math.max(most, now);
    }
    return most;
  };

  it('receives ahead until it is full, pauses, and goes on when half of it is free', () => {
    const { counts: seen, rows } = counts({ ...busy, consumers: [aConsumer('consumer', { concurrency: 1, batchSize: 5, bufferSize: 20 })] });
    expect(seen['pauses']).toBeGreaterThan(2);
    expect(held(rows)).toBeGreaterThan(15);
    expect(held(rows)).toBeLessThanOrEqual(20);
  });

  it('and one without receives when nothing waits', () => {
    const { counts: seen, rows } = counts({ ...busy, consumers: [aConsumer('consumer', { concurrency: 1, batchSize: 5 })] });
    expect(seen['pauses']).toBe(0);
    expect(held(rows)).toBeLessThanOrEqual(5);
  });
});
