import { Broker, ConsumerClient, type Delivery, ProducerClient, type SendListener, sqs } from '../engine/index.js';
import { type EventSink, NameTable } from '../history/index.js';
import { InstantWorld } from './instant/instant-world.js';
import { median } from './median.js';
import type { BenchRow } from './row.js';

export const name = 'the engine alone: broker and clients in a world that costs next to nothing';

const BODY = new Uint8Array(64).fill(0x61);
const SYNC_MICROS = 100;
const IN_FLIGHT = 256;
/** Enough to keep up: each has one receive under way, whose answer waits for the disk. */
const CONSUMERS = 32;
const RETRY = { timeoutMicros: 10_000_000, attempts: 1, backoffBaseMicros: 1000, backoffCapMicros: 1000, jitter: 'none' } as const;

export function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const messages = quick ? 100_000 : 500_000;
  const rounds = quick ? 3 : 7;
  const rows = [1, 10].map((batchSize): BenchRow => {
    life(messages / 5, batchSize);
    const rates = Array.from({ length: rounds }, () => life(messages, batchSize));
    return { name: `full life, ${batchSize === 1 ? 'one message a request' : 'ten messages a request'}`, value: median(rates), unit: 'messages/s' };
  });
  return Promise.resolve(rows);
}

/** Sends, receives, handles and deletes so many messages; returns messages a second. */
function life(messages: number, batchSize: number): number {
  const world = new InstantWorld();
  const names = new NameTable();
  const sink: EventSink = { isDeaf: true, emit: () => undefined, name: (text) => names.id(text) };
  const brokerHost = world.host('broker');
  const broker = new Broker({
    host: brokerHost, sink, name: 'broker',
    config: { ...sqs.broker, queues: [{ name: 'jobs', settings: {} }], flush: 'always', flushIntervalMicros: 0, segmentBytes: 16 * 1024 * 1024 },
    onFatal: (error) => {
      throw error;
    },
  });
  world.settle();
  brokerHost.store.syncMicros = SYNC_MICROS;
  let sent = 0;
  const sendNext = (): void => {
    sent += 1;
    producer.send({ queue: 'jobs', body: BODY, trace: sent, delayMicros: null, intendedMicros: 0 });
  };
  const listener: SendListener = {
    onSendOutcome: () => {
      if (sent < messages) sendNext();
    },
  };
  const producer = new ProducerClient(
    { host: world.host('producer'), sink, name: 'producer', address: 'broker', retry: RETRY, maxInFlight: IN_FLIGHT, batchSize, listener }, ['jobs'],
  );
  let handled = 0;
  const handler = {
    handle: (delivery: Delivery) => {
      handled += 1;
      delivery.succeed();
    },
  };
  for (let index = 0; index < CONSUMERS; index += 1) {
    new ConsumerClient({
      host: world.host(`consumer-${index}`), sink, name: `consumer-${index}`, address: 'broker', retry: RETRY, queue: 'jobs', concurrency: 10,
      batchSize: 10, waitTimeMicros: 20_000_000, visibilityTimeoutMicros: null, acknowledge: 'after', extendEveryMicros: null,
      onFailure: { kind: 'leave' }, acknowledgeBatchSize: batchSize, handler,
    });
  }
  world.settle();
  const start = performance.now();
  for (let index = 0; index < IN_FLIGHT; index += 1) sendNext();
  while (handled < messages || broker.queueDepth('jobs').leased > 0) world.pass(1000);
  return (messages / (performance.now() - start)) * 1000;
}
