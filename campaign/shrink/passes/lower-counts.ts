import type { Scenario } from '../../../scenarios/index.js';
import { type Pass, tryEach } from '../pass.js';

/** A count that a person would rather read smaller, and where it is. */
interface Count {
  readonly read: (scenario: Scenario) => number | null;
  readonly write: (scenario: Scenario, value: number) => Scenario;
}

const replaceAt = <T>(items: readonly T[], index: number, change: (item: T) => T): T[] => items.map((item, at) => (at === index ? change(item) : item));

function* countsOf(scenario: Scenario): Generator<Count> {
  for (const index of scenario.consumers.keys()) {
    for (const key of ['concurrency', 'batchSize'] as const) {
      yield {
        read: ({ consumers }) => consumers[index]![key],
        write: (at, value) => ({ ...at, consumers: replaceAt(at.consumers, index, (consumer) => ({ ...consumer, [key]: value })) }),
      };
    }
  }
  for (const index of scenario.producers.keys()) {
    yield {
      read: ({ producers }) => producers[index]!.batchSize,
      write: (at, value) => ({ ...at, producers: replaceAt(at.producers, index, (producer) => ({ ...producer, batchSize: value })) }),
    };
  }
  for (const index of scenario.queues.keys()) {
    yield {
      read: ({ queues }) => queues[index]!.deadLetter?.maxReceiveCount ?? null,
      write: (at, maxReceiveCount) => ({
        ...at, queues: replaceAt(at.queues, index, (queue) => (queue.deadLetter === null ? queue : { ...queue, deadLetter: { ...queue.deadLetter, maxReceiveCount } })),
      }),
    };
  }
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
    if (now === null) continue;
    for (const value of [1, 2, 3, now >> 2, now >> 1]) if (value >= 1 && value < now) yield { count, value };
  }
}
