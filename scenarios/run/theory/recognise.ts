import type { ConsumerSpec, DistributionSpec, ProducerSpec, Scenario } from '../../model.js';
import type { Law, TheoryQueue } from './closed-forms.js';

/** Services longer than this share of a visibility timeout are too rare to matter. */
const TIMEOUT_SERVICES = 20;

/**
 * The queue of theory that a scenario is, or null. It is one when arrivals do not wait for answers, nothing goes wrong, every message is
 * served once and in the order of arrival, and all servers are alike. What is beside the servers (network, CPU and disk of the broker)
 * theory leaves out.
 */
export function recogniseQueue({ personality, queues, producers, consumers, faults, network }: Scenario): TheoryQueue | null {
  // Elsewhere brokers push ahead of what is served, and servers are not fed from one line.
  if (personality !== 'sqs') return null;
  const [queue] = queues;
  const [server] = consumers;
  if (queue === undefined || server === undefined || queues.length > 1 || faults.length > 0 || network.loss > 0) return null;
  if (queue.delayMicros > 0 || queue.kind === 'fifo' || (queue.replicas ?? null) !== null) return null;
  if (!producers.every(isOpen) || !consumers.every((consumer) => isServer(consumer) && isLike(consumer, server))) return null;
  const arrivals = arrivalsOf(producers);
  const service = serviceOf(server.handler.time);
  if (arrivals === null || service === null) return null;
  const timeout = server.visibilityTimeoutMicros ?? queue.visibilityTimeoutMicros;
  if (timeout < TIMEOUT_SERVICES * service.serviceMicros) return null;
  return { ...arrivals, ...service, servers: consumers.reduce((sum, { concurrency }) => sum + concurrency, 0) };
}

const isOpen = ({ sends, batchSize, delayMicros, groups = null, buffer = null, breaker = null, write = null, crashes = [] }: ProducerSpec): boolean =>
  sends === null && batchSize === 1 && (delayMicros ?? 0) === 0 && groups === null && buffer === null && breaker === null && write === null && crashes.length === 0;

/** Takes one message at a time for each of its hands, and is there from the beginning to the end. */
const isServer = ({ startMicros, stopMicros = null, batchSize, bufferSize = null, crashes = [], handler }: ConsumerSpec): boolean =>
  startMicros === 0 && stopMicros === null && batchSize === 1 && bufferSize === null && crashes.length === 0 && handler.failure === 0 && handler.poisonEvery === 0 && handler.kind !== 'ack-first' && !isNoting(handler);

/** What the store takes comes on top of the handler's time. */
const isNoting = ({ kind, noteMicros = 0 }: ConsumerSpec['handler']): boolean => noteMicros > 0 && (kind === 'idempotent' || kind === 'inbox');

const isLike = ({ handler: { time } }: ConsumerSpec, { handler }: ConsumerSpec): boolean => JSON.stringify(time) === JSON.stringify(handler.time);

/** Poisson streams add up to one; regular ones do not. */
function arrivalsOf(producers: readonly ProducerSpec[]): Pick<TheoryQueue, 'arrivals' | 'gapMicros'> | null {
  const gaps = producers.map(({ interval }) => interval);
  const [first] = gaps;
  if (gaps.length === 1 && first?.kind === 'constant') return { arrivals: 'D', gapMicros: first.value };
  let perMicro = 0;
  for (const gap of gaps) {
    if (gap.kind !== 'exponential') return null;
    perMicro += 1 / gap.mean;
  }
  return perMicro === 0 ? null : { arrivals: 'M', gapMicros: 1 / perMicro };
}

type Service = Pick<TheoryQueue, 'service' | 'serviceMicros' | 'squaredVariation'>;

function serviceOf(time: DistributionSpec): Service | null {
  const law = (service: Law, serviceMicros: number, squaredVariation: number): Service => ({ service, serviceMicros, squaredVariation });
  if (time.kind === 'constant') return time.value > 0 ? law('D', time.value, 0) : null;
  if (time.kind === 'exponential') return law('M', time.mean, 1);
  if (time.kind !== 'uniform') return null;
  const [mean, width] = [(time.min + time.max) / 2, time.max - time.min];
  return mean > 0 ? law('G', mean, (width * width) / (12 * mean * mean)) : null;
}
