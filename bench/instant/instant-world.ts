import type { ClockPort, Host, RandomPort, TimerHandle, TimerPort } from '../../engine/index.js';
import { InstantDisk } from './instant-disk.js';
import { InstantNetwork } from './instant-network.js';
import { TaskRing } from './task-ring.js';

/** 2023-11-14 22:13:20 UTC. */
const WALL_ORIGIN_MICROS = 1_700_000_000_000_000;

/**
 * The least world that an engine can run in: virtual time, messages that arrive in the instant in which they are sent, files in
 * memory. No costs, no faults but the ends of processes: what is measured in it is the engine alone.
 */
export class InstantWorld {
  now = 0;
  /** Added to the wall clock of every host. */
  wallOffsetMicros = 0;
  /** What is left to do at this instant, in order. */
  readonly ring = new TaskRing();
  readonly network = new InstantNetwork(this.ring);
  /** Timers that were ever armed and ring some time; disarmed ones are skipped. */
  readonly #timers: InstantTimer[] = [];

  /** A host for a process; `disk` outlives it. */
  host(address: string, disk: InstantDisk = new InstantDisk(this)): InstantHost {
    return new InstantHost(this, address, disk);
  }

  timer(isAlive: () => boolean, callback: () => void): InstantTimer {
    const timer = new InstantTimer(this, () => {
      if (isAlive()) callback();
    });
    this.#timers.push(timer);
    return timer;
  }

  get armedTimers(): number {
    return this.#timers.filter((timer) => timer.armed).length;
  }

  /** Does everything that is to do at this instant. */
  settle(): void {
    while (this.step(this.now));
  }

  /** Lets `micros` pass, one instant after the other. */
  pass(micros: number): void {
    const end = this.now + micros;
    while (this.step(end));
    this.now = end;
  }

  /** Goes to the next timer that rings, no later than `end`; false when there is none. */
  step(end: number): boolean {
    this.ring.run();
    const timer = this.#next(end);
    if (timer === null) return false;
    this.now = Math.max(this.now, timer.due);
    timer.fire();
    this.ring.run();
    return true;
  }

  /** Few timers exist in this world: one a queue, one a session. */
  #next(end: number): InstantTimer | null {
    let first: InstantTimer | null = null;
    for (const timer of this.#timers) {
      if (timer.armed && timer.due <= end && (first === null || timer.due < first.due)) first = timer;
    }
    return first;
  }
}

export class InstantTimer implements TimerHandle {
  due = Infinity;
  armed = false;
  readonly #world: InstantWorld;
  readonly #callback: () => void;

  constructor(world: InstantWorld, callback: () => void) {
    this.#world = world;
    this.#callback = callback;
  }

  arm(delayMicros: number): void {
    this.due = this.#world.now + delayMicros;
    this.armed = true;
  }

  disarm(): void {
    this.armed = false;
  }

  fire(): void {
    this.armed = false;
    this.#callback();
  }
}

/** A process's view of the world, until `end`. */
export class InstantHost implements Host {
  readonly clock: ClockPort;
  readonly timers: TimerPort;
  readonly disk: Host['disk'];
  readonly network: Host['network'];
  readonly random: RandomPort;
  /** What is behind `disk`. */
  readonly store: InstantDisk;
  readonly #world: InstantWorld;
  readonly #address: string;
  #isAlive = true;

  constructor(world: InstantWorld, address: string, disk: InstantDisk) {
    const isAlive = () => this.#isAlive;
    this.#world = world;
    this.#address = address;
    this.store = disk;
    this.clock = { monotonicMicros: () => world.now, wallMicros: () => WALL_ORIGIN_MICROS + world.wallOffsetMicros + world.now };
    this.timers = { create: (callback) => world.timer(isAlive, callback) };
    this.disk = disk.port(isAlive);
    this.network = world.network.port(address, isAlive);
    this.random = fixedRandom();
  }

  /** The process is gone: nothing of it runs again, its peers' connections are reset. */
  end(): void {
    this.#isAlive = false;
    this.#world.network.drop(this.#address);
  }
}

/** A small generator with a fixed seed (xorshift32). */
function fixedRandom(): RandomPort {
  let state = 0x9e3779b9;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return { nextUint32: next, nextFloat: () => next() / 4_294_967_296 };
}
