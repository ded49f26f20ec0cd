import { describe, expect, it } from 'vitest';
import { BATCH_HEADER_BYTES, batchLength, stampBatch } from '../../../engine/log/batch-format.js';
import { SEGMENT_HEADER_BYTES, segmentName } from '../../../engine/log/segment-format.js';
import { INDEX_INTERVAL_BYTES } from '../../../engine/log/sparse-index.js';
import { ALog, type Files, SMALL, texts } from './a-log.js';
import { WatchedDisk } from './watched-disk.js';

const FIRST = segmentName(0);

/** Offsets of the batches in a segment that is whole. */
function batchOffsets(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsets: number[] = [];
  for (let at = SEGMENT_HEADER_BYTES; at < bytes.length; at += batchLength(view, at)) offsets.push(at);
  return offsets;
}

/** A log of `count` records, each in a batch of its own. */
function filesOf(count: number, options = {}): Map<string, Uint8Array> {
  const log = new ALog(options);
  log.appendApart(...texts(count));
  expect(log.durable.at(-1)).toBe(count);
  return log.files;
}

const withFile = (files: Files, name: string, bytes: Uint8Array): Files => new Map([...files, [name, bytes]]);

/** A log on these files, opened twice: what the first opening has cut off or repaired, the second does not find again. */
function openTwice(files: Files): ALog {
  const log = new ALog({ files });
  const again = log.open();
  expect(again.positions).toEqual(log.first.positions);
  expect(again.texts).toEqual(log.first.texts);
  expect(again.recovery).toMatchObject({ truncatedBytes: 0, nextPosition: log.first.recovery!.nextPosition });
  return log;
}

