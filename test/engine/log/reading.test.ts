import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INDEX_INTERVAL_BYTES } from '../../../engine/log/sparse-index.js';
import { ALog, append, texts } from './a-log.js';

describe('reading a log', () => {
  const log = new ALog({ log: { segmentBytes: 100_000 } });
  for (let start = 0; start < 10_000; start += 37) {
    log.append(...texts(Math.min(37, 10_000 - start), start));
    log.world.settle();
  }

  it('begins at any position and gives whole batches until there is enough', () => {
    expect(log.log.liveSegments).toBeGreaterThan(3);
    expect(log.log.sizeBytes).toBeGreaterThan(10 * INDEX_INTERVAL_BYTES);
    fc.assert(fc.property(fc.nat(9_999), fc.integer({ min: 1, max: 100_000 }), (from, maxBytes) => {
      const { texts: shown, positions, error, nextPosition } = log.read(from, maxBytes);
      expect(error).toBeNull();
      expect(shown).toEqual(texts(shown.length, from));
      expect(positions[0]).toBe(from);
      expect(nextPosition).toBe(from + shown.length);
      if (nextPosition < 10_000) expect(shown.join('').length).toBeGreaterThan(maxBytes / 4 - 256);
    }), { numRuns: 60 });
  });

  it('goes on where it stopped, through all segments, to the durable end', () => {
    const all: string[] = [];
    let position = 0;
    for (let round = 0; position < 10_000; round++) {
      const read = log.read(position, 30_000);
      expect(read.texts.length).toBeGreaterThan(0);
      all.push(...read.texts);
      position = read.nextPosition;
    }
    expect(all).toEqual(texts(10_000));
    expect(log.read(10_000)).toEqual({ texts: [], positions: [], error: null, nextPosition: 10_000, missing: null });
  });

  it('is refused outside of what the log holds', () => {
    expect(log.read(10_001).error).toBe('QL_LOG_OUT_OF_RANGE');
    expect(log.read(-1).error).toBe('QL_LOG_OUT_OF_RANGE');
    expect(log.read(NaN).error).toBe('QL_LOG_OUT_OF_RANGE');
  });

  it('shows nothing that is not durable', () => {
    const other = new ALog();
    other.appendApart('durable');
    other.disk.syncMicros = 100;
    append(other.log, 'written');
    other.world.settle();
    append(other.log, 'pending');
    expect(other.read(0).texts).toEqual(['durable']);
    other.world.pass(1000);
    expect(other.read(0).texts).toEqual(['durable', 'written', 'pending']);
  });

  it('stops at rotten bytes with what is missing, never shows them, and goes on behind them', () => {
    const other = new ALog();
    other.appendApart(...texts(100));
    const segment = other.disk.file(`log/${other.names[1]!}`);
    const [from, to] = [Number(other.names[1]!.slice(0, 16)), Number(other.names[2]!.slice(0, 16))];
    segment[500]! ^= 1;
    const before = other.read(0);
    expect(before.error).toBe('QL_LOG_CORRUPT');
    const [lost, next] = before.missing!;
    expect(next).toBe(lost + 1);
    expect(lost).toBeGreaterThan(from);
    expect(next).toBeLessThan(to);
    expect(before).toMatchObject({ texts: texts(lost), nextPosition: lost });
    expect(other.read(next)).toMatchObject({ error: null, texts: texts(100 - next, next), nextPosition: 100 });
    expect(other.read(lost)).toMatchObject({ error: 'QL_LOG_CORRUPT', texts: [], missing: [lost, next] });
    segment.fill(0, 32);
    expect(other.read(from + 3)).toMatchObject({ error: 'QL_LOG_CORRUPT', texts: [], missing: [from + 3, to] });
    expect(other.read(to)).toMatchObject({ error: null, texts: texts(100 - to, to) });
  });

  it('says what is missing between two segments', () => {
    const other = new ALog();
    other.appendApart(...texts(150));
    const files = other.files;
    const [, second, third] = [...files.keys()];
    files.delete(second!);
    const [from, to] = [second!, third!].map((name) => Number(name.slice(0, 16))) as [number, number];
    const gapped = new ALog({ files });
    expect(gapped.read(0)).toMatchObject({ error: 'QL_LOG_CORRUPT', texts: texts(from), missing: [from, to] });
    expect(gapped.read(from + 2)).toMatchObject({ error: 'QL_LOG_CORRUPT', texts: [], missing: [from + 2, to] });
    expect(gapped.read(to).texts).toEqual(texts(150 - to, to));
  });
});
