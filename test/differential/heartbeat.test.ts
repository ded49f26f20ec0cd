import { describe, expect, inject, it } from 'vitest';
import { InstantDisk } from '../../bench/instant/instant-disk.js';
import { InstantWorld } from '../../bench/instant/instant-world.js';
import { Broker, rabbitmq, type WireMessage } from '../../engine/index.js';
import { SeenEvents } from '../engine/broker/stage.js';
import { type Heard, listenInSilence } from './silent-connection.js';

const SECOND = 1_000_000;
/** The server's timers, and the way. */
const TOLERANCE_SECONDS = 0.6;

/** The same of the engine: a connection that has said which heartbeat it wants, and opened a channel. */
function inEngine(heartbeatSeconds: number, forSeconds: number): Heard {
  const world = new InstantWorld();
  const { broker } = rabbitmq('3.10');
  const events = new SeenEvents(world);
  void new Broker({
    host: world.host('broker', new InstantDisk(world)), sink: events, name: 'broker', onFatal: () => {},
    config: { ...broker, queues: [], flush: 'never', flushIntervalMicros: 0, segmentBytes: 1024 * 1024 },
  });
  world.settle();
  const beats: number[] = [];
  let closed: number | null = null;
  const connection = world.host('client').network.connect('broker', {
    onOpen: () => {},
    onMessage: ({ operation }) => {
      if (operation === 'heartbeat') beats.push(world.now / SECOND);
    },
    onClose: () => {
      closed = world.now / SECOND;
    },
  });
  world.settle();
  connection.send({ operation: 'hello', client: 'client', heartbeatMicros: heartbeatSeconds * SECOND } as WireMessage, 0);
  connection.send({ operation: 'channelOpen', channel: 1 } as WireMessage, 0);
  world.pass(forSeconds * SECOND);
  return { proposed: broker.channels!.heartbeatMicros / SECOND, beats, closed };
}

describe('a connection that says nothing once it is open', () => {
  it.concurrent.each([2, 4])('gets heartbeats, and is closed, when RabbitMQ does that: %d s', { timeout: 30_000, retry: 2 }, async (seconds) => {
    const server = await listenInSilence(inject('rabbitmqUrl'), { heartbeatSeconds: seconds, forMillis: 4_000 * seconds });
    const engine = inEngine(seconds, 4 * seconds);
    expect(server.proposed).toBe(engine.proposed);
    // Whether the first half of the timeout was silent depends on the instant in which it was opened.
    const [theirs, ours] = [server, engine].map(({ beats }) => beats.filter((at) => at > 0.75 * seconds)) as [number[], number[]];
    expect(theirs).toHaveLength(ours.length);
    ours.forEach((beat, index) => expect(Math.abs(theirs[index]! - beat)).toBeLessThan(TOLERANCE_SECONDS));
    expect(Math.abs(server.closed! - engine.closed!)).toBeLessThan(TOLERANCE_SECONDS);
  });

  it.concurrent('gets none, and stays, where its client wants none', { timeout: 30_000, retry: 2 }, async () => {
    const server = await listenInSilence(inject('rabbitmqUrl'), { heartbeatSeconds: 0, forMillis: 7_000 });
    expect(server).toEqual(inEngine(0, 7));
  });
});
