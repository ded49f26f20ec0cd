import { CHUNK_ROWS, type EventChunk, EventKind, type EventObserver, type KeepPolicy, type RawRow, rawRow, Recorder } from '../../history/index.js';

/** A recorder with a clock that the test sets. */
export function recording(keep: KeepPolicy): { recorder: Recorder; time: { now: number } } {
  const time = { now: 0 };
  return { recorder: new Recorder({ time, keep }), time };
}

/** Emits `count` plain rows, a microsecond apart, whose message is their number from 1. */
export function emitRows(recorder: Recorder, time: { now: number }, count: number): void {
  for (let i = 0; i < count; i++) {
    time.now++;
    recorder.emit(EventKind.sendOk, 1, 0, 2, time.now, 0, 1, 0, 0);
  }
}

/** Copies every row it is shown, and remembers the stretches. */
export class Witness implements EventObserver {
  readonly rows: RawRow[] = [];
  readonly stretches: { readonly from: number; readonly to: number }[] = [];

  onChunk(chunk: EventChunk, from: number, to: number): void {
    this.stretches.push({ from, to });
    for (let row = from; row < to; row++) this.rows.push(rawRow(chunk, row, this.rows.length));
  }
}

export { CHUNK_ROWS };
