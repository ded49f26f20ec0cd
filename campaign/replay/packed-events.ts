import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { EventRow } from '../../history/index.js';
import type { RecordedEvents } from './trail.js';

/** Events as text that a JSON file can hold. */
export interface PackedEvents {
  /** The first events as JSON Lines, compressed (raw deflate) and in base64. */
  readonly events: string;
  /** Four bytes for each event, the lowest first, in base64. */
  readonly marks: string;
  readonly count: number;
}

/** Bytes that the events may unfold to. */
const MAX_BYTES = 256 * 1024 * 1024;
const MARK_BYTES = 4;

export function packEvents({ lines, marks, count }: RecordedEvents): PackedEvents {
  const bytes = Buffer.alloc(marks.length * MARK_BYTES);
  for (let index = 0; index < marks.length; index += 1) bytes.writeUInt32LE(marks[index]!, index * MARK_BYTES);
  return { events: deflateRawSync(lines.join('\n')).toString('base64'), marks: bytes.toString('base64'), count: count ?? marks.length };
}

/** Null when they are damaged. */
export function unpackEvents({ events, marks: packed, count }: PackedEvents): RecordedEvents | null {
  const text = inflate(events);
  const bytes = Buffer.from(packed, 'base64');
  const lines = text === null || text === '' ? [] : text.split('\n');
  if (text === null || !lines.every(isEvent) || bytes.length % MARK_BYTES !== 0 || count * MARK_BYTES < bytes.length) return null;
  const marks = Uint32Array.from({ length: bytes.length / MARK_BYTES }, (_, index) => bytes.readUInt32LE(index * MARK_BYTES));
  return { lines, marks, count };
}

function inflate(events: string): string | null {
  try {
    return inflateRawSync(Buffer.from(events, 'base64'), { maxOutputLength: MAX_BYTES }).toString('utf8');
  } catch {
    return null;
  }
}

function isEvent(line: string): boolean {
  try {
    const row = JSON.parse(line) as Partial<EventRow> | null;
    return typeof row?.event === 'string' && typeof row.timeMicros === 'number';
  } catch {
    return false;
  }
}