describe('recovery', () => {
  it('begins an empty log at position 0', () => {
    const log = new ALog();
    expect(log.recovery).toEqual({ records: 0, startPosition: 0, nextPosition: 0, truncatedBytes: 0, corrupt: [] });
    expect(log.log.nextPosition).toBe(0);
  });

  it('shows every record of every segment in order, and goes on behind them', () => {
    const log = new ALog();
    for (let round = 0; round < 6; round++) {
      log.append(...texts(30, round * 60));
      log.world.settle();
      log.appendApart(...texts(30, round * 60 + 30));
      log.open();
      expect(log.opening.texts).toEqual(texts((round + 1) * 60));
      expect(log.opening.positions).toEqual(log.opening.texts.map((_, index) => index));
      expect(log.recovery).toMatchObject({ nextPosition: (round + 1) * 60, truncatedBytes: 0, corrupt: [] });
    }
    expect(log.log.liveSegments).toBeGreaterThan(3);
  });

  it('many restarts of a small log leave one file', () => {
    const log = new ALog();
    for (let round = 0; round < 50; round++) {
      log.appendApart(`round ${round}`);
      log.open();
    }
    expect(log.names).toEqual([FIRST]);
    expect(log.opening.texts).toHaveLength(50);
  });

  it('cuts a log that was cut off at any byte behind its last whole batch, and appends there', () => {
    const whole = filesOf(7).get(FIRST)!;
    const offsets = batchOffsets(whole);
    for (let length = 0; length <= whole.length; length++) {
      const log = openTwice(new Map([[FIRST, whole.slice(0, length)]]));
      const wholeBatches = [...offsets.slice(1), whole.length].filter((end) => end <= length).length;
      expect(log.opening.texts, `${length} bytes`).toEqual(texts(wholeBatches));
      expect(log.first.recovery!.corrupt).toEqual([]);
      log.appendApart('behind the cut');
      expect(log.open().texts).toEqual([...texts(wholeBatches), 'behind the cut']);
    }
  });

  it('never shows a wrong record when any one byte is changed: it is missing and reported, or it was the last', () => {
    const whole = filesOf(7).get(FIRST)!;
    const offsets = batchOffsets(whole);
    for (let byte = 0; byte < whole.length; byte++) {
      for (const change of [0x01, 0x80, 0xff]) {
        const rotten = whole.slice();
        rotten[byte]! ^= change;
        const log = openTwice(new Map([[FIRST, rotten]]));
        const struck = offsets.findLastIndex((offset) => offset <= byte);
        const expected = texts(7).filter((_, index) => index !== struck);
        expect(log.opening.texts, `byte ${byte}`).toEqual(expected);
        expect(log.opening.positions).toEqual(texts(7).map((_, index) => index).filter((index) => index !== struck));
        if (struck === 6) expect(log.first.recovery!).toMatchObject({ corrupt: [], nextPosition: 6, truncatedBytes: whole.length - offsets[6]! });
        else if (struck === -1) expect(log.first.recovery!.corrupt).toMatchObject([{ kind: 'header', position: 0, nextPosition: 0, segment: FIRST, offset: 0 }]);
        else {
          expect(log.first.recovery!.corrupt).toEqual([{
            kind: 'batch', position: struck, nextPosition: struck + 1, segment: FIRST, offset: offsets[struck],
            lengthBytes: (offsets[struck + 1] ?? whole.length) - offsets[struck]!,
          }]);
        }
      }
    }
  });

  it('reports a corrupt middle at every opening, and serves what is appended behind it', () => {
    const whole = filesOf(20).get(FIRST)!;
    whole[batchOffsets(whole)[5]! + BATCH_HEADER_BYTES + 6]! ^= 4;
    const log = new ALog({ files: new Map([[FIRST, whole]]) });
    for (let round = 0; round < 4; round++) {
      expect(log.recovery.corrupt).toMatchObject([{ kind: 'batch', position: 5, nextPosition: 6 }]);
      expect(log.opening.texts).toEqual(texts(20 + round).filter((_, index) => index !== 5));
      log.appendApart(...texts(1, 20 + round));
      log.open();
    }
  });

  it('reports several damaged places one by one, and takes what follows the last proof for a torn end', () => {
    const whole = filesOf(12).get(FIRST)!;
    const offsets = batchOffsets(whole);
    for (const struck of [2, 3, 7, 11]) whole[offsets[struck]! + 20]! ^= 1;
    const log = openTwice(new Map([[FIRST, whole]]));
    expect(log.opening.positions).toEqual([0, 1, 4, 5, 6, 8, 9, 10]);
    expect(log.first.recovery!.corrupt.map(({ position, nextPosition }) => [position, nextPosition])).toEqual([[2, 4], [7, 8]]);
    expect(log.first.recovery!.nextPosition).toBe(11);
  });

  it('cuts off what was never synced and stands behind a hole: it would come out of order', () => {
    const log = new ALog({ log: { flush: { kind: 'never' } } });
    log.appendApart(...texts(8));
    const whole = log.files.get(FIRST)!;
    const offsets = batchOffsets(whole);
    whole.fill(0, offsets[3], offsets[4]);
    const reopened = openTwice(new Map([[FIRST, whole]]));
    expect(reopened.opening.texts).toEqual(texts(3));
    expect(reopened.first.recovery).toMatchObject({ nextPosition: 3, corrupt: [], truncatedBytes: whole.length - offsets[3]! });
    reopened.appendApart(...texts(2, 3));
    expect(reopened.open().texts).toEqual(texts(5));
  });

  it('knows what was synced under the interval policy: damage below is corruption, damage above is a torn end', () => {
    const log = new ALog({ log: { flush: { kind: 'interval', intervalMicros: 1000 } } });
    log.appendApart(...texts(4));
    log.world.pass(1000);
    log.appendApart(...texts(4, 4));
    const whole = log.files.get(FIRST)!;
    const offsets = batchOffsets(whole);
    const struckAt = (index: number): ALog => {
      const rotten = whole.slice();
      rotten[offsets[index]! + 60]! ^= 1;
      return openTwice(new Map([[FIRST, rotten]]));
    };
    expect(struckAt(2).first.recovery).toMatchObject({ nextPosition: 8, corrupt: [{ position: 2, nextPosition: 3 }] });
    expect(struckAt(5).first.recovery).toMatchObject({ nextPosition: 5, corrupt: [] });
  });

  it('knows that what an opening has copied was synced, though no batch behind it says so', () => {
    const log = new ALog({ files: filesOf(6), log: { flush: { kind: 'never' } } });
    const copied = log.files.get(FIRST)!;
    const offsets = batchOffsets(copied);
    expect(offsets).toHaveLength(6);
    copied[offsets[2]! + 60]! ^= 1;
    const rotten = openTwice(new Map([[FIRST, copied]]));
    expect(rotten.opening.positions).toEqual([0, 1, 3, 4, 5]);
    expect(rotten.first.recovery!.corrupt).toMatchObject([{ position: 2, nextPosition: 3 }]);
    copied.fill(0, offsets[2]);
    const cut = openTwice(new Map([[FIRST, copied]]));
    expect(cut.opening.positions).toEqual([0, 1]);
    expect(cut.first.recovery).toMatchObject({ nextPosition: 6, corrupt: [{ position: 2, nextPosition: 6 }] });
  });

  it('does not believe a batch that stands where another belongs', () => {
    const whole = filesOf(9).get(FIRST)!;
    const offsets = batchOffsets(whole);
    const batch = (index: number) => whole.slice(offsets[index], offsets[index + 1]);
    const moved = whole.slice();
    moved.set(batch(2).length <= batch(6).length ? batch(2) : batch(2).subarray(0, batch(6).length), offsets[6]);
    const log = openTwice(new Map([[FIRST, moved]]));
    expect(log.opening.positions).toEqual([0, 1, 2, 3, 4, 5, 7, 8]);
    expect(log.first.recovery!.corrupt).toMatchObject([{ position: 6, nextPosition: 7 }]);
  });

  it('does not believe a batch of an earlier life at its very place: it names another predecessor', () => {
    const whole = filesOf(3).get(FIRST)!;
    const other = whole.slice();
    const [, second] = batchOffsets(whole);
    const view = new DataView(other.buffer);
    // The second batch was written anew, as long as the old one: good in itself, and the third is from before.
    other[second! + BATCH_HEADER_BYTES + 5]! ^= 1;
    stampBatch(view, second!, {
      syncedPosition: 1, wallMicros: 5, epoch: 0, salt: view.getUint32(8, true), fileOffset: second!,
      previousCrc: view.getUint32(SEGMENT_HEADER_BYTES + 4, true),
    });
    const log = openTwice(new Map([[FIRST, other]]));
    expect(log.opening.positions).toEqual([0, 1]);
    expect(log.first.recovery!.nextPosition).toBe(2);
  });

  it('reports a segment that is missing, and one that is another\'s copy', () => {
    const files = filesOf(150);
    const names = [...files.keys()];
    expect(names.length).toBeGreaterThan(3);
    const [, second, third] = names as [string, string, string];
    const [from, to] = [Number(second.slice(0, 16)), Number(third.slice(0, 16))];
    const expected = texts(150).filter((_, index) => index < from || index >= to);

    const without = new Map(files);
    without.delete(second);
    const missing = openTwice(without);
    expect(missing.opening.texts).toEqual(expected);
    expect(missing.first.recovery!.corrupt).toMatchObject([{ kind: 'gap', position: from, nextPosition: to }]);

    const copied = openTwice(withFile(files, second, files.get(FIRST)!));
    expect(copied.opening.texts).toEqual(expected);
    expect(copied.first.recovery!.corrupt).toMatchObject([{ kind: 'batch', position: from, nextPosition: to, segment: second }]);
  });

  it('reports the lost end of a closed segment: it had been synced before the next began', () => {
    const files = filesOf(150);
    const second = [...files.keys()][1]!;
    const end = Number(second.slice(0, 16));
    const first = files.get(FIRST)!;
    const offsets = batchOffsets(first);
    const log = openTwice(withFile(files, FIRST, first.slice(0, offsets.at(-2)! + 10)));
    expect(log.opening.positions).toEqual(texts(150).map((_, index) => index).filter((index) => index < end - 2 || index >= end));
    expect(log.first.recovery!.corrupt).toMatchObject([{ kind: 'batch', position: end - 2, nextPosition: end, segment: FIRST }]);
  });

  it('does not follow a length that points anywhere, nor reserve memory for it', () => {
    const whole = filesOf(5).get(FIRST)!;
    const [, second] = batchOffsets(whole);
    for (const length of [0, 1, 8, 59, 60, 64, 4096, 0x7fff_fff8, 0xffff_fff8, 0xffff_ffff]) {
      const garbled = whole.slice();
      new DataView(garbled.buffer).setUint32(second! + 8, length, true);
      const log = openTwice(new Map([[FIRST, garbled]]));
      expect(log.opening.positions, `length ${length}`).toEqual([0, 2, 3, 4]);
    }
  });

  it('removes what a crash left half made and leaves other files alone', () => {
    const files = new Map([...filesOf(2), ['0000000000000009.checkpoint.tmp', new Uint8Array(5)], ['notes.txt', new Uint8Array(3)]]);
    const log = new ALog({ files });
    expect(log.names).toEqual([FIRST, 'notes.txt']);
  });

  it('copies only the end of a long segment; the old file ends where the new one begins, cut or not', () => {
    const disk = new WatchedDisk();
    const log = new ALog({ wrap: disk.wrap, log: { segmentBytes: 1 << 20 } });
    log.appendApart(...texts(1500));
    disk.fail = (call) => (call.startsWith('truncate') ? 'EIO' : null);
    for (let round = 0; round < 3; round++) {
      expect(log.open().texts).toEqual(texts(1500 + round));
      expect(log.recovery).toMatchObject({ corrupt: [], truncatedBytes: 0 });
      expect(log.read(0).texts).toEqual(texts(1500 + round));
      log.appendApart(...texts(1, 1500 + round));
    }
    expect(log.names).toHaveLength(2);
    const [whole, tail] = [...log.files.values()].map((bytes) => bytes.length) as [number, number];
    expect(tail).toBeLessThan(2 * INDEX_INTERVAL_BYTES);
    expect(log.log.sizeBytes).toBeLessThan(whole + tail);
  });

  it('is refused to an epoch that is lower than one in the log, and changes nothing then', () => {
    const files = filesOf(3, { log: { epoch: 5 } });
    const log = new ALog({ files, log: { epoch: 4 } });
    expect(log.opening.error?.code).toBe('QL_LOG_FENCED');
    expect(log.files).toEqual(files);
    expect(log.open({ epoch: 5 }).texts).toEqual(texts(3));
    expect(log.open({ epoch: 6 }).error).toBeNull();
  });

  it('reads a log that was written with larger batches and segments', () => {
    const log = new ALog({ log: { maxBatchBytes: 1 << 16, segmentBytes: 1 << 20 } });
    log.append(...texts(2000), 'x'.repeat(3_000_000));
    log.world.settle();
    const reopened = new ALog({ files: log.files, log: SMALL });
    expect(reopened.opening.texts).toEqual([...texts(2000), 'x'.repeat(3_000_000)]);
  });
});
