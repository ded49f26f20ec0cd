import type { DiskFile, DiskPort } from '../engine/index.js';
import { crc32c, type Log, type LogOptions, openLog } from '../engine/log/index.js';
import { InstantDisk } from './instant/instant-disk.js';
import { InstantWorld } from './instant/instant-world.js';
import { medianSpeeds } from './rounds.js';
import type { BenchRow } from './row.js';

const RECORD_BYTES = 100;
const BATCH_BYTES = 64 * 1024;
/** Records of one instant, and instants of one round. */
const GROUP = 64;
const GROUPS = 2000;
const STORED_RECORDS = 200_000;
const MIB = 1024 * 1024;
const OPTIONS: LogOptions = { directory: 'log', segmentBytes: 64 * MIB, maxBatchBytes: BATCH_BYTES, epoch: 0, flush: { kind: 'always' } };

export const name = 'Log: appending, checksums and recovery';

/** What the log costs without a disk: its files are in memory, or nowhere. */
export function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const rounds = quick ? 5 : 15;
  const body = new Uint8Array(RECORD_BYTES).map((_, index) => index * 7);
  const writer = new Writer();
  const bare = new BareWriter();
  const append = medianSpeeds({ log: (groups) => writer.write(body, groups), bare: (groups) => bare.write(body, groups) }, GROUPS, rounds);
  const stored = new StoredLog(body);
  const recover = medianSpeeds({ log: () => stored.recover() }, STORED_RECORDS, rounds);
  return Promise.resolve([
    {
      name: `append, ${RECORD_BYTES}-byte records, ${GROUP} an instant`, value: append.log * GROUP, unit: 'M records/s', goal: 3,
      peer: { name: 'bare copy and checksum', value: append.bare * GROUP },
    },
    { name: `recover ${STORED_RECORDS} such records`, value: recover.log, unit: 'M records/s' },
    ...[64, 1024, 65_536].map((size) => checksumRow(size, rounds)),
  ]);
}

function checksumRow(size: number, rounds: number): BenchRow {
  const bytes = new Uint8Array(MIB).map((_, index) => index >>> 3);
  const contestants = { own: inPieces(bytes, size, crc32c), table: inPieces(bytes, size, tableCrc) };
  const speeds = medianSpeeds(contestants, 4 * MIB, rounds);
  return { name: `CRC-32C of ${size} bytes`, value: speeds.own, unit: 'MB/s', peer: { name: 'one table, byte by byte', value: speeds.table } };
}

/** The log on a disk that forgets. */
class Writer {
  readonly #world = new InstantWorld();
  readonly #log: Log;

  constructor() {
    const { clock, timers, random } = this.#world.host('bench');
    const disk = new ForgetfulDisk((callback) => this.#world.ring.push({ run: callback }, null));
    let opened: Log | null = null;
    openLog({ clock, timers, random, disk }, OPTIONS, { onCheckpoint: () => undefined, onRecord: () => undefined }, (error, log) => {
      if (error !== null) throw error;
      opened = log;
    });
    this.#world.settle();
    if (opened === null) throw new Error('The log was not opened.');
    this.#log = opened;
  }

  write(body: Uint8Array, groups: number): void {
    const log = this.#log;
    for (let group = 0; group < groups; group++) {
      for (let record = 0; record < GROUP; record++) {
        const offset = log.beginRecord(body.length);
        log.bytes.set(body, offset);
        log.endRecord();
      }
      this.#world.settle();
    }
    if (log.durablePosition !== log.nextPosition) throw new Error('Not everything became durable.');
  }
}

/** The same work without a log: length and body into a buffer, one checksum a group. */
class BareWriter {
  readonly #bytes = new Uint8Array(BATCH_BYTES);
  readonly #view = new DataView(this.#bytes.buffer);
  checksum = 0;

  write(body: Uint8Array, groups: number): void {
    for (let group = 0; group < groups; group++) {
      let at = 0;
      for (let record = 0; record < GROUP; record++) {
        this.#view.setUint32(at, body.length, true);
        this.#bytes.set(body, at + 4);
        at += 4 + body.length;
      }
      this.checksum ^= crc32c(this.#bytes, 0, at);
    }
  }
}

/** A log in memory that is opened again and again. */
class StoredLog {
  readonly #world = new InstantWorld();
  readonly #disk = new InstantDisk(this.#world);

  constructor(body: Uint8Array) {
    const { log } = this.#open();
    for (let record = 1; record <= STORED_RECORDS; record++) {
      const offset = log.beginRecord(body.length);
      log.bytes.set(body, offset);
      log.endRecord();
      if (record % GROUP === 0) this.#world.settle();
    }
    this.#world.settle();
  }

  recover(): void {
    if (this.#open().records !== STORED_RECORDS) throw new Error('Not everything was recovered.');
  }

  #open(): { readonly log: Log; readonly records: number } {
    let opened: Log | null = null;
    let records = 0;
    const visitor = { onCheckpoint: () => undefined, onRecord: () => {
      records++;
    } };
    openLog(this.#world.host('bench', this.#disk), OPTIONS, visitor, (error, log) => {
      if (error !== null) throw error;
      opened = log;
    });
    this.#world.settle();
    if (opened === null) throw new Error('The log was not opened.');
    return { log: opened, records };
  }
}

function inPieces(bytes: Uint8Array, size: number, checksum: (bytes: Uint8Array, from: number, to: number) => number): (count: number) => void {
  return (count) => {
    for (let done = 0; done < count; done += size) {
      const at = done % bytes.length;
      checksum(bytes, at, at + size);
    }
  };
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
  return crc;
});

function tableCrc(bytes: Uint8Array, from: number, to: number): number {
  let crc = -1;
  for (let at = from; at < to; at++) crc = (crc >>> 8) ^ table[(crc ^ bytes[at]!) & 255]!;
  return ~crc >>> 0;
}

/** Takes every byte and keeps none. Completions come at the end of the instant. */
class ForgetfulDisk implements DiskPort {
  readonly #soon: (callback: () => void) => void;

  constructor(soon: (callback: () => void) => void) {
    this.#soon = soon;
  }

  freeBytes(): number {
    return Infinity;
  }

  list(_directory: string, callback: (error: null, names: readonly string[]) => void): void {
    this.#soon(() => callback(null, []));
  }

  makeDirectory(_directory: string, callback: (error: null) => void): void {
    this.#soon(() => callback(null));
  }

  open(_path: string, _options: { readonly create: boolean }, callback: (error: null, file: DiskFile) => void): void {
    const done = (ready: (error: null) => void): void => this.#soon(() => ready(null));
    const file: DiskFile = {
      sizeBytes: 0,
      write: (_offset, _bytes, ready) => done(ready),
      read: (_offset, _length, ready) => this.#soon(() => ready(null, new Uint8Array(0))),
      sync: done,
      truncate: (_length, ready) => done(ready),
      close: () => undefined,
    };
    this.#soon(() => callback(null, file));
  }

  remove(_path: string, callback: (error: null) => void): void {
    this.#soon(() => callback(null));
  }

  rename(_from: string, _to: string, callback: (error: null) => void): void {
    this.#soon(() => callback(null));
  }

  syncDirectory(_directory: string, callback: (error: null) => void): void {
    this.#soon(() => callback(null));
  }
}
