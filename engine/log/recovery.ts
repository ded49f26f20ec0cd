import type { DiskError } from '../host.js';
import { NO_MUTATIONS } from '../mutants/index.js';
import { readCheckpoint } from './checkpoint-file.js';
import { diskFailure, LogError } from './errors.js';
import { type LogFiles, openFolder } from './log-files.js';
import type { LogHost } from './log-host.js';
import type { LogOptions } from './options.js';
import type { Corruption, LogRecovery, LogVisitor } from './recovery-report.js';
import { checkpointName, segmentName } from './segment-format.js';
import { SegmentList } from './segment-list.js';
import { SegmentRecovery } from './segment-recovery.js';
import type { Segment } from './segment.js';
import { TailCopy } from './tail-copy.js';

export interface Recovered {
  readonly segments: SegmentList;
  readonly report: LogRecovery;
  /** Paths of all checkpoints, and of segments below the one that was used. The next checkpoint makes them superfluous; until then even an old one may be needed, when the folder's last sync had failed. */
  readonly obsolete: readonly string[];
}

/**
 * Opens what is on the disk: the newest good checkpoint, the segments from there on in order, and a new segment in which
 * the log goes on. Nothing on the disk changes before everything was read.
 */
export class Recovery implements LogVisitor {
  readonly #host: LogHost;
  readonly #options: LogOptions;
  readonly #visitor: LogVisitor;
  readonly #onDone: (error: LogError | null, recovered: Recovered | null) => void;
  readonly #segments = new SegmentList();
  readonly #corrupt: Corruption[] = [];
  readonly #obsolete: string[] = [];
  #files: LogFiles = { segments: [], checkpoints: [] };
  /** Base positions of the segments to read. */
  #bases: readonly number[] = [];
  #checkpointPosition = -1;
  #startPosition = 0;
  #records = 0;
  #truncatedBytes = 0;
  #epoch = 0;

  constructor(
    host: LogHost, options: LogOptions, visitor: LogVisitor, onDone: (error: LogError | null, recovered: Recovered | null) => void,
  ) {
    this.#host = host;
    this.#options = options;
    this.#visitor = visitor;
    this.#onDone = onDone;
  }

