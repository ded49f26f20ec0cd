import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Broker, type Delivery, Publisher, type QueueDeclaration, rabbitmq, Subscriber } from '../../engine/index.js';
import { Recorder } from '../../history/index.js';
import { createLiveHost, Transport, TurnQueue } from '../../live/index.js';

const RETRY = { timeoutMicros: 3_000_000, attempts: 5, backoffBaseMicros: 10_000, backoffCapMicros: 100_000, jitter: 'none' } as const;
const JOBS: QueueDeclaration = { name: 'jobs', settings: {} };

/** Waits until it is so, for five seconds at most. */
async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 5_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error('it did not happen within five seconds');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

it('a RabbitMQ broker on a real disk and clock: published with confirms, pushed, and after a kill what was not acknowledged comes again', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'queuelab-rabbitmq-'));
  const turns = new TurnQueue();
  const transport = new Transport(turns);
  const sink = new Recorder({ time: { now: 0 }, keep: 'off' });
  const { broker: system } = rabbitmq('4.2');
  const boot = () => {
    const node = createLiveHost({ address: 'broker', directory, transport, turns });
    const broker = new Broker({
      host: node.host, sink, name: 'broker',
      config: { ...system, queues: [JOBS], flush: 'never', flushIntervalMicros: 0, segmentBytes: 1024 * 1024 },
      onFatal: (error) => {
        throw error;
      },
    });
    return { node, broker };
  };
  let running = boot();
  const client = (name: string) => ({ host: createLiveHost({ address: name, directory: join(directory, name), transport, turns, seed: name }).host, sink, name, address: 'broker', retry: RETRY });
  try {
    await until(() => running.broker.isServing);
    let confirmed = 0;
    const publisher = new Publisher({
      ...client('publisher'), destination: '', confirm: true, mandatory: true, maxInFlight: 100, routeOf: () => ({ exchange: '', routingKey: 'jobs', properties: { persistent: true } }),
      listener: { onSendOutcome: (_, outcome) => {
        if (outcome === 'ok') confirmed++;
      } },
    });
    for (let trace = 1; trace <= 200; trace++) publisher.send({ queue: 'jobs', body: new Uint8Array(20), trace, delayMicros: null, intendedMicros: 0 });
    await until(() => confirmed === 200);

    const held: Delivery[] = [];
    const subscriber = new Subscriber({
      ...client('subscriber'), queue: 'jobs', prefetch: 10, concurrency: 10, acknowledge: 'manual', batchSize: 1, acknowledgesFirst: false, priority: 0,
      exclusive: false, onFailure: 'nack', handler: { handle: (delivery) => held.push(delivery) },
    });
    await until(() => held.length === 10);
    running.node.stop();
    const before = held.splice(0);
    // Too late: the channel that they came on is gone.
    for (const delivery of before) delivery.succeed();
    running = boot();
    await until(() => held.length === 10);
    expect(held.map(({ trace }) => trace)).toEqual(before.map(({ trace }) => trace));
    expect(held.every(({ deliveryCount }) => deliveryCount === 2)).toBe(true);
    let handled = 0;
    while (handled < 200) {
      await until(() => held.length > 0);
      for (const delivery of held.splice(0)) {
        handled++;
        delivery.succeed();
      }
    }
    await until(() => running.broker.queueDepth('jobs').ready + running.broker.queueDepth('jobs').leased === 0);
    publisher.close();
    subscriber.stop();
  } finally {
    running.node.stop();
    rmSync(directory, { recursive: true, force: true });
  }
});
