/**
 * A whole queue system in one process, for a test that kills it: broker, producers and consumers on a live host, and a history
 * file to which every event is written the moment it happens, so that it survives the process.
 *
 * Arguments: mode (`load` until killed, or `drain` until empty), folder, history file, flush policy, first trace number, start of time.
 */
import { appendFileSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Broker, type ClockPort, ConsumerClient, type Delivery, type Host, ProducerClient, sqs } from '../../../engine/index.js';
import { EventKind, type EventSink, NameTable } from '../../../history/index.js';
import { createLiveHost, Transport, TurnQueue } from '../../../live/index.js';

const [, , mode, folder, historyFile, flush, firstTrace, timeOrigin] = process.argv as unknown as [
  string, string, 'load' | 'drain', string, string, 'always' | 'never', string, string,
];

const QUEUE = 'orders';
const DEAD_LETTERS = 'orders-dead';
const VISIBILITY_MICROS = 300_000;
const IN_FLIGHT = 64;
const RETRY = { timeoutMicros: 2_000_000, attempts: 3, backoffBaseMicros: 10_000, backoffCapMicros: 100_000, jitter: 'full' } as const;

const history = openSync(historyFile, 'a');
// The process before may have been killed in the middle of a line.
writeSync(history, '\n');
const names = new NameTable();
const known = new Set<string>();

/**
 * Where run time is on the monotonic clock: both processes count from one origin. The machine's wall clock only says how far
 * apart they began.
 */
const originMicros = Number(process.hrtime.bigint() / 1000n) - (Date.now() - Number(timeOrigin)) * 1000;
/** What a node of this process read last on its clock: the instant at which it acts. Writing an event down takes longer. */
let instantMicros = 0;

const turns = new TurnQueue();
const transport = new Transport(turns);

const hostOf = (address: string): Host => {
  const { host } = createLiveHost({ address, directory: join(folder, address), transport, turns });
  const clock: ClockPort = {
    monotonicMicros: () => (instantMicros = host.clock.monotonicMicros()),
    wallMicros: () => host.clock.wallMicros(),
  };
  return { ...host, clock };
};

/** One line an event; `writeSync` hands it to the operating system before anything else happens. */
const sink: EventSink = {
  name(text) {
    if (!known.has(text)) writeSync(history, `${JSON.stringify({ name: text, id: names.id(text) })}\n`);
    known.add(text);
    return names.id(text);
  },
  emit(...row) {
    writeSync(history, `${JSON.stringify([instantMicros - originMicros, ...row])}\n`);
  },
};

function startConsumer(name: string): ConsumerClient {
  const actor = sink.name(name);
  const dest = sink.name(QUEUE);
  return new ConsumerClient({
    host: hostOf(name), sink, name, address: 'broker', retry: RETRY, queue: QUEUE, concurrency: 8, batchSize: 10,
    waitTimeMicros: 100_000, visibilityTimeoutMicros: null, acknowledge: 'after', extendEveryMicros: null, onFailure: { kind: 'release' },
    handler: {
      handle(delivery: Delivery) {
        // Every seventh message is poison and goes to the dead-letter queue.
        if (delivery.trace % 7 === 0) {
          delivery.fail();
          return;
        }
        sink.emit(EventKind.effect, actor, 0, dest, delivery.trace, delivery.messageId, delivery.handle, 1, 0);
        delivery.succeed();
      },
    },
  });
}

function startProducer(name: string, nextTrace: () => number): void {
  const client = new ProducerClient(
    {
      host: hostOf(name), sink, name, address: 'broker', retry: RETRY, maxInFlight: IN_FLIGHT, batchSize: 1,
      listener: { onSendOutcome: () => sendNext() },
    },
    [QUEUE],
  );
  const sendNext = (): void => {
    const trace = nextTrace();
    const body = new Uint8Array(100).fill(0x21 + (trace % 94));
    client.send({ queue: QUEUE, body, trace, delayMicros: null, intendedMicros: 0 });
  };
  for (let index = 0; index < IN_FLIGHT; index += 1) sendNext();
}

function whenDrained(broker: Broker, consumers: readonly ConsumerClient[]): void {
  const { ready, leased, delayed } = broker.queueDepth(QUEUE);
  const isBusy = ready + leased + delayed > 0 || consumers.some((consumer) => consumer.outstanding > 0);
  if (isBusy) {
    setTimeout(() => whenDrained(broker, consumers), 20);
    return;
  }
  broker.emitLedger();
  for (const queue of [QUEUE, DEAD_LETTERS]) sink.emit(EventKind.drainEnd, 0, 0, sink.name(queue), 0, 0, 1, 0, 0);
  appendFileSync(historyFile, '"end"\n');
  process.exit(0);
}

instantMicros = Number(process.hrtime.bigint() / 1000n);
sink.emit(EventKind.nodeStart, sink.name('broker'), 0, 0, 0, 0, mode === 'load' ? 1 : 2, 0, 0);
const broker = new Broker({
  host: hostOf('broker'), sink, name: 'broker',
  config: {
    ...sqs.broker,
    queues: [
      { name: QUEUE, settings: { visibilityTimeoutMicros: VISIBILITY_MICROS, deadLetter: { queue: DEAD_LETTERS, maxReceiveCount: 2 } } },
      { name: DEAD_LETTERS, settings: {} },
    ],
    flush, flushIntervalMicros: 100_000, segmentBytes: 256 * 1024,
  },
  onReady: () => {
    const consumers = ['consumer-1', 'consumer-2'].map(startConsumer);
    if (mode === 'drain') {
      sink.emit(EventKind.drainBegin, 0, 0, 0, 0, 0, 0, 0, 0);
      whenDrained(broker, consumers);
      return;
    }
    let trace = Number(firstTrace) - 1;
    for (const name of ['producer-1', 'producer-2']) startProducer(name, () => (trace += 1));
  },
  onFatal: (error) => {
    throw error;
  },
});
