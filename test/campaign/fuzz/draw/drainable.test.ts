import { describe, expect, it } from 'vitest';
import { FUZZ_MAX_EVENTS, Search } from '../../../../campaign/index.js';
import { drainable } from '../../../../campaign/fuzz/draw/drainable.js';
import { DEFAULT_FUZZ, type FuzzSpec, judgeScenario, type Scenario } from '../../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MINUTE, SECOND } from '../../../scenarios/a-scenario.js';

/** Ten minutes to drain, of which half is foreseen, and one consumer that handles one message at a time. */
const slow = (seconds: number, settings: Partial<Scenario> = {}): Scenario => aScenario({
  drainMicros: 10 * MINUTE,
  queues: [aQueue('orders', { visibilityTimeoutMicros: 30 * SECOND })],
  producers: [aProducer({ messages: 60 })],
  consumers: [aConsumer('consumer-1', { concurrency: 1, batchSize: 1, handler: { time: constant(seconds * SECOND) } })],
  ...settings,
});

const messagesOf = (scenario: Scenario, spec: FuzzSpec = DEFAULT_FUZZ): number[] => drainable(scenario, spec).producers.map(({ messages }) => messages);
const timesOf = (scenario: Scenario, spec: FuzzSpec): unknown[] => drainable(scenario, spec).consumers.map(({ handler }) => handler.time);

describe('a workload that can drain', () => {
  it('stays as it is', () => expect(drainable(slow(5), DEFAULT_FUZZ)).toEqual(slow(5)));

  it('has fewer messages where handlers are slow, and handlers as slow as before', () => {
    const scenario = slow(20);
    expect(messagesOf(scenario)).toEqual([15]);
    expect(timesOf(scenario, DEFAULT_FUZZ)).toEqual([constant(20 * SECOND)]);
  });

  it('counts work twice where a lease ends before it, unless the lease is extended', () => {
    const scenario = slow(40);
    const extended = { ...scenario, consumers: scenario.consumers.map((consumer) => ({ ...consumer, extendEveryMicros: 10 * SECOND })) };
    expect(messagesOf(scenario)).toEqual([3]);
    expect(messagesOf(extended)).toEqual([7]);
  });

  it('has more messages the more consumers and places in work there are', () => {
    const { consumers: [one] } = slow(20);
    expect(messagesOf(slow(20, { consumers: [one!, { ...one!, name: 'consumer-2' }] }))).toEqual([30]);
    expect(messagesOf(slow(20, { consumers: [{ ...one!, concurrency: 3 }] }))).toEqual([45]);
  });

  it('is not helped by consumers that wait for the one message group', () => {
    const queues = [aQueue('orders', { kind: 'fifo' })];
    const { consumers: [one] } = slow(20);
    const producers = [aProducer({ messages: 60, groups: { name: 'group', count: 1, choice: 'round-robin' } })];
    expect(messagesOf(slow(20, { queues, producers, consumers: [{ ...one!, concurrency: 3 }] }))).toEqual([15]);
  });

  it('takes nothing from producers whose messages go to a fast queue', () => {
    const queues = [aQueue('orders'), aQueue('payments')];
    const producers = [aProducer({ messages: 60 }), aProducer({ name: 'till', queue: 'payments', messages: 60 })];
    const consumers = [...slow(20).consumers, aConsumer('clerk', { queue: 'payments' })];
    expect(messagesOf(slow(20, { queues, producers, consumers }))).toEqual([15, 60]);
  });

  it('has no fewer messages than the file asks for: handlers are faster instead, unless the file keeps them', () => {
    const asked: FuzzSpec = { ...DEFAULT_FUZZ, messages: { least: 30, most: 60 } };
    expect(messagesOf(slow(20), asked)).toEqual([30]);
    expect(timesOf(slow(20), asked)).toEqual([constant(10 * SECOND)]);
    expect(timesOf(slow(20), { ...asked, handlerTimeMicros: null })).toEqual([constant(20 * SECOND)]);
  });
});

describe('drawn runs', { timeout: 60_000 }, () => {
  const orders = aQueue('orders', { visibilityTimeoutMicros: 30 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 3 } });
  const scenario: Scenario = { ...aScenario({ queues: [orders, aQueue('dead')] }), fuzz: DEFAULT_FUZZ };
  const search = new Search({ scenario, strategy: 'swarm', baseSeed: '1' });
  const runs = Array.from({ length: 100 }, () => search.draw());

  it('come to an end that can be judged, nearly all of them', () => {
    const unjudged = runs.filter(({ scenario: drawn, seed }) => judgeScenario(drawn, { seed, maxEvents: FUZZ_MAX_EVENTS }).outcome === 'inconclusive');
    expect(unjudged.length).toBeLessThanOrEqual(3);
  });

  it('have handlers slower than a lease all the same', () => {
    const late = runs.filter(({ scenario: { consumers } }) => consumers.some(({ handler: { time } }) => time.kind === 'constant' && time.value > 30 * SECOND));
    expect(late.length).toBeGreaterThan(10);
  });
});
