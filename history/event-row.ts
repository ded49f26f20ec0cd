import type { EventChunk } from './event-chunk.js';
import type { EventKind, NameId } from './events.js';

/** One event as it was recorded, names as numbers. */
export interface RawRow {
  /** Position in the run's history, from 0. */
  readonly index: number;
  readonly timeMicros: number;
  readonly kind: EventKind;
  readonly actor: NameId;
  readonly peer: NameId;
  readonly dest: NameId;
  readonly message: number;
  readonly copy: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Copies row `row` out of a chunk. */
export function rawRow(chunk: EventChunk, row: number, index: number): RawRow {
  return {
    index,
    timeMicros: chunk.time[row] as number,
    kind: chunk.kind[row] as EventKind,
    actor: chunk.actor[row] as number,
    peer: chunk.peer[row] as number,
    dest: chunk.dest[row] as number,
    message: chunk.message[row] as number,
    copy: chunk.copy[row] as number,
    a: chunk.a[row] as number,
    b: chunk.b[row] as number,
    c: chunk.c[row] as number,
  };
}
