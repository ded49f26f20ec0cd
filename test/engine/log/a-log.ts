import { InstantDisk } from '../../../bench/instant/instant-disk.js';
import { InstantWorld } from '../../../bench/instant/instant-world.js';
import type { DiskPort } from '../../../engine/index.js';
import { type Log, type LogError, type LogOptions, type LogRecovery, openLog } from '../../../engine/log/index.js';

export const DIRECTORY = 'log';

/** Small segments and batches, so that little data makes many of them. */
export const SMALL: LogOptions = { directory: DIRECTORY, segmentBytes: 4096, maxBatchBytes: 256, epoch: 0, flush: { kind: 'always' } };

/** The files of a log by name, as plain bytes. */
export type Files = ReadonlyMap<string, Uint8Array>;

export interface ALogOptions {
  readonly log?: Partial<LogOptions>;
  readonly files?: Files;
  /** Puts something between the log and its disk. */
  readonly wrap?: (disk: DiskPort) => DiskPort;
}

/** What opening a log showed. */
export class Opening {
  readonly positions: number[] = [];
  readonly texts: string[] = [];
  checkpoint: { readonly text: string; readonly position: number } | null = null;
  error: LogError | null = null;
  log: Log | null = null;
  recovery: LogRecovery | null = null;
}

/** A log in an instant world, with what it told its owner. Records are texts. */
export class ALog {
  readonly world = new InstantWorld();
  readonly disk = new InstantDisk(this.world);
  readonly durable: number[] = [];
  readonly failures: LogError[] = [];
  opening = new Opening();
  /** What the very first opening showed. */
  readonly first: Opening;
  readonly #options: ALogOptions;

  constructor(options: ALogOptions = {}) {
    this.#options = options;
    const port = this.disk.port(() => true);
    for (const [name, bytes] of options.files ?? []) {
      port.open(`${DIRECTORY}/${name}`, { create: true }, (_error, file) => file!.write(0, bytes, () => file!.sync(() => undefined)));
    }
    this.world.settle();
    this.first = this.open();
  }

  get log(): Log {
    if (this.opening.log === null) throw this.opening.error ?? new Error('the log is not open');
    return this.opening.log;
  }

  get recovery(): LogRecovery {
    if (this.opening.recovery === null) throw this.opening.error ?? new Error('the log is not open');
    return this.opening.recovery;
  }

  /** Opens the log (again, without closing it: as after a crash of the process). */
  open(options: Partial<LogOptions> = {}): Opening {
    const opening = new Opening();
    this.opening = opening;
    const host = this.world.host('node', this.disk);
    const disk = this.#options.wrap?.(host.disk) ?? host.disk;
    openLog({ clock: host.clock, timers: host.timers, random: host.random, disk }, { ...SMALL, ...this.#options.log, ...options }, {
      onCheckpoint: (bytes, position) => {
        opening.checkpoint = { text: decode(bytes), position };
      },
      onRecord: (position, _view, bytes, offset, length) => {
        opening.positions.push(position);
        opening.texts.push(decode(bytes.subarray(offset, offset + length)));
      },
    }, (error, log, recovery) => {
      opening.error = error;
      opening.log = log;
      opening.recovery = recovery;
      log?.setDurableListener({ onDurable: (position) => this.durable.push(position), onFailure: (failure) => this.failures.push(failure) });
    });
    this.world.settle();
    return opening;
  }

  append(...texts: readonly string[]): void {
    for (const text of texts) append(this.log, text);
  }

  /** Appends each text in an instant of its own. */
  appendApart(...texts: readonly string[]): void {
    for (const text of texts) {
      append(this.log, text);
      this.world.settle();
    }
  }

  checkpoint(text: string): { error: LogError | null; position: number } {
    let result: { error: LogError | null; position: number } | null = null;
    this.log.checkpoint((writer) => {
      const bytes = encode(text);
      const offset = writer.reserve(bytes.length);
      writer.bytes.set(bytes, offset);
    }, (error, position) => {
      result = { error, position };
    });
    this.world.settle();
    return result!;
  }

  /** Everything from `fromPosition` on, with the corruption it ends with. */
  read(fromPosition: number, maxBytes = Infinity) {
    const texts: string[] = [];
    const positions: number[] = [];
    const ends: { error: string | null; nextPosition: number; missing: readonly [number, number] | null }[] = [];
    this.log.read(fromPosition, maxBytes, {
      onRecord: (position, _view, bytes, offset, length) => {
        positions.push(position);
        texts.push(decode(bytes.subarray(offset, offset + length)));
      },
      onEnd: (error, nextPosition, corruption) => ends.push({
        error: error?.code ?? null, nextPosition, missing: corruption === null ? null : [corruption.position, corruption.nextPosition],
      }),
    });
    this.world.settle();
    if (ends.length !== 1) throw new Error(`a read ended ${ends.length} times`);
    return { texts, positions, ...ends[0]! };
  }

  get names(): string[] {
    return this.disk.paths().map((path) => path.slice(DIRECTORY.length + 1));
  }

  get files(): Map<string, Uint8Array> {
    return new Map(this.disk.paths().map((path) => [path.slice(DIRECTORY.length + 1), this.disk.file(path).slice()]));
  }
}

export function append(log: Log, text: string): number {
  const bytes = encode(text);
  const offset = log.beginRecord(bytes.length);
  log.bytes.set(bytes, offset);
  return log.endRecord();
}

export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** `record-0` to `record-<count - 1>`, long enough that a few of them fill a batch. */
export function texts(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `record-${from + index}-${'x'.repeat((from + index) % 40)}`);
}
