import type { ConsumerSpec, FuzzRange, FuzzSpec, ProducerSpec, QueueSpec, Scenario } from '../../../scenarios/index.js';
import type { Dice } from './dice.js';
import { drainable } from './drainable.js';

/** Draws who sends and receives what and how: a scenario without random choices of its own beyond its seed. */
export function drawWorkload(scenario: Scenario, spec: FuzzSpec, dice: Dice): Scenario {
  const taken = new Set([scenario.broker.name, ...scenario.producers.map(({ name }) => name), ...scenario.consumers.map(({ name }) => name)]);
  const producers = crowds(scenario.producers).flatMap((crowd) => recruited(crowd, spec.producers, taken, dice));
  const consumers = crowds(scenario.consumers).flatMap((crowd) => recruited(crowd, spec.consumers, taken, dice));
  // A producer may send to an exchange: any queue's limits will do.
  const queueOf = (name: string): QueueSpec => scenario.queues.find((queue) => queue.name === name) ?? scenario.queues[0]!;
  // What all machines of a run have in common makes more of a difference than what each has for itself.
  const mix = { isPoisoned: dice.chance(0.5), isFailing: dice.chance(0.5), isLarge: dice.chance(0.1) };
  return drainable({
    ...scenario,
    stopWhenDone: true,
    producers: producers.map((producer) => drawProducer(producer, queueOf(producer.queue), spec, mix, dice)),
    consumers: consumers.map((consumer) => drawConsumer(consumer, queueOf(consumer.queue), spec, mix, dice)),
  }, spec);
}

interface Mix {
  readonly isPoisoned: boolean;
  readonly isFailing: boolean;
  /** Some messages are about as large as the queue allows. */
  readonly isLarge: boolean;
}

/** Machines that differ in nothing but their name. */
function crowds<Client extends { readonly name: string }>(clients: readonly Client[]): Client[][] {
  const found = new Map<string, Client[]>();
  for (const client of clients) {
    const key = JSON.stringify({ ...client, name: '' });
    const crowd = found.get(key);
    if (crowd === undefined) found.set(key, [client]);
    else crowd.push(client);
  }
  return [...found.values()];
}

/** As many of a crowd as are drawn: the first ones, and new ones when these are too few. */
function recruited<Client extends { readonly name: string }>(crowd: readonly Client[], range: FuzzRange | null, taken: Set<string>, dice: Dice): Client[] {
  if (range === null) return [...crowd];
  const count = dice.amount(range.least, range.most);
  const clients = crowd.slice(0, count);
  const first = crowd[0]!;
  const stem = crowd.length > 1 ? first.name.replace(/-\d+$/, '') : first.name;
  for (let number = 1; clients.length < count; number++) {
    const name = `${stem}-${number}`;
    if (taken.has(name)) continue;
    taken.add(name);
    clients.push({ ...first, name });
  }
  return clients;
}

/** Messages that are nearly too large are few, whatever the ranges say: they take their time. */
const MAX_LARGE_MESSAGES = 10;
/** How far from the limit of a queue such messages are. */
const AROUND_LIMIT_BYTES = 16;

function drawProducer(producer: ProducerSpec, queue: QueueSpec, spec: FuzzSpec, mix: Mix, dice: Dice): ProducerSpec {
  const messages = Math.min(producer.messages, dice.amount(spec.messages.least, spec.messages.most));
  const isLarge = mix.isLarge && spec.sizeBytes !== null && dice.chance(0.5);
  return {
    ...producer,
    messages: isLarge ? Math.min(messages, MAX_LARGE_MESSAGES) : messages,
    sizeBytes: isLarge ? aroundLimit(queue) : drawSizes(producer, spec.sizeBytes, dice),
    delayMicros: spec.delayMicros === null || producer.publish !== undefined || queue.kind === 'fifo' || dice.chance(0.6) ? producer.delayMicros : wholeSeconds(dice.amount(spec.delayMicros.least, spec.delayMicros.most)),
    ...(spec.clients && producer.publish === undefined ? { batchSize: dice.chance(0.5) ? producer.batchSize : dice.whole(1, 10), maxInFlight: dice.chance(0.8) ? producer.maxInFlight : dice.amount(1, 20) } : {}),
  };
}

const aroundLimit = ({ maxMessageBytes }: QueueSpec): ProducerSpec['sizeBytes'] =>
  ({ kind: 'uniform', min: maxMessageBytes - AROUND_LIMIT_BYTES, max: maxMessageBytes + AROUND_LIMIT_BYTES });

