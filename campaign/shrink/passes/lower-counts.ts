import type { Scenario } from '../../../scenarios/index.js';
import { type Pass, tryEach } from '../pass.js';

/** A count that a person would rather read smaller, and where it is. */
interface Count {
  readonly read: (scenario: Scenario) => number | null;
  readonly write: (scenario: Scenario, value: number) => Scenario;
}

const replaceAt = <T>(items: readonly T[], index: number, change: (item: T) => T): T[] => items.map((item, at) => (at === index ? change(item) : item));

const producerBatch = (index: number): Count => ({
  read: ({ producers }) => producers[index]!.batchSize,
  write: (at, value) => ({ ...at, producers: replaceAt(at.producers, index, (producer) => ({ ...producer, batchSize: value })) }),
});

const consumerCount = (key: 'concurrency' | 'batchSize') => (index: number): Count => ({
  read: ({ consumers }) => consumers[index]![key],
  write: (at, value) => ({ ...at, consumers: replaceAt(at.consumers, index, (consumer) => ({ ...consumer, [key]: value })) }),
});

const prefetch = (index: number): Count => ({
  read: ({ consumers }) => consumers[index]!.subscription?.prefetch ?? null,
  write: (at, value) => ({
    ...at, consumers: replaceAt(at.consumers, index, (consumer) => (consumer.subscription === undefined ? consumer : { ...consumer, subscription: { ...consumer.subscription, prefetch: value } })),
  }),
});

const maxReceiveCount = (index: number): Count => ({
  read: ({ queues }) => queues[index]!.deadLetter?.maxReceiveCount ?? null,
  write: (at, value) => ({
    ...at, queues: replaceAt(at.queues, index, (queue) => (queue.deadLetter === null ? queue : { ...queue, deadLetter: { ...queue.deadLetter, maxReceiveCount: value } })),
  }),
});

/** A larger limit is one that nobody chose to be reached. */
const MOST_IN_FLIGHT = 1_000;

/** What fills a queue takes as many messages as its limit says. */
const maxInFlight = (index: number): Count => ({
  read: ({ queues }) => {
    const { maxInFlight: most = Infinity } = queues[index]!;
    return most <= MOST_IN_FLIGHT ? most : null;
  },
  write: (at, value) => ({ ...at, queues: replaceAt(at.queues, index, (queue) => ({ ...queue, maxInFlight: value })) }),
});

const pushCount = (key: 'maxLength' | 'maxLengthBytes' | 'maxPriority') => (index: number): Count => ({
  read: ({ queues }) => queues[index]!.push?.[key] ?? null,
  write: (at, value) => ({ ...at, queues: replaceAt(at.queues, index, (queue) => (queue.push === undefined ? queue : { ...queue, push: { ...queue.push, [key]: value } })) }),
});

function* countsOf({ producers, consumers, queues }: Scenario): Generator<Count> {
  for (const index of queues.keys()) yield* [maxInFlight, pushCount('maxLength'), pushCount('maxLengthBytes'), pushCount('maxPriority'), maxReceiveCount].map((count) => count(index));
  for (const index of consumers.keys()) yield* [prefetch, consumerCount('concurrency'), consumerCount('batchSize')].map((count) => count(index));
  for (const index of producers.keys()) yield producerBatch(index);
}

export const lowerCounts: Pass = {
  name: 'lower counts',
  run: (scenario, attempt) => tryEach(scenario, lowered(scenario), attempt, (smallest, { count, value }) => {
    const now = count.read(smallest);
    return now === null || value >= now ? null : count.write(smallest, value);
  }),
};

/** The smallest first; halves find what lies between. */
function* lowered(scenario: Scenario): Generator<{ readonly count: Count; readonly value: number }> {
  for (const count of countsOf(scenario)) {
    const now = count.read(scenario);
    if (now === null || !Number.isFinite(now)) continue;
    for (const value of [1, 2, 3, now >> 2, now >> 1]) if (value >= 1 && value < now) yield { count, value };
  }
}
