import { expect } from 'vitest';
import type { Host } from '../../../engine/index.js';
import { type FlushPolicy, type Log, type LogError, type LogRecovery, openLog } from '../../../engine/log/index.js';
import type { DiskFaultRule } from '../../../sim/disk/index.js';
import type { Machine } from '../../../sim/index.js';
import { TestWorld } from '../../sim/a-world.js';
import { append, decode, encode } from './a-log.js';

export type DiskTrouble = 'write-error' | 'sync-error' | 'read-error' | 'fsync-failure' | 'full';
export type Damage = 'bit-rot' | 'misdirected-write';

/** A disk on which nothing stays unsaved by the system's own write-back: what was not synced is at stake. */
const NO_WRITEBACK = { writebackMicros: Infinity };

/**
 * A log on the simulated disk beside a model of it: a plain list of texts. Whenever the log is opened, what it shows is
 * compared with the list; a list that is longer than what had to survive may be cut, and is then as long as the log.
 */
export class LogLab {
  /** What was appended, by position, as far as it was not cut off. */
  readonly texts: string[] = [];
  /** When each was appended. */
  readonly #appendedMicros: number[] = [];
  openings = 0;
  recoveries: LogRecovery[] = [];
  log: Log | null = null;
  error: LogError | null = null;
  readonly #world: TestWorld;
  readonly #flush: FlushPolicy;
  /** Damage is allowed to cost records, when it is reported. */
  readonly #mayLose: boolean;
  /** Records below must survive the end of the process, and a loss of power. */
  #killFloor = 0;
  #powerFloor = 0;
  #checkpointFloor = 0;
  /** Openings since the last one that came to its end. */
  #unfinished = 0;
  #hasSyncFailures = false;
  #serial = 0;
  /** Model of the newest checkpoints, by position. */
  readonly #states = new Map<number, string>();
  readonly #rules: DiskFaultRule[] = [];

