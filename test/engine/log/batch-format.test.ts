import { describe, expect, it } from 'vitest';
import { BATCH_HEADER_BYTES, type BatchPlace, inspectBatch, stampBatch, visitRecords } from '../../../engine/log/batch-format.js';
import { PendingBatches } from '../../../engine/log/pending-batches.js';
import { decode, encode } from './a-log.js';

const FIRST_POSITION = 2 ** 40 + 5;
const TEXTS = ['first', '', 'the third record'];
const PLACE: BatchPlace = {
  fileOffset: 32, salt: 77, previousCrc: 99, position: FIRST_POSITION, mayLeaveGap: false, epoch: 3, remainingBytes: 1000, believes: 'nothing',
};

/** A batch of three records as it stands in a file. */
function aBatch(): { bytes: Uint8Array; view: DataView; crc: number } {
  const pending = new PendingBatches({ clock: { monotonicMicros: () => 0 }, nextPosition: FIRST_POSITION, maxBatchBytes: 1024, maxPendingBytes: 4096, onFirst: () => undefined });
  for (const text of TEXTS) {
    const offset = pending.beginRecord(text.length);
    pending.bytes.set(encode(text), offset);
    pending.endRecord();
  }
  const { start, end } = pending.seal();
  const stamp = { syncedPosition: 12, wallMicros: 1.7e15, epoch: 3, salt: 77, fileOffset: 32, previousCrc: 99 };
  const crc = stampBatch(pending.view, start, stamp);
  const bytes = pending.bytes.slice(start, end);
  return { bytes, view: new DataView(bytes.buffer), crc };
}

describe('a batch', () => {
  it('is good at its own place, and shows the records that were put in', () => {
    const { bytes, view } = aBatch();
    expect(inspectBatch(view, 0, PLACE)).toBe('valid');
    const shown: [number, string][] = [];
    const visitor = { onRecord: (position: number, _view: DataView, all: Uint8Array, offset: number, length: number) => {
      shown.push([position, decode(all.subarray(offset, offset + length))]);
    } };
    visitRecords(view, bytes, 0, 0, Infinity, visitor);
    expect(shown).toEqual(TEXTS.map((text, index) => [FIRST_POSITION + index, text]));
    shown.length = 0;
    visitRecords(view, bytes, 0, FIRST_POSITION + 1, FIRST_POSITION + 2, visitor);
    expect(shown).toEqual([[FIRST_POSITION + 1, '']]);
  });

  it.each<[string, Partial<BatchPlace>]>([
    ['at another place of the file', { fileOffset: 40 }],
    ['in a file with another mark', { salt: 78 }],
    ['behind another batch', { previousCrc: 98 }],
    ['where another record is due', { position: FIRST_POSITION - 1 }],
    ['where its records were shown already', { position: FIRST_POSITION + 1, mayLeaveGap: true }],
    ['behind a batch of a higher epoch', { epoch: 4 }],
    ['when the file ends before it does', { remainingBytes: 64 }],
  ])('is not good %s', (_name, other) => {
    expect(inspectBatch(aBatch().view, 0, { ...PLACE, ...other })).toBe('damaged');
  });

  it('may follow a gap where bytes were lost before it, and may have any mark where the mark was lost', () => {
    const place = { ...PLACE, position: 3, mayLeaveGap: true, previousCrc: -1, salt: -1 };
    expect(inspectBatch(aBatch().view, 0, place)).toBe('valid');
  });

  it('is not good with any one bit changed', () => {
    const { bytes, view } = aBatch();
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(inspectBatch(view, 0, PLACE), `bit ${bit}`).not.toBe('valid');
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(inspectBatch(view, 0, PLACE)).toBe('valid');
  });

  it('is short, and neither good nor bad, while the window does not hold it whole', () => {
    const { bytes } = aBatch();
    for (let length = 0; length < bytes.length; length++) {
      expect(inspectBatch(new DataView(bytes.buffer, 0, length), 0, PLACE), `${length} bytes`).toBe('short');
    }
  });

  it('is not good when its records do not fill it, even with a right checksum', () => {
    const { view } = aBatch();
    view.setUint32(BATCH_HEADER_BYTES, 6, true);
    stampBatch(view, 0, { syncedPosition: 12, wallMicros: 1, epoch: 3, salt: 77, fileOffset: 32, previousCrc: 99 });
    expect(inspectBatch(view, 0, PLACE)).toBe('damaged');
  });
});
