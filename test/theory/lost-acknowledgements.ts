import { type Connection, type Host, NO_MUTATIONS, type RandomPort, type WireMessage } from '../../engine/index.js';
import { Recorder } from '../../history/index.js';
import { Measures } from '../../measures/index.js';
import { startBroker } from '../../scenarios/run/broker.js';
import { ConsumerWorkload, Database, Handlings, ProducerWorkload, Sink, TraceCounter, World } from '../../sim/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../scenarios/a-scenario.js';

export interface LostAcknowledgements {
  readonly messages: number;
  /** Of each acknowledgement, independent of all others. */
  readonly probability: number;
  readonly seed: string;
}

const INSTANT = constant(0);
const DISK = { writeLatency: INSTANT, syncLatency: INSTANT, readLatency: INSTANT, bandwidthBytesPerSecond: Infinity, capacityBytes: Infinity };

/** A run on the real engine whose network swallows acknowledgements and nothing else; returns its counts. */
export function runWithLostAcknowledgements({ messages, probability, seed }: LostAcknowledgements): Readonly<Record<string, number>> {
  const scenario = aScenario({ queues: [aQueue('orders', { visibilityTimeoutMicros: SECOND })] });
  const world = new World({ seed, network: scenario.network, createSink: (time) => new Recorder({ time, keep: 'off' }) });
  const recorder = world.sink as Recorder;
  const measures = new Measures({ names: recorder.names });
  recorder.subscribe(measures);
  const settings = { cores: 1, costs: null, disk: DISK };
  world.addMachine({
    ...settings, name: 'broker',
    boot: (host) => void startBroker({ scenario, host, sink: recorder, mutations: NO_MUTATIONS, onFatal: (error) => { throw error; } }),
  });
  const shared = { sink: recorder, handlings: new Handlings(), streams: world.streams, address: 'broker', mutations: NO_MUTATIONS, time: world.kernel, database: new Database(), crash: () => undefined };
  const producer = new ProducerWorkload(
    { ...aProducer({ interval: constant(MILLISECOND), messages }), endMicros: Infinity }, { ...shared, traces: new TraceCounter() },
  );
  world.addMachine({ ...settings, name: 'producer', boot: (host) => producer.boot(host) });
  const once = { timeoutMicros: 100 * MILLISECOND, attempts: 1, backoffBaseMicros: 1, backoffCapMicros: 1, jitter: 'none' } as const;
  const consumer = new ConsumerWorkload(
    aConsumer('consumer', { concurrency: 100, batchSize: 10, retry: once, handler: { time: constant(MILLISECOND) } }),
    { ...shared, store: new Sink(recorder), mutations: NO_MUTATIONS },
  );
  const random = world.streams.stream('lost-acknowledgements');
  world.addMachine({ ...settings, name: 'consumer', boot: (host) => consumer.boot(swallowing(host, random, probability), (micros) => micros) });
  world.start();
  world.runUntil(messages * MILLISECOND + 120 * SECOND);
  recorder.flush();
  return measures.result().counts;
}

function swallowing(host: Host, random: RandomPort, probability: number): Host {
  const through = (connection: Connection): Connection => ({
    peer: connection.peer,
    close: () => connection.close(),
    send: (message: WireMessage, sizeBytes: number) => {
      if (message.operation === 'delete' && random.nextFloat() < probability) return;
      connection.send(message, sizeBytes);
    },
  });
  const { network } = host;
  return { ...host, network: { listen: (accept) => network.listen(accept), connect: (address, handler) => through(network.connect(address, handler)) } };
}
