import type { Scenario } from '../../../scenarios/index.js';
import { endingAt, mapSends } from '../parts.js';
import { type Attempt, type Pass, tryFirst } from '../pass.js';
import { shorterTimes } from '../round-time.js';

/** A time of the scenario, and how little it may be. */
interface Time {
  readonly leastMicros: number;
  readonly read: (scenario: Scenario) => number | null;
  readonly write: (scenario: Scenario, micros: number) => Scenario;
}

const replaceAt = <T>(items: readonly T[], index: number, change: (item: T) => T): T[] => items.map((item, at) => (at === index ? change(item) : item));

/** Sends and faults, together by as much: what happens before them happens sooner. */
const everything: Time = {
  leastMicros: 0,
  read: (scenario) => Math.min(...scenario.producers.flatMap(({ sends }) => (sends ?? []).map(({ atMicros }) => atMicros)), ...scenario.faults.map(({ at }) => at)),
  write: (scenario, micros) => {
    const by = everything.read(scenario)! - micros;
    return { ...mapSends(scenario, (send) => ({ ...send, atMicros: send.atMicros - by })), faults: scenario.faults.map((fault) => ({ ...fault, at: fault.at - by })) };
  },
};

function* timesOf({ producers, consumers, faults, queues }: Scenario): Generator<Time> {
  yield everything;
  yield { leastMicros: 1_000_000, read: ({ durationMicros }) => durationMicros, write: endingAt };
  yield* faultTimes(faults.length);
  if (producers.reduce((sum, { sends }) => sum + (sends?.length ?? 0), 0) <= MAX_SENDS) {
    for (const { name, sends } of producers) for (const index of (sends ?? []).keys()) yield sendTime(name, index);
  }
  for (const index of consumers.keys()) {
    yield {
      leastMicros: 0, read: (scenario) => scenario.consumers[index]!.startMicros,
      write: (scenario, startMicros) => ({ ...scenario, consumers: replaceAt(scenario.consumers, index, (consumer) => ({ ...consumer, startMicros })) }),
    };
    yield {
      leastMicros: 0, read: (scenario) => constantTime(scenario, index),
      write: (scenario, value) => ({
        ...scenario, consumers: replaceAt(scenario.consumers, index, (consumer) => ({ ...consumer, handler: { ...consumer.handler, time: { kind: 'constant', value } } })),
      }),
    };
  }
  for (const [index, { push }] of queues.entries()) {
    // Queues that push know no visibility timeout.
    if (push === undefined) yield {
      leastMicros: 1_000_000, read: (scenario) => scenario.queues[index]!.visibilityTimeoutMicros,
      write: (scenario, visibilityTimeoutMicros) => ({ ...scenario, queues: replaceAt(scenario.queues, index, (queue) => ({ ...queue, visibilityTimeoutMicros })) }),
    };
  }
}

function* faultTimes(count: number): Generator<Time> {
  for (let index = 0; index < count; index += 1) {
    yield { leastMicros: 0, read: ({ faults }) => faults[index]!.at, write: (scenario, at) => ({ ...scenario, faults: inOrder(replaceAt(scenario.faults, index, (fault) => ({ ...fault, at }))) }) };
    yield {
      leastMicros: 1_000, read: ({ faults }) => faults[index]!.for ?? null,
      write: (scenario, micros) => ({ ...scenario, faults: replaceAt(scenario.faults, index, (fault) => ({ ...fault, for: micros })) }),
    };
  }
}

const inOrder = <T extends { readonly at: number }>(faults: T[]): T[] => faults.sort((one, other) => one.at - other.at);

const sendTime = (name: string, index: number): Time => ({
  leastMicros: 0,
  read: ({ producers }) => producers.find((producer) => producer.name === name)?.sends?.[index]?.atMicros ?? null,
  write: (scenario, atMicros) => mapSends(scenario, (send, producer, at) => (producer === name && at === index ? { ...send, atMicros } : send)),
});

function constantTime({ consumers }: Scenario, index: number): number | null {
  const { time } = consumers[index]!.handler;
  return time.kind === 'constant' ? time.value : null;
}

/** Messages beyond which their times are rounded together and not one by one: nobody reads each of so many. */
const MAX_SENDS = 8;
const MAX_TIMES = 60;
/** From coarse to fine. */
const GRIDS: readonly number[] = [60_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000];

/** All sends at once at whole multiples of a step. */
function* onGrids(scenario: Scenario): Generator<Scenario> {
  for (const step of GRIDS) {
    const rounded = mapSends(scenario, (send) => ({ ...send, atMicros: Math.floor(send.atMicros / step) * step }));
    if (JSON.stringify(rounded.producers) === JSON.stringify(scenario.producers)) return;
    yield rounded;
  }
}

export const shortenTimes: Pass = {
  name: 'shorten and round times',
  run: async (scenario, attempt) => {
    let smallest = await tryFirst(scenario, onGrids(scenario), attempt);
    for (const time of [...timesOf(scenario)].slice(0, MAX_TIMES)) smallest = await shortened(smallest, time, attempt);
    return smallest;
  },
};

async function shortened(scenario: Scenario, time: Time, attempt: Attempt): Promise<Scenario> {
  const now = time.read(scenario);
  if (now === null || !Number.isFinite(now)) return scenario;
  return tryFirst(scenario, shorterTimes(now, time.leastMicros).map((micros) => time.write(scenario, micros)), attempt);
}
