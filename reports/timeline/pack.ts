import { deflateSync, inflateSync } from 'fflate';
import { packCopies, packedHead, type PackedRecording, packRows, type Recording, unpackCopies, unpackRows } from '../../history/index.js';
import type { RunResult } from '../run-result.js';
import { breachesOf } from '../words/verdicts.js';
import type { PagedRecording } from './paged.js';

/** Makes a recording ready to be kept as text. The same recording gives the same text on every machine. */
export function packRecording(recording: Recording): PackedRecording {
  return { ...packedHead(recording), copies: compressed(packCopies(recording.start.copies)), rows: compressed(packRows(recording.rows)) };
}

/** Adds what a page's timeline jumps to. */
export function pagedRecording(packed: PackedRecording, { verdicts }: Pick<RunResult, 'verdicts'>): PagedRecording {
  const violations = verdicts.flatMap((broken) => {
    const { verdict } = broken;
    return verdict === 'violated' || verdict === 'anomaly' ? breachesOf(broken).map(({ atMicros, message, text }) => ({ verdict, atMicros, message, text })) : [];
  });
  return { ...packed, violations: violations.sort((left, right) => left.atMicros - right.atMicros) };
}

/** Takes a packed recording apart. Throws when it is damaged. */
export function unpackRecording({ names, start, copyCount, copies, runEvents, count, firstIndex, rows }: PackedRecording): Recording {
  return { names, start: { ...start, copies: unpackCopies(decompressed(copies), copyCount) }, rows: unpackRows(decompressed(rows), count, firstIndex), runEvents };
}

const compressed = (bytes: Uint8Array): string => Buffer.from(deflateSync(bytes, { level: 9 })).toString('base64');
const decompressed = (text: string): Uint8Array => inflateSync(Buffer.from(text, 'base64'));