  constructor(flush: FlushPolicy, seed: string, mayLose = false) {
    this.#flush = flush;
    this.#mayLose = mayLose;
    this.#world = new TestWorld(['node'], {
      seed,
      machine: () => ({ disk: { ...NO_WRITEBACK, ...diskSettings } }),
      boot: (host) => this.#boot(host),
    }).started();
    this.settle();
  }

  get machine(): Machine {
    return this.#world.machine('node');
  }

  append(sizes: readonly number[]): void {
    for (const size of sizes) {
      if (this.log === null || this.log.failure !== null) return;
      const text = `${this.#serial++}`.padEnd(size, '.');
      expect(append(this.log, text)).toBe(this.texts.length);
      this.#appendedMicros[this.texts.length] = this.#world.now;
      this.texts.push(text);
    }
  }

  checkpoint(): void {
    if (this.log === null || this.log.failure !== null) return;
    const state = stateOf(this.texts);
    const { log, openings } = this;
    this.#states.set(log.nextPosition, state);
    log.checkpoint((writer) => {
      const bytes = encode(state);
      const offset = writer.reserve(bytes.length);
      writer.bytes.set(bytes, offset);
    }, (error, position) => {
      expect(this.openings).toBe(openings);
      if (error === null) this.#checkpointFloor = Math.max(this.#checkpointFloor, position);
    });
  }

  pass(micros: number): void {
    this.#world.pass(micros);
  }

  /** Lets single events happen: stops in the middle of anything. */
  step(events: number): void {
    for (let event = 0; event < events; event++) this.#world.world.kernel.step();
  }

  settle(): void {
    this.pass(20_000);
  }

  trouble(kind: DiskTrouble, count: number): void {
    if (kind === 'full') return this.#strike({ kind: 'full' });
    if (kind === 'fsync-failure') {
      this.#hasSyncFailures = true;
      return this.#strike({ kind: 'sync-failure', left: count });
    }
    const operation = kind.slice(0, -'-error'.length) as 'write' | 'sync' | 'read';
    this.#strike({ kind: 'error', operations: [operation], probability: 0.5, random: this.#random('trouble'), left: count });
  }

  damage(kind: Damage): void {
    if (kind === 'bit-rot') this.machine.disk.rotBit(this.#random('rot'), 'log/');
    else this.#strike({ kind: 'misdirection', probability: 1, random: this.#random('misdirection'), left: 1 });
  }

  /** The disk is as good as new, apart from what it holds. */
  heal(): void {
    for (const rule of this.#rules.splice(0)) this.machine.disk.faults.remove(rule);
  }

  #strike(rule: DiskFaultRule): void {
    this.#rules.push(rule);
    this.machine.disk.faults.add(rule);
  }

  kill(): void {
    if (this.log !== null) this.#killFloor = Math.max(this.#killFloor, this.log.durablePosition);
    if (this.log !== null) this.#powerFloor = Math.max(this.#powerFloor, this.log.syncedPosition);
    // A failed sync drops what only the page cache had, even when nobody is left to hear of it.
    if (this.#hasSyncFailures) this.#killFloor = this.#powerFloor;
    this.log = null;
    this.machine.kill();
    this.machine.recover();
  }

  losePower(): void {
    if (this.log !== null) this.#powerFloor = Math.max(this.#powerFloor, this.log.syncedPosition);
    this.#killFloor = this.#powerFloor;
    this.log = null;
    this.machine.holdUnpowered(this.#random('power'));
    this.machine.recover();
  }

  /** Heals and restarts until the log is open. */
  reopen(losesPower: boolean): Log {
    this.heal();
    if (losesPower) this.losePower();
    else this.kill();
    this.settle();
    if (this.log === null) throw this.error ?? new Error('the log was not opened');
    return this.log;
  }

  #random(name: string) {
    return this.#world.world.streams.stream(`test/${name}`);
  }

  #boot(host: Host): void {
    const opening = ++this.openings;
    this.#unfinished++;
    const shown = new Map<number, string>();
    let last = -1;
    let checkpoint: { position: number; state: string } | null = null;
    const options = { directory: 'log', segmentBytes: 4096, maxBatchBytes: 512, epoch: 0, flush: this.#flush };
    openLog(host, options, {
      onCheckpoint: (bytes, position) => {
        checkpoint = { position, state: decode(bytes) };
      },
      onRecord: (position, _view, bytes, offset, length) => {
        expect(position).toBeGreaterThan(last);
        last = position;
        shown.set(position, decode(bytes.subarray(offset, offset + length)));
      },
    }, (error, log, recovery) => {
      expect(this.openings).toBe(opening);
      this.error = error;
      if (log === null || recovery === null) return;
      this.#compare(shown, checkpoint, recovery);
      this.recoveries.push(recovery);
      this.log = log;
      this.#listen(log);
    });
  }

  #listen(log: Log): void {
    let durable = log.durablePosition;
    log.setDurableListener({
      onDurable: (position) => {
        expect(log).toBe(this.log);
        expect(position).toBeGreaterThan(durable);
        expect(log.durablePosition).toBe(position);
        expect(log.failure).toBeNull();
        if (this.#flush.kind === 'always') expect(log.syncedPosition).toBe(position);
        durable = position;
      },
      onSynced: ({ coveredMicrosAgo }) => {
        const covered = this.#world.now - coveredMicrosAgo;
        const next = this.texts.findIndex((_, position) => position >= log.syncedPosition && this.#appendedMicros[position]! < covered);
        expect(next, 'a record is not synced, though it is older than what the sync is said to cover').toBe(-1);
      },
      onFailure: (error) => expect(log.failure).toBe(error),
    });
  }

  #compare(shown: ReadonlyMap<number, string>, checkpoint: { position: number; state: string } | null, recovery: LogRecovery): void {
    const { nextPosition, startPosition, corrupt } = recovery;
    const from = checkpoint?.position ?? startPosition;
    const isReported = (position: number): boolean => corrupt.some((one) => one.position <= position && position < one.nextPosition);
    if (checkpoint !== null) expect(checkpoint.state).toBe(this.#states.get(checkpoint.position));
    if (!this.#mayLose) {
      expect(corrupt).toEqual([]);
      expect(from).toBeGreaterThanOrEqual(this.#checkpointFloor);
      expect(nextPosition).toBeGreaterThanOrEqual(this.#killFloor);
    }
    // Damage to the very last batch looks like a torn end, and is told as one by the opening that cuts it off.
    if (nextPosition < this.#killFloor && this.#unfinished === 1) expect(recovery.truncatedBytes).toBeGreaterThan(0);
    this.#unfinished = 0;
    expect(nextPosition).toBeLessThanOrEqual(this.texts.length);
    this.texts.length = nextPosition;
    for (let position = from; position < nextPosition; position++) {
      // What was lost to a write gone astray may even be back, when a loss of power takes that write.
      if (shown.has(position)) expect(shown.get(position)).toBe(this.texts[position]);
      else expect(isReported(position), `record ${position} is missing and not reported`).toBe(true);
    }
    expect(shown.size).toBe([...shown.keys()].filter((position) => position >= from && position < nextPosition).length);
    this.#checkpointFloor = from;
    this.#killFloor = this.#powerFloor = nextPosition;
  }
}

const constant = (value: number) => ({ kind: 'constant', value }) as const;

const diskSettings = {
  writeLatency: constant(10), syncLatency: constant(100), readLatency: constant(20),
  bandwidthBytesPerSecond: Infinity, capacityBytes: Infinity,
};

function stateOf(texts: readonly string[]): string {
  return `${texts.length}:${texts.map((text) => text.trim()).join(',')}`;
}
