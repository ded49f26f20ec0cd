import { describe, expect, it } from 'vitest';
import type { ProducerSpec } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { parse } from '../../scenarios/format/given.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const OUTBOX = { kind: 'outbox', pollMicros: 50 * MILLISECOND, batchSize: 10 } as const;
const STEPS = ['row-committed', 'sent', 'published', 'marked'] as const;
const crashAfter = (after: (typeof STEPS)[number]) => [{ after, nth: 20, forMicros: SECOND }] as const;

/** A service that stores and tells 100 things, and one that is told once of each. */
function run(settings: Partial<ProducerSpec>, handler: 'plain' | 'inbox' = 'inbox') {
  const { result, rows } = rowsOf(aScenario({ producers: [aProducer({ messages: 100, ...settings })], consumers: [aConsumer('consumer', { handler: { kind: handler } })] }));
  const verdict = (id: string) => result.verdicts.find(({ invariant }) => invariant === id)!;
  return { result, rows, verdict, counts: result.measures.counts as Record<string, number>, written: rows.filter((row) => row['localWrite'] === 'row').map(({ message }) => message) };
}

describe('a dual write', () => {
  it('is whole when nothing happens between its halves', () => {
    for (const kind of ['row-then-message', 'message-then-row'] as const) expect(run({ write: { kind } }).verdict('row-and-message').verdict).toBe('holds');
  });

  it('of the row first loses the message of a row when the program dies between the two', () => {
    const { verdict } = run({ write: { kind: 'row-then-message' }, crashes: crashAfter('row-committed') });
    expect(verdict('row-and-message')).toMatchObject({ verdict: 'anomaly', count: 1 });
    expect(verdict('row-and-message').first!.text).toMatch(/producer committed the row of message \d+ at .*, and the message never came to orders/);
  });

  it('of the message first tells of a row that is not there', () => {
    const { verdict } = run({ write: { kind: 'message-then-row' }, crashes: crashAfter('published') });
    expect(verdict('row-and-message').verdict).toBe('anomaly');
    expect(verdict('row-and-message').first!.text).toMatch(/message \d+ was stored in orders at .*, and producer never committed the row/);
  });
});

describe('a transactional outbox', () => {
  it('publishes what was committed, in its order, and marks it', () => {
    const { rows, written, counts } = run({ write: OUTBOX });
    const sent = rows.filter(({ event }) => event === 'send-invoke').map(({ message }) => message);
    expect(sent).toEqual(written);
    expect(rows.filter((row) => row['localWrite'] === 'published').length).toBe(100);
    expect(counts['send-ok']).toBe(100);
  });

  it.each(STEPS)('loses nothing and tells of nothing that is not there when it dies after %s', (after) => {
    const { verdict, counts, written } = run({ write: OUTBOX, crashes: crashAfter(after) });
    expect(counts['crashes']).toBe(1);
    expect(verdict('row-and-message').verdict).toBe('holds');
    expect(counts['effects']).toBe(written.length);
  });

  it('that dies with a send under way does not know of it, and sends it again', () => {
    const { rows, counts, verdict } = run({ write: OUTBOX, crashes: crashAfter('sent') });
    const again = rows.find((row) => row['event'] === 'send-attempt' && row['isAnew'] === 1)!;
    expect(rows.filter((row) => row['event'] === 'accept' && row['message'] === again.message).length).toBe(2);
    expect(counts['duplicate-effects']).toBe(0);
    expect(verdict('no-phantom').verdict).toBe('holds');
  });

  it('publishes again what it did not live to mark: at least once, and the inbox makes one effect of it', () => {
    const plain = run({ write: OUTBOX, crashes: crashAfter('published') }, 'plain');
    expect(plain.counts['duplicate-effects']).toBeGreaterThan(0);
    const inbox = run({ write: OUTBOX, crashes: crashAfter('published') });
    expect(inbox.counts).toMatchObject({ 'duplicate-effects': 0, effects: inbox.written.length });
    expect(inbox.counts['suppressed-effects']).toBeGreaterThan(0);
    expect(inbox.verdict('exactly-once-effects').verdict).toBe('holds');
    // A repetition of the program is no retry of the client.
    expect(inbox.rows.some((row) => row['event'] === 'send-attempt' && row['isAnew'] === 1)).toBe(true);
    expect(inbox.result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });

  it('keeps what the broker did not take until it does', () => {
    const { result } = rowsOf(aScenario({
      producers: [aProducer({ messages: 100, write: OUTBOX, retry: { timeoutMicros: 200 * MILLISECOND, attempts: 1, backoffBaseMicros: 1, backoffCapMicros: 1, jitter: 'none' } })],
      faults: [{ at: SECOND, fault: 'crash', target: 'broker', for: 5 * SECOND }],
    }));
    expect(result.measures.counts['send-failed']! + result.measures.counts['send-unknown']!).toBeGreaterThan(5);
    expect(result.verdicts.find(({ invariant }) => invariant === 'row-and-message')).toMatchObject({ verdict: 'holds' });
    expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });

  it('works over channels, too', () => {
    const publish = { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null };
    const push = {
      type: 'classic', isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: null, maxLengthBytes: null, overflow: 'drop-head', maxPriority: null,
      deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: null, isSingleActive: false,
    } as const;
    const scenario = aScenario({
      personality: 'rabbitmq', producers: [aProducer({ messages: 100, publish, write: OUTBOX, crashes: crashAfter('published') })],
      consumers: [aConsumer('consumer', { handler: { kind: 'inbox' }, subscription: { prefetch: 10, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false } })],
    });
    const { result } = rowsOf({ ...scenario, queues: scenario.queues.map((queue) => ({ ...queue, push })) });
    expect(result.measures.counts['duplicate-effects']).toBe(0);
    expect(result.measures.counts['suppressed-effects']).toBeGreaterThan(0);
    expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });

  it.each([
    ['is confirmed', ''],
    ['is committed', 'transaction: 5, '],
  ])('sets aside what came back before it %s: it is not published, and holds up nothing behind it', (_, how) => {
    const { result, rows } = rowsOf(parse(`
name: demo
personality: rabbitmq
duration: 10s
exchanges: { events: { type: topic, bindings: [{ queue: jobs, key: 'order.*' }] } }
queues: { jobs: {} }
producers: { shop: { exchange: events, routingKey: [stock.low, stock.low, order.new], interval: 50ms, messages: 90, write: outbox, outboxBatch: 5, ${how}mandatory: true } }
consumers: { worker: { queue: jobs } }
`));
    const writes = (what: string): number => rows.filter((row) => row['localWrite'] === what).length;
    expect([writes('row'), writes('published'), writes('set-aside')]).toEqual([90, 30, 60]);
    expect(result.measures.counts).toMatchObject({ returned: 60, 'send-failed': 60, 'send-ok': 30, effects: 30 });
    expect(rows.find(({ event }) => event === 'send-fail')).toMatchObject({ outcomeReason: 'returned' });
    expect(result.run.drained).toBe(true);
    expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });
});
