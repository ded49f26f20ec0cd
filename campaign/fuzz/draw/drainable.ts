import type { ConsumerSpec, DistributionSpec, FuzzSpec, ProducerSpec, QueueSpec, Scenario } from '../../../scenarios/index.js';
import { typical } from './typical.js';

/** Of the drain so much is given to the work that is foreseen; the rest is for what faults, failures and bad luck add to it. */
const FORESEEN_SHARE = 0.5;
/** Handlings of one message that are foreseen at most, however often its handlers fail. */
const MOST_ATTEMPTS = 10;

/**
 * A drawn workload, with no more work than its consumers can do while it drains: what is not done by then cannot be judged. Messages are taken away
 * first, since bugs of leases need slow handlers and few messages. Handlers are made faster where even the fewest messages would be too many.
 */
export function drainable(scenario: Scenario, spec: FuzzSpec): Scenario {
  const fewer = withFewerMessages(scenario, spec.messages.least);
  return spec.handlerTimeMicros === null ? fewer : withFasterHandlers(fewer, spec.handlerTimeMicros.least);
}

function withFewerMessages(scenario: Scenario, least: number): Scenario {
  const producers = scenario.producers.map((producer) => {
    const share = Math.min(1, ...scenario.queues.filter((queue) => feeders(queue, scenario).includes(producer)).map((queue) => doableShare(queue, scenario)));
    return { ...producer, messages: Math.min(producer.messages, Math.max(least, Math.floor(producer.messages * share))) };
  });
  return { ...scenario, producers };
}

function withFasterHandlers(scenario: Scenario, leastMicros: number): Scenario {
  const shares = new Map(scenario.queues.map((queue) => [queue.name, doableShare(queue, scenario)]));
  const consumers = scenario.consumers.map((consumer) => {
    const share = shares.get(consumer.queue) ?? 1;
    return share >= 1 ? consumer : { ...consumer, handler: { ...consumer.handler, time: shortened(consumer.handler.time, share, leastMicros) } };
  });
  return { ...scenario, consumers };
}

/** Whose messages may come to a queue. To one that nobody names they come by exchanges or as dead letters, from anyone. */
function feeders({ name }: QueueSpec, { producers }: Scenario): readonly ProducerSpec[] {
  const direct = producers.filter(({ queue }) => queue === name);
  return direct.length > 0 ? direct : producers;
}

/** Which part of the messages that may come to a queue its consumers can handle in time, at most all. */
function doableShare(queue: QueueSpec, scenario: Scenario): number {
  const consumers = scenario.consumers.filter((consumer) => consumer.queue === queue.name);
  if (consumers.length === 0) return 1;
  const sources = feeders(queue, scenario);
  const messages = sources.reduce((sum, producer) => sum + producer.messages, 0);
  const foreseenMicros = FORESEEN_SHARE * scenario.drainMicros;
  const paces = consumers.map((consumer) => paceOf(consumer, queue));
  // What a consumer has taken no other one does in its place.
  const alone = consumers.map((consumer, index) => ({ held: Math.min(messages, heldBy(consumer)), doable: foreseenMicros * paces[index]! }));
  const doable = Math.min(foreseenMicros * jointPace(queue, consumers, paces, sources), ...alone.filter(({ held, doable: own }) => held > own).map(({ doable: own }) => own));
  return messages === 0 ? 1 : Math.min(1, doable / messages);
}

/** Messages in a microsecond that all consumers of a queue get done together. */
function jointPace(queue: QueueSpec, consumers: readonly ConsumerSpec[], paces: readonly number[], sources: readonly ProducerSpec[]): number {
  if (queue.push?.isSingleActive === true) return Math.min(...paces);
  const pace = paces.reduce((sum, own) => sum + own, 0);
  if (queue.kind !== 'fifo') return pace;
  const lanes = consumers.reduce((sum, { concurrency }) => sum + concurrency, 0);
  const groups = sources.reduce((most, producer) => Math.max(most, producer.groups?.count ?? 1), 1);
  return pace * Math.min(1, groups / lanes);
}

/** Messages in a microsecond that one consumer gets done. */
function paceOf({ handler, concurrency, visibilityTimeoutMicros, extendEveryMicros }: ConsumerSpec, queue: QueueSpec): number {
  const time = Math.max(1, typical(handler.time));
  const isLate = queue.push === undefined && extendEveryMicros === null && time > (visibilityTimeoutMicros ?? queue.visibilityTimeoutMicros);
  const attempts = Math.min(MOST_ATTEMPTS, queue.deadLetter?.maxReceiveCount ?? MOST_ATTEMPTS, (isLate ? 2 : 1) / Math.max(1 / MOST_ATTEMPTS, 1 - handler.failure));
  return concurrency / (time * Math.max(1, attempts));
}

/** Messages that a consumer may hold at a time. */
function heldBy({ concurrency, batchSize, bufferSize, subscription }: ConsumerSpec): number {
  if (subscription === undefined) return concurrency + Math.max(batchSize, bufferSize ?? 0);
  return subscription.prefetch === 0 ? Infinity : subscription.prefetch;
}

/** A time made shorter by a factor, but not below the least that may be drawn. Times of a shape that is never drawn stay as the scenario has them. */
function shortened(time: DistributionSpec, factor: number, least: number): DistributionSpec {
  const less = (value: number): number => Math.min(value, Math.max(least, Math.floor(value * factor)));
  switch (time.kind) {
    case 'constant': return { ...time, value: less(time.value) };
    case 'exponential': return { ...time, mean: less(time.mean) };
    case 'uniform': return { ...time, max: Math.max(time.min, less(time.max)) };
    default: return time;
  }
}
