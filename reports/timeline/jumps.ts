import { EventKind, formatInstant, type RawRow } from '../../history/index.js';
import type { PagedRecording } from './paged.js';
import { rowWords } from './row-words.js';

/** A place of a recording that is worth going to. */
export interface JumpTarget {
  /** Rows that have happened when one stands there, the one that it is about as the last. */
  readonly position: number;
  readonly text: string;
}

/** Of faults and operators; the violations that a result lists are few. */
const MAX_STRUCK = 200;
const MAX_VIOLATION_LETTERS = 60;

/** The faults, what operators did and heard, and the violations of a recording, in its order. */
export function jumpsIn(rows: readonly RawRow[], violations: PagedRecording['violations'], nameOf: (id: number) => string): JumpTarget[] {
  const struck = rows.flatMap((row, index) => {
    const words = eventWords(row, nameOf);
    return words === null ? [] : [{ position: index + 1, text: `${formatInstant(row.timeMicros)} ${words}` }];
  });
  const broken = violations.flatMap((violation) => {
    const position = positionOf(violation, rows);
    return position === null ? [] : [{ position, text: `${formatInstant(violation.atMicros)} ${violation.verdict === 'violated' ? 'violation' : 'anomaly'}: ${shortened(violation.text)}` }];
  });
  return [...struck.slice(0, MAX_STRUCK), ...broken].sort((left, right) => left.position - right.position);
}

const shortened = (text: string): string => (text.length <= MAX_VIOLATION_LETTERS ? text : `${text.slice(0, MAX_VIOLATION_LETTERS)}…`);

function eventWords(row: RawRow, nameOf: (id: number) => string): string | null {
  if (row.kind === EventKind.faultBegin) return `${nameOf(row.b)} ${nameOf(row.actor)}`;
  return row.kind === EventKind.alert || row.kind === EventKind.operateInvoke ? rowWords(row, nameOf) : null;
}

/** After the first row of its message at its instant, or else after all that had happened by then; null when that is not recorded. */
function positionOf({ atMicros, message }: PagedRecording['violations'][number], rows: readonly RawRow[]): number | null {
  if (rows.length === 0 || atMicros < rows[0]!.timeMicros || atMicros > rows[rows.length - 1]!.timeMicros) return null;
  const own = message === 0 ? -1 : rows.findIndex((row) => row.timeMicros === atMicros && row.message === message);
  return own >= 0 ? own + 1 : rows.findLastIndex(({ timeMicros }) => timeMicros <= atMicros) + 1;
}
