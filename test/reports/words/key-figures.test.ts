import { describe, expect, it } from 'vitest';
import { keyFigures } from '../../../reports/words/key-figures.js';
import { runScenario } from '../../../scenarios/index.js';
import { parse } from '../../scenarios/format/given.js';
import { heldRun, verdict } from '../fixtures.js';

it('throughput is the measure of thresholds; beside it stands the mean while messages came, which a straggler after a fault makes no less', () => {
  const run = heldRun();
  const drainBeganMicros = 10 * run.series.stepMicros;
  // 100 a second for as long as they came, and then half an hour in which one message waits for its lease to end.
  const straggling = {
    ...run, run: { ...run.run, drainBeganMicros },
    measures: { ...run.measures, rates: { ...run.measures.rates, offered: 100, throughput: 0.5 } },
    series: { ...run.series, values: { ...run.series.values, throughput: run.series.atMicros.map((at) => (at < drainBeganMicros ? 100 : 0)) } },
  };
  expect(keyFigures(straggling).find(({ label }) => label === 'Throughput')).toMatchObject({ value: '30/min', note: '100/s while messages came; 100/s offered' });
});

type Run = ReturnType<typeof heldRun>;

const figureOf = (run: Run, wanted: string): string | undefined => {
  const found = keyFigures(run).find(({ label }) => label === wanted);
  return found === undefined ? undefined : `${found.value}: ${found.note}`;
};

describe('messages are counted once each', () => {
  const counting = (counts: Readonly<Record<string, number>>): Run => {
    const run = heldRun();
    return { ...run, measures: { ...run.measures, counts } };
  };

  it('though each dead letter is stored again in another queue', () => {
    const run = runScenario(parse(`name: demo
personality: rabbitmq
duration: 10s
queues:
  work: { type: classic, messageTtl: 100ms, deadLetterExchange: '', deadLetterRoutingKey: dead }
  dead: { type: classic }
producers:
  shop: { queue: work, rate: 10/s, messages: 20 }
consumers:
  worker: { queue: work, prefetch: 1, handler: { time: 1s } }
`), { seed: '1' });
    const { counts } = run.measures;
    expect(counts['dead-lettered']).toBeGreaterThan(0);
    expect(counts['accepted']).toBe(20 + counts['dead-lettered']!);
    expect(figureOf(run, 'Messages acknowledged')).toBe(`${counts['acknowledged']!}: 20 accepted`);
    expect(figureOf(run, 'Dead-lettered')).toBe(`${counts['dead-lettered']!}: ${counts['dead-lettered']! * 5} % of messages`);
  });

  it('though an exchange routes each to several queues: copies are named apart', () => {
    const run = runScenario(parse(`name: fan-out
personality: rabbitmq
duration: 4s
exchanges:
  news: { type: fanout, bindings: [{ queue: one }, { queue: two }, { queue: three }] }
queues:
  one: { type: classic }
  two: { type: classic }
  three: { type: classic }
producers:
  shop: { exchange: news, rate: 10/s, messages: 20 }
consumers:
  first: { queue: one }
  second: { queue: two }
  third: { queue: three }
`), { seed: '1' });
    expect(run.measures.counts).toMatchObject({ 'acknowledged-messages': 20, acknowledged: 60 });
    expect(figureOf(run, 'Messages acknowledged')).toBe('20: 20 accepted; 60 copies of them acknowledged');
    expect(figureOf(run, 'Throughput')).toMatch(/: of copies; /);
  });

  it('and those are named apart whose producer never learnt what became of them', () => {
    const run = counting({ 'send-ok': 6, 'send-unknown': 4, accepted: 12, acknowledged: 9, 'dead-lettered': 1 });
    expect(figureOf(run, 'Messages acknowledged')).toBe('9: 6 accepted, 4 of unknown outcome');
    expect(figureOf(run, 'Dead-lettered')).toBe('1: 10 % of messages');
  });

  it('so that dead letters that go from queue to queue are no share of them', () => {
    expect(figureOf(counting({ 'send-ok': 10, accepted: 40, 'dead-lettered': 30 }), 'Dead-lettered')).toBe('30: of 10 messages, some more than once');
    expect(figureOf(counting({ 'send-failed': 10 }), 'Dead-lettered')).toBe('0: nothing was accepted');
  });
});

it('redelivered counts leases, which are not all that brings a message again', () => {
  const run = heldRun();
  const counts = { ...run.measures.counts, leased: 860, delivered: 850, redelivered: 1, duplicates: 60 };
  expect(figureOf({ ...run, measures: { ...run.measures, counts } }, 'Redelivered')).toBe('1: leases of copies leased before, 0.116 % of all');
});

it('what was lost stands before what was dead-lettered, if anything was', () => {
  const lost = (over: Parameters<typeof verdict>[2]): Run => heldRun({ verdicts: [verdict('acked-send-not-lost', 'Nothing is lost.', over)] });
  expect(figureOf(heldRun(), 'Lost')).toBeUndefined();
  expect(figureOf(lost({ verdict: 'violated', count: 1_200 }), 'Lost')).toBe('1,200: accepted, and gone');
  expect(figureOf(lost({ verdict: 'anomaly', count: 3 }), 'Lost')).toBe('3: accepted, and gone; the contract allows it');
  expect(keyFigures(lost({ verdict: 'anomaly', count: 3 })).map(({ label }) => label).slice(3)).toEqual(['Redelivered', 'Lost', 'Dead-lettered']);
});