function drawSizes(producer: ProducerSpec, range: FuzzRange | null, dice: Dice): ProducerSpec['sizeBytes'] {
  if (range === null) return producer.sizeBytes;
  const [one, other] = [dice.amount(range.least, range.most), dice.amount(range.least, range.most)];
  return dice.chance(0.5) ? { kind: 'constant', value: one } : { kind: 'uniform', min: Math.min(one, other), max: Math.max(one, other) };
}

function drawConsumer(consumer: ConsumerSpec, queue: QueueSpec, spec: FuzzSpec, mix: Mix, dice: Dice): ConsumerSpec {
  const { handler } = consumer;
  const leaseMicros = consumer.visibilityTimeoutMicros ?? queue.visibilityTimeoutMicros;
  const time = spec.handlerTimeMicros === null || dice.chance(0.3) ? handler.time : drawHandlerTime(spec.handlerTimeMicros, leaseMicros, dice);
  const poisonEvery = spec.poisonEvery === null || !mix.isPoisoned || queue.deadLetter === null
    ? handler.poisonEvery
    : dice.amount(spec.poisonEvery.least, spec.poisonEvery.most);
  const failure = spec.failure === null || !mix.isFailing ? handler.failure : dice.share(spec.failure.least, spec.failure.most);
  const drawn = { ...consumer, handler: { ...handler, time, poisonEvery, failure } };
  return spec.clients ? drawHabits(drawn, leaseMicros, dice) : drawn;
}

/** Much shorter than a lease, about as long, or too long. */
function drawHandlerTime({ least, most }: FuzzRange, leaseMicros: number, dice: Dice): ConsumerSpec['handler']['time'] {
  const longest = Math.max(least, Math.min(most, 2 * leaseMicros));
  const value = dice.amount(least, longest);
  if (dice.chance(0.4)) return { kind: 'constant', value };
  return dice.chance(0.5) ? { kind: 'exponential', mean: value } : { kind: 'uniform', min: least, max: Math.max(least, value) };
}

/** How a consumer goes about it, which its user's code is free to choose. */
function drawHabits(consumer: ConsumerSpec, leaseMicros: number, dice: Dice): ConsumerSpec {
  const drawn: { -readonly [Key in keyof ConsumerSpec]?: ConsumerSpec[Key] } = {};
  if (dice.chance(0.5)) drawn.concurrency = dice.amount(1, 10);
  if (consumer.subscription !== undefined) return { ...consumer, ...drawn };
  if (dice.chance(0.5)) drawn.batchSize = dice.whole(1, 10);
  if (dice.chance(0.3)) drawn.waitTimeMicros = drawWait(dice);
  if (dice.chance(0.3)) drawn.extendEveryMicros = drawExtension(leaseMicros, dice);
  if (dice.chance(0.5)) drawn.onFailure = drawReaction(dice);
  return { ...consumer, ...drawn };
}

const SECOND_MICROS = 1_000_000;
/** SQS has no others. */
const wholeSeconds = (micros: number): number => Math.round(micros / SECOND_MICROS) * SECOND_MICROS;

const MIN_WAIT_MICROS = 200_000;
/** SQS: WaitTimeSeconds. */
const MAX_WAIT_MICROS = 20_000_000;

/** Consumers that do not wait at all are few: most of what happens in such a run is that they ask in vain. */
function drawWait(dice: Dice): number {
  return dice.chance(0.05) ? 0 : Math.max(SECOND_MICROS, wholeSeconds(dice.amount(MIN_WAIT_MICROS, MAX_WAIT_MICROS)));
}

const MIN_EXTENSION_MICROS = 10_000;

/** In time, just in time, or never. */
function drawExtension(leaseMicros: number, dice: Dice): number | null {
  return dice.chance(0.3) ? null : Math.max(MIN_EXTENSION_MICROS, Math.round(leaseMicros / dice.share(1.1, 5)));
}

function drawReaction(dice: Dice): ConsumerSpec['onFailure'] {
  const kind = dice.pick(['leave', 'release', 'backoff'] as const);
  if (kind !== 'backoff') return { kind };
  return { kind, baseMicros: dice.amount(1_000, 10_000_000), factor: dice.whole(1, 4), capMicros: dice.amount(10_000_000, 60_000_000) };
}