  run(): void {
    openFolder(this.#host.disk, this.#options.directory, (error, files) => {
      if (error !== null) return this.#onDone(error, null);
      this.#files = files;
      this.#loadCheckpoint(files.checkpoints.length - 1);
    });
  }

  onCheckpoint(): void {
    throw new Error('segments hold no checkpoints');
  }

  onRecord(position: number, view: DataView, bytes: Uint8Array, offset: number, length: number): void {
    this.#records++;
    this.#visitor.onRecord(position, view, bytes, offset, length);
  }

  /** Newest first: the first good one is used, and all others go with the next checkpoint. */
  #loadCheckpoint(index: number): void {
    if (index < 0) return this.#chooseSegments();
    const position = this.#files.checkpoints[index]!;
    const name = checkpointName(position);
    readCheckpoint(this.#host.disk, this.#options.directory, position, (error, snapshot, sizeBytes) => {
      if (error !== null) return this.#failRead(error);
      if (snapshot === null) {
        this.#corrupt.push({ kind: 'checkpoint', position, nextPosition: position, segment: name, offset: 0, lengthBytes: sizeBytes });
        this.#obsolete.push(this.#pathOf(name));
        return this.#loadCheckpoint(index - 1);
      }
      for (const other of this.#files.checkpoints.slice(0, index + 1)) this.#obsolete.push(this.#pathOf(checkpointName(other)));
      this.#checkpointPosition = position;
      this.#visitor.onCheckpoint(snapshot, position);
      this.#chooseSegments();
    });
  }

  /** Segments wholly below the checkpoint are not read. */
  #chooseSegments(): void {
    const { segments } = this.#files;
    const from = this.#checkpointPosition;
    const first = segments.findIndex((_, index) => (segments[index + 1] ?? Infinity) > from);
    this.#bases = first < 0 ? [] : segments.slice(first);
    for (const base of segments.slice(0, Math.max(0, first))) this.#obsolete.push(this.#pathOf(segmentName(base)));
    const firstBase = this.#bases[0];
    this.#startPosition = from >= 0 ? from : firstBase ?? 0;
    if (from >= 0 && (firstBase === undefined || firstBase > from)) {
      const nextPosition = firstBase ?? from;
      this.#corrupt.push({ kind: 'gap', position: from, nextPosition, segment: segmentName(nextPosition), offset: 0, lengthBytes: 0 });
    }
    if (firstBase === undefined) this.#begin(null);
    else this.#recoverSegment(0);
  }

  #recoverSegment(index: number): void {
    const basePosition = this.#bases[index]!;
    const endPosition = this.#bases[index + 1] ?? null;
    const recovery = new SegmentRecovery({
      disk: this.#host.disk, directory: this.#options.directory, basePosition, endPosition,
      fromPosition: this.#startPosition, provenPosition: Math.max(0, this.#checkpointPosition), epoch: this.#epoch,
      mutations: this.#options.mutations ?? NO_MUTATIONS, visitor: this, report: (corruption) => this.#corrupt.push(corruption),
    }, (error) => {
      if (error !== null) {
        recovery.file?.close();
        return this.#failRead(error);
      }
      this.#epoch = recovery.epoch;
      if (endPosition === null) return this.#begin(recovery);
      recovery.file!.close();
      this.#segments.add(recovery.segment);
      this.#recoverSegment(index + 1);
    });
    recovery.run();
  }

  /** Everything was read: begins the segment in which the log goes on. */
  #begin(last: SegmentRecovery | null): void {
    if (this.#epoch > this.#options.epoch) {
      last?.file!.close();
      return this.#onDone(fencedError(this.#epoch, this.#options.epoch), null);
    }
    const segment = last?.segment ?? null;
    const unproven = last?.unprovenTail() ?? null;
    const end = Math.max(this.#checkpointPosition, last?.knownPosition ?? 0, segment?.nextPosition ?? 0);
    if (last !== null) this.#truncatedBytes = Math.max(0, last.file!.sizeBytes - segment!.sizeBytes);
    const copy = new TailCopy({
      host: this.#host, directory: this.#options.directory, basePosition: unproven?.basePosition ?? end,
      tail: unproven === null ? null : { segment: segment!, file: last!.file!, ...unproven },
      mutations: this.#options.mutations ?? NO_MUTATIONS,
    }, (error, next) => {
      if (error !== null) {
        last?.file!.close();
        return this.#onDone(error, null);
      }
      if (last !== null) this.#retire(last, unproven?.offset ?? segment!.sizeBytes, next!);
      this.#segments.add(next!);
      this.#finish(next!);
    });
    copy.run();
  }

  /** The old last segment ends where the new one begins; what it holds behind that is cut off, which may happen at any time. */
  #retire(last: SegmentRecovery, endOffset: number, next: Segment): void {
    const { segment } = last;
    const file = last.file!;
    if (segment.name === next.name) return file.close();
    segment.sizeBytes = endOffset;
    segment.nextPosition = Math.min(segment.nextPosition, next.basePosition);
    this.#segments.add(segment);
    if (file.sizeBytes <= endOffset) return file.close();
    file.truncate(endOffset, () => file.close());
  }

  #finish(next: Segment): void {
    const report: LogRecovery = {
      records: this.#records, startPosition: this.#startPosition, nextPosition: next.nextPosition,
      truncatedBytes: this.#truncatedBytes, corrupt: this.#corrupt,
    };
    this.#onDone(null, { segments: this.#segments, report, obsolete: this.#obsolete });
  }

  #failRead(error: DiskError): void {
    this.#onDone(diskFailure('QL_LOG_READ_FAILED', error), null);
  }

  #pathOf(name: string): string {
    return `${this.#options.directory}/${name}`;
  }
}

function fencedError(found: number, own: number): LogError {
  return new LogError('QL_LOG_FENCED', `The log holds records of epoch ${found}; it was opened for epoch ${own}.`);
}
