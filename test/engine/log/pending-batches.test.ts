import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchBasePosition, batchCount, batchLength, MAX_RECORD_BYTES, visitRecords } from '../../../engine/log/batch-format.js';
import { closedError } from '../../../engine/log/errors.js';
import { endOfBatchesThatFit, PendingBatches } from '../../../engine/log/pending-batches.js';
import { decode, encode, texts } from './a-log.js';

function pendingBatches(options: { maxBatchBytes?: number; maxPendingBytes?: number } = {}): { pending: PendingBatches; firsts: () => number } {
  let firsts = 0;
  const pending = new PendingBatches({ clock: { monotonicMicros: () => 0 }, nextPosition: 0, maxBatchBytes: 256, maxPendingBytes: 1 << 20, ...options, onFirst: () => firsts++ });
  return { pending, firsts: () => firsts };
}

function put(pending: PendingBatches, text: string, room = text.length): number {
  const offset = pending.beginRecord(room);
  pending.bytes.set(encode(text), offset);
  return pending.endRecord(text.length);
}

/** Takes what is pending, up to whole batches in `bytes`, and returns its records. */
function take(pending: PendingBatches, bytes = Infinity): string[] {
  const { start, end } = pending.seal();
  const fitting = endOfBatchesThatFit(pending.view, start, end, bytes);
  const shown: string[] = [];
  for (let at = start; at < fitting; at += batchLength(pending.view, at)) {
    expect(at % 8).toBe(0);
    visitRecords(pending.view, pending.bytes, at, 0, Infinity, {
      onRecord: (position, _view, all, offset, length) => shown.push(`${position}:${decode(all.subarray(offset, offset + length))}`),
    });
  }
  pending.release(fitting);
  return shown;
}

describe('pending batches', () => {
  it('give back every record once and in order, however they are sized and taken', () => {
    const step = fc.oneof(
      fc.record({ put: fc.integer({ min: 0, max: 700 }), spare: fc.nat(20) }),
      fc.record({ take: fc.integer({ min: 0, max: 3000 }) }),
      fc.constant('begin only' as const),
    );
    fc.assert(fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const { pending } = pendingBatches();
      const expected: string[] = [];
      const taken: string[] = [];
      for (const one of steps) {
        if (one === 'begin only') pending.beginRecord(30);
        else if ('take' in one) taken.push(...take(pending, one.take));
        else {
          const text = String(expected.length).padEnd(one.put, '.').slice(0, one.put);
          expect(put(pending, text, one.put + one.spare)).toBe(expected.length);
          expected.push(`${expected.length}:${text}`);
        }
      }
      taken.push(...take(pending));
      expect(taken).toEqual(expected);
      expect(pending.sizeBytes).toBe(0);
      expect(pending.nextPosition).toBe(expected.length);
    }), { numRuns: 200 });
  });

  it('close a batch at its limit; a larger record has one of its own', () => {
    const { pending } = pendingBatches();
    const sizes = [100, 80, 100, 1000, 10];
    for (const size of sizes) put(pending, 'x'.repeat(size));
    const { start, end } = pending.seal();
    const batches: [number, number, number][] = [];
    for (let at = start; at < end; at += batchLength(pending.view, at)) {
      batches.push([batchBasePosition(pending.view, at), batchCount(pending.view, at), batchLength(pending.view, at)]);
    }
    expect(batches).toEqual([[0, 2, 248], [2, 1, 160], [3, 1, 1064], [4, 1, 72]]);
  });

  it('announce the first record only after everything was taken', () => {
    const { pending, firsts } = pendingBatches();
    for (const text of texts(20)) put(pending, text);
    expect(firsts()).toBe(1);
    take(pending, 300);
    put(pending, 'more');
    expect(firsts()).toBe(1);
    take(pending);
    put(pending, 'again');
    expect(firsts()).toBe(2);
  });

  it('refuse a record that is too large, and more than may wait', () => {
    const { pending } = pendingBatches({ maxPendingBytes: 1000 });
    expect(() => pending.beginRecord(MAX_RECORD_BYTES + 1)).toThrow(expect.objectContaining({ code: 'QL_LOG_RECORD_TOO_LARGE' }));
    expect(() => pending.beginRecord(NaN)).toThrow(expect.objectContaining({ code: 'QL_LOG_RECORD_TOO_LARGE' }));
    put(pending, 'x'.repeat(600));
    expect(() => pending.beginRecord(600)).toThrow(expect.objectContaining({ code: 'QL_LOG_BACKLOG_FULL' }));
    expect(take(pending)).toHaveLength(1);
    expect(put(pending, 'x'.repeat(600))).toBe(1);
  });

  it('take nothing more once closed, and keep what they have', () => {
    const { pending } = pendingBatches();
    put(pending, 'kept');
    pending.beginRecord(4);
    pending.close(closedError());
    expect(() => pending.endRecord()).toThrow(RangeError);
    expect(() => pending.beginRecord(1)).toThrow(expect.objectContaining({ code: 'QL_LOG_CLOSED' }));
    expect(take(pending)).toEqual(['0:kept']);
  });

  it('refuse a record longer than its room, or without one', () => {
    const { pending } = pendingBatches();
    pending.beginRecord(4);
    expect(() => pending.endRecord(5)).toThrow(RangeError);
    pending.endRecord(4);
    expect(() => pending.endRecord()).toThrow(RangeError);
  });
});
