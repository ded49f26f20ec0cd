import type { Host } from '../engine/index.js';
import { liveClock } from './clock.js';
import { LiveDisk } from './disk.js';
import { Incarnation } from './incarnation.js';
import { liveRandom } from './random.js';
import { LiveTimers } from './timers.js';
import type { Transport } from './transport.js';
import type { TurnQueue } from './turn-queue.js';

export interface LiveHostOptions {
  /** Address under which other nodes of this process reach it. */
  readonly address: string;
  /** Folder of the node's disk; created when absent. */
  readonly directory: string;
  readonly transport: Transport;
  readonly turns: TurnQueue;
  /** Seed of the node's random draws; left out, they differ from run to run. */
  readonly seed?: string;
}

export interface LiveHost {
  readonly host: Host;
  /** Ends the node: its timers, files and connections are gone and nothing calls back any more. */
  stop(): void;
}

/** A host on this machine's clock, file system and event loop. */
export function createLiveHost(options: LiveHostOptions): LiveHost {
  const incarnation = new Incarnation();
  return {
    host: {
      clock: liveClock,
      timers: new LiveTimers(liveClock, incarnation),
      disk: new LiveDisk(options.directory, options.turns, incarnation),
      network: options.transport.attach(options.address, incarnation),
      random: liveRandom(options.seed),
    },
    stop: () => incarnation.end(),
  };
}
