import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventChunk, EventKind, EventNotFiniteError, Fingerprint } from '../../history/index.js';

type Row = readonly [time: number, kind: number, actor: number, peer: number, dest: number, message: number, copy: number, a: number, b: number, c: number];

function chunkOf(rows: readonly Row[]): EventChunk {
  const chunk = new EventChunk();
  rows.forEach((row, i) => {
    [chunk.time[i], chunk.kind[i], chunk.actor[i], chunk.peer[i], chunk.dest[i]] = row;
    [, , , , , chunk.message[i], chunk.copy[i], chunk.a[i], chunk.b[i], chunk.c[i]] = row;
  });
  chunk.length = rows.length;
  return chunk;
}

function printOf(rows: readonly Row[]): string {
  const print = new Fingerprint();
  print.foldRows(chunkOf(rows), 0, rows.length);
  return print.hex();
}

const mask = 0xffffffffn;
const rotl = (x: bigint, bits: bigint): bigint => ((x << bits) | (x >> (32n - bits))) & mask;
const toWord = (x: number): bigint => BigInt.asUintN(32, BigInt(x));

/** The definition, word by word, in arithmetic that has no width of its own. */
function reference(rows: readonly Row[]): string {
  const constants = [0x239b961bn, 0xab0e9789n, 0x38b34ae5n, 0xa1e38b93n];
  const rotations = [13n, 15n, 17n, 19n];
  const h = [0x243f6a88n, 0x85a308d3n, 0x13198a2en, 0x03707344n];
  for (const [time, kind, actor, peer, dest, message, copy, a, b, c] of rows) {
    const blocks = [
      [...floatWords(time), toWord(kind), toWord(actor)],
      [...floatWords(a), ...floatWords(b)],
      [toWord(message), toWord(copy), toWord(peer), toWord(dest)],
      floatWords(c),
    ];
    for (const block of blocks) {
      block.forEach((word, lane) => {
        const k = rotl((word * constants[lane]!) & mask, 15n);
        h[lane] = rotl(((h[lane]! ^ k) * constants[(lane + 1) % 4]!) & mask, rotations[lane]!);
      });
    }
    h[0] = (h[0]! + h[1]!) & mask;
    h[1] = h[1]! ^ h[2]!;
    h[2] = (h[2]! + h[3]!) & mask;
    h[3] = h[3]! ^ h[0];
  }
  return finish(h, BigInt(rows.length));
}

function floatWords(x: number): bigint[] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x, true);
  return [BigInt(view.getUint32(0, true)), BigInt(view.getUint32(4, true))];
}

function mix(x: bigint): bigint {
  let h = ((x ^ (x >> 16n)) * 0x85ebca6bn) & mask;
  h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) & mask;
  return h ^ (h >> 16n);
}

function finish(lanes: readonly bigint[], rows: bigint): string {
  let [h1, h2, h3, h4] = lanes.map((lane, i) => lane ^ (i % 2 === 0 ? rows & mask : rows >> 32n)) as [bigint, bigint, bigint, bigint];
  h1 = (h1 + h2 + h3 + h4) & mask;
  [h2, h3, h4] = [mix((h2 + h1) & mask), mix((h3 + h1) & mask), mix((h4 + h1) & mask)];
  h1 = (mix(h1) + h2 + h3 + h4) & mask;
  return [h1, h2 + h1, h3 + h1, h4 + h1].map((word) => (word & mask).toString(16).padStart(8, '0')).join('');
}

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const finite = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeInteger());
const anyRow: fc.Arbitrary<Row> = fc.tuple(fc.maxSafeNat(), fc.integer({ min: 0, max: 255 }), int32, int32, int32, int32, int32, finite, finite, finite);

const sample: Row = [30_021_000, EventKind.leaseExpire, 2, 3, 4, 17, 5, 5 * 1_048_576 + 2, 0, 0];

