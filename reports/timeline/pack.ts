import { deflateSync } from 'fflate';
import type { Recording } from '../../history/index.js';
import type { RunResult } from '../run-result.js';
import { packCopies } from './packed-copies.js';
import { packedHead, type PackedRecording, packRows } from './packed.js';

/** Makes a recording ready to stand in a page. The same recording gives the same text on every machine. */
export function packRecording(recording: Recording, { verdicts }: RunResult): PackedRecording {
  const violations = verdicts.flatMap(({ first, verdict }) => (first !== null && (verdict === 'violated' || verdict === 'anomaly') ? [{ atMicros: first.atMicros, message: first.message, text: first.text }] : []));
  return {
    ...packedHead(recording),
    violations: violations.sort((left, right) => left.atMicros - right.atMicros),
    copies: compressed(packCopies(recording.start.copies)),
    rows: compressed(packRows(recording.rows)),
  };
}

const compressed = (bytes: Uint8Array): string => Buffer.from(deflateSync(bytes, { level: 9 })).toString('base64');
