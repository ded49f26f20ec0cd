import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLiveHost, type LiveHost, Transport, TurnQueue } from '../../live/index.js';
import type { HostedNode, HostFixture } from '../conformance/host-suite.js';

const PATIENCE_MILLIS = 5_000;
const MICROS_PER_MILLI = 1000;

/** Two live nodes of this process, with folders of their own. */
export async function createLiveFixture(): Promise<HostFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'queuelab-live-'));
  const turns = new TurnQueue();
  const transport = new Transport(turns);
  const one = new LiveNode('one', join(directory, 'one'), transport, turns);
  const two = new LiveNode('two', join(directory, 'two'), transport, turns);
  return {
    one,
    two,
    until: async (done) => {
      const deadline = performance.now() + PATIENCE_MILLIS;
      while (!done()) {
        if (performance.now() > deadline) throw new Error('it did not happen in time');
        await sleep(1);
      }
    },
    elapse: (micros) => sleep(Math.ceil(micros / MICROS_PER_MILLI) + 1),
    dispose: async () => {
      one.end();
      two.end();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

class LiveNode implements HostedNode {
  readonly address: string;
  readonly #directory: string;
  readonly #transport: Transport;
  readonly #turns: TurnQueue;
  #live: LiveHost;

  constructor(address: string, directory: string, transport: Transport, turns: TurnQueue) {
    this.address = address;
    this.#directory = directory;
    this.#transport = transport;
    this.#turns = turns;
    this.#live = this.#start();
  }

  get host(): LiveHost['host'] {
    return this.#live.host;
  }

  end(): void {
    this.#live.stop();
  }

  restart(): void {
    this.#live = this.#start();
  }

  #start(): LiveHost {
    return createLiveHost({ address: this.address, directory: this.#directory, transport: this.#transport, turns: this.#turns });
  }
}