describe('Fingerprint', () => {
  it('is what its definition says, for any rows', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
        expect(printOf(rows)).toBe(reference(rows));
      }),
      { numRuns: 100 },
    );
  });

  it('has not changed: a new value here breaks every recorded replay', () => {
    expect(printOf([])).toBe('1020c03736c6b0dc9859ab13b4002412');
    expect(printOf([sample])).toBe('59c250d33d71f7b5d6038eee51efa968');
    const many = Array.from({ length: 4096 }, (_, i): Row => [i * 3, i % 256, i & 7, -i, i ^ 5, i, i, i * 1_048_576, -i / 3, 2 ** 53 - i]);
    expect(printOf(many)).toBe('a02173a0fbc0ab93cd5718bd16ada0a7');
    const text = new Fingerprint();
    text.foldText('consumer-1');
    text.foldText('Überlauf 🐇');
    expect(text.hex()).toBe('bab7c6133f82dbcd1d2796c2424d0548');
  });

  it('does not depend on how the rows are cut into calls', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 50 }), fc.nat({ max: 50 }), (rows, cut) => {
        const chunk = chunkOf(rows);
        const print = new Fingerprint();
        const at = Math.min(cut, rows.length);
        print.foldRows(chunk, 0, at);
        print.hex();
        print.foldRows(chunk, at, rows.length);
        expect(print.hex()).toBe(printOf(rows));
      }),
      { numRuns: 50 },
    );
  });

  it('changes with every single bit of every column, wherever the row stands', () => {
    const rows = [sample, sample, sample];
    const seen = new Set([printOf(rows)]);
    let variants = 1;
    const addVariant = (at: number, change: (chunk: EventChunk) => void): void => {
      const chunk = chunkOf(rows);
      change(chunk);
      const print = new Fingerprint();
      print.foldRows(chunk, 0, rows.length);
      seen.add(print.hex());
      variants++;
      expect(seen.size, `row ${at}`).toBe(variants);
    };
    for (let at = 0; at < rows.length; at++) {
      for (let bit = 0; bit < 8; bit++) addVariant(at, (chunk) => (chunk.kind[at]! ^= 1 << bit));
      for (const column of ['actor', 'peer', 'dest', 'message', 'copy'] as const) {
        for (let bit = 0; bit < 32; bit++) addVariant(at, (chunk) => (chunk[column][at]! ^= 1 << bit));
      }
      for (const column of ['time', 'a', 'b', 'c'] as const) {
        for (let bit = 0; bit < 64; bit++) addVariant(at, (chunk) => flipBit(chunk[column], at, bit));
      }
    }
  });

  it('changes with every two bits of two neighbouring rows: none makes up for another', { timeout: 60_000 }, () => {
    const chunk = chunkOf([sample, sample, sample]);
    const bits = [0, 1].flatMap((row) => [
      ...(['time', 'a', 'b', 'c'] as const).flatMap((column) => Array.from({ length: 52 }, (_, bit) => () => flipBit(chunk[column], row, bit))),
      ...(['actor', 'peer', 'dest', 'message', 'copy'] as const).flatMap((column) => Array.from({ length: 32 }, (_, bit) => () => void (chunk[column][row]! ^= 1 << bit))),
    ]);
    const seen = new Set<string>();
    let variants = 0;
    const note = (): void => {
      const print = new Fingerprint();
      print.foldRows(chunk, 0, 3);
      seen.add(print.digest().join());
      variants++;
    };
    note();
    bits.forEach((flip, at) => {
      flip();
      note();
      for (const other of bits.slice(at + 1)) {
        other();
        note();
        other();
      }
      flip();
    });
    expect([variants, seen.size]).toEqual([1 + bits.length + (bits.length * (bits.length - 1)) / 2, variants]);
  });

  it('spreads a change of one bit over the whole digest', () => {
    const base = printOf([sample]);
    let flipped = 0;
    let trials = 0;
    for (let bit = 0; bit < 32; bit++) {
      for (const column of [2, 3, 4, 5, 6]) {
        const changed = [...sample] as unknown as number[];
        changed[column] = (changed[column]! ^ (1 << bit)) | 0;
        flipped += differingBits(base, printOf([changed as unknown as Row]));
        trials++;
      }
    }
    // 64 of 128 bits are expected to flip; the mean of 160 trials is within 1 of that five times out of six.
    expect(flipped / trials).toBeGreaterThan(60);
    expect(flipped / trials).toBeLessThan(68);
  });

  it('tells apart histories that differ in order, in a column, or in an empty row', () => {
    const other: Row = [30_021_000, EventKind.settle, 2, 3, 4, 18, 6, 1, 0, 0];
    const zero: Row = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const swapped: Row = [sample[0], sample[1], sample[3], sample[2], sample[4], sample[5], sample[6], sample[7], sample[8], sample[9]];
    const prints = [[], [zero], [zero, zero], [sample], [sample, zero], [zero, sample], [sample, other], [other, sample], [swapped]].map(printOf);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it('has no collisions among many histories that differ a little', () => {
    const words = new Set<string>();
    const halves = new Set<string>();
    for (let i = 0; i < 20_000; i++) {
      const hex = printOf([sample, [sample[0] + (i % 100), sample[1], 1 + (Math.floor(i / 100) % 20), 0, 0, 17 + Math.floor(i / 2000), 0, 0, 0, 0]]);
      words.add(hex);
      halves.add(hex.slice(0, 16)).add(hex.slice(16));
    }
    expect(words.size).toBe(20_000);
    expect(halves.size).toBe(40_000);
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %s, whose bits or meaning are not the same everywhere', (value) => {
    for (const column of ['time', 'a', 'b', 'c'] as const) {
      const chunk = chunkOf([sample, sample]);
      chunk[column][1] = value;
      expect(() => new Fingerprint().foldRows(chunk, 0, 2)).toThrow(EventNotFiniteError);
      expect(() => new Fingerprint().foldRows(chunk, 0, 2)).toThrow(/lease-expire/);
      expect(() => new Fingerprint().foldRows(chunk, 0, 1)).not.toThrow();
    }
  });

  it('takes the largest finite numbers', () => {
    expect(() => printOf([[Number.MAX_SAFE_INTEGER, 1, 0, 0, 0, 0, 0, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE]])).not.toThrow();
  });
});

/** Flips one bit of a number's 64, the lowest being 0. */
function flipBit(column: Float64Array, at: number, bit: number): void {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, column[at]!);
  view.setBigUint64(0, view.getBigUint64(0) ^ (1n << BigInt(bit)));
  column[at] = view.getFloat64(0);
}

function differingBits(left: string, right: string): number {
  let bits = 0;
  for (let i = 0; i < left.length; i += 8) {
    let x = Number.parseInt(left.slice(i, i + 8), 16) ^ Number.parseInt(right.slice(i, i + 8), 16);
    for (; x !== 0; x &= x - 1) bits++;
  }
  return bits;
}