describe('what went another way than to a consumer', () => {
  const figuresOf = (counts: Readonly<Record<string, number>>): Record<string, string> => {
    const run = heldRun();
    const all = keyFigures({ ...run, measures: { ...run.measures, counts: { ...run.measures.counts, dropped: 0, ...counts } } });
    return Object.fromEntries(all.slice(5).map(({ label, value, note }) => [label, `${value}: ${note}`]));
  };

  it('has no figure where nothing did', () => {
    expect(figuresOf({})).toEqual({});
  });

  it('is said by reason: drops, publishes that no queue was bound for, sends that were refused, connections that were blocked', () => {
    expect(figuresOf({ dropped: 198, 'dropped-length': 198 })).toEqual({ Dropped: '198: over the length of their queue' });
    expect(figuresOf({ dropped: 12, 'dropped-expired': 2, 'dropped-delivery-limit': 10 })).toEqual({ Dropped: '12: 10 over the delivery limit, 2 time to live over' });
    expect(figuresOf({ dropped: 7, 'dropped-purge': 4, 'dropped-queue-deleted': 3 })).toEqual({ Dropped: '7: 4 purged, 3 deleted with their queue' });
    expect(figuresOf({ unroutable: 5 })).toEqual({ Unroutable: '5: stored nowhere, and nobody was told' });
    expect(figuresOf({ unroutable: 5, returned: 2 })).toEqual({ Unroutable: '5: stored nowhere; 2 returned to their producer' });
    expect(figuresOf({ 'send-rejected': 4, 'breaker-refused': 2 })).toEqual({ Refused: '6: 4 refused by the broker, 2 circuit breaker open' });
    expect(figuresOf({ 'connections-blocked': 3 })).toEqual({ 'Connections blocked': '3: by a resource alarm' });
  });

  it('comes from the run: each broken wish of RabbitMQ in its figure', () => {
    const run = runScenario(parse(`name: demo
personality: rabbitmq
duration: 10s
queues:
  short: { maxLength: 5 }
  full: { maxLength: 3, overflow: reject-publish }
  poisoned: { type: quorum, deliveryLimit: 2 }
exchanges: { nowhere: { type: direct } }
producers:
  lossy: { queue: short, rate: 10/s, messages: 20 }
  refused: { queue: full, rate: 10/s, messages: 10, retry: { attempts: 1 } }
  poison: { queue: poisoned, rate: 10/s, messages: 4 }
  unseen: { exchange: nowhere, routingKey: x, rate: 10/s, messages: 6 }
  told: { exchange: nowhere, routingKey: x, mandatory: true, rate: 10/s, messages: 2 }
consumers:
  worker: { queue: poisoned, handler: { time: 1ms, poisonEvery: 1 } }
`), { seed: '1' });
    expect(run.measures.counts).toMatchObject({ dropped: 19, 'dropped-length': 15, 'dropped-delivery-limit': 4, unroutable: 8, returned: 2, 'send-rejected': 7 });
    // What is confirmed and unroutable is lost, as its publisher has asked for.
    expect(Object.fromEntries(keyFigures(run).slice(4).map(({ label, value }) => [label, value]))).toEqual({ 'Lost': '6', 'Dead-lettered': '0', 'Dropped': '19', 'Unroutable': '8', 'Refused': '7' });
  });
});

it('connections that an alarm blocked come from the run, too', () => {
  const run = runScenario(parse(`name: demo
personality: rabbitmq
duration: 10s
memoryLimit: 16KiB
memoryCheckInterval: 10ms
queues: { jobs: {} }
producers: { web: { queue: jobs, rate: 100/s, size: 1KiB, messages: 100, persistent: false } }
consumers: { worker: { queue: jobs, prefetch: 5, handler: { time: 20ms } } }
`), { seed: '1' });
  const blocked = run.measures.counts['connections-blocked']!;
  expect(blocked).toBeGreaterThan(1);
  expect(figureOf(run, 'Connections blocked')).toBe(`${blocked}: by a resource alarm`);
});

it('an end-to-end latency that nobody knows is not taken for nothing handled', () => {
  const run = heldRun();
  const { endToEnd, ...latencies } = run.measures.latencies;
  const noteOf = (counts: Record<string, number>, more: typeof run.measures.latencies = {}): string | undefined =>
    keyFigures({ ...run, measures: { ...run.measures, counts, latencies: { ...latencies, ...more } } }).find(({ label }) => label.startsWith('End-to-end'))?.note;
  expect(noteOf({ handled: 0 })).toBe('nothing was handled');
  expect(noteOf({ handled: 1_000 })).toBe('not known of what was handled');
  expect(noteOf({ handled: 1_000 }, { endToEnd: { ...endToEnd!, count: 0 } })).toBe('not known of what was handled');
  expect(noteOf({ handled: 1_200 }, { endToEnd: endToEnd! })).toMatch(/^half within /);
});
