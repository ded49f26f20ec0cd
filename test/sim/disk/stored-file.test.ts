import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileVersion } from '../../../sim/disk/file-version.js';
import { StoredFile } from '../../../sim/disk/stored-file.js';
import { RandomStream } from '../../../sim/index.js';

const MOST_BYTES = 40_000;

/** How the file was when a sync was called, and what has happened to it since. */
class SyncPoint {
  readonly content: Uint8Array;
  readonly version: FileVersion | null;
  /** 1 for each position that was changed. */
  readonly changed = new Uint8Array(MOST_BYTES);
  leastLength: number;
  mostLength: number;

  constructor(content: Uint8Array, version: FileVersion | null) {
    this.content = content.slice();
    this.version = version;
    this.leastLength = content.length;
    this.mostLength = content.length;
  }

  note(from: number, to: number, length: number): void {
    this.changed.fill(1, from, to);
    this.leastLength = Math.min(this.leastLength, length);
    this.mostLength = Math.max(this.mostLength, length);
  }
}

/** A stored file beside a model of it that keeps whole copies. */
class ModelledFile {
  readonly file = new StoredFile(0, Infinity);
  cache = new Uint8Array(0);
  /** The last completed sync, then those under way. */
  points = [new SyncPoint(this.cache, null)];

  write(offset: number, data: Uint8Array): void {
    this.file.write(offset, data, 0);
    const before = this.cache.length;
    this.#resize(Math.max(before, offset + data.length));
    this.cache.set(data, offset);
    this.#note(Math.min(before, offset), offset + data.length);
  }

  truncate(length: number): void {
    this.file.truncate(length, 0);
    const before = this.cache.length;
    this.#resize(length);
    this.#note(Math.min(before, length), Math.max(before, length));
  }

  beginSync(): void {
    this.points.push(new SyncPoint(this.cache, this.file.capture(0)));
  }

  endSync(): void {
    if (this.points.length === 1) return;
    this.points.shift();
    this.file.persist(this.points[0]!.version!);
  }

  #resize(length: number): void {
    const resized = new Uint8Array(length);
    resized.set(this.cache.subarray(0, length));
    this.cache = resized;
  }

  #note(from: number, to: number): void {
    for (const point of this.points) point.note(from, to, this.cache.length);
  }
}

const sizes = fc.oneof(fc.nat({ max: 40 }), fc.integer({ min: 4080, max: 4110 }), fc.nat({ max: 9000 }));
const step = fc.record({
  kind: fc.constantFrom('append' as const, 'append' as const, 'write' as const, 'truncate' as const, 'sync' as const, 'synced' as const),
  at: sizes,
  size: sizes,
  value: fc.nat({ max: 255 }),
});

const history = fc.array(step, { maxLength: 14 });

const pattern = Uint8Array.from({ length: 20_000 }, (_, index) => index % 251);

function play(steps: readonly { kind: string; at: number; size: number; value: number }[]): ModelledFile {
  const modelled = new ModelledFile();
  for (const { kind, at, size, value } of steps) {
    if (modelled.cache.length > MOST_BYTES - 20_000) break;
    const data = pattern.subarray(value, value + size);
    if (kind === 'append') modelled.write(modelled.cache.length, data);
    else if (kind === 'write') modelled.write(Math.min(at, modelled.cache.length + 20), data);
    else if (kind === 'truncate') modelled.truncate(Math.min(at, modelled.cache.length + 20));
    else if (kind === 'sync') modelled.beginSync();
    else modelled.endSync();
  }
  return modelled;
}

function contentOf(file: StoredFile): Uint8Array {
  return file.cache.read(0, file.cache.lengthBytes);
}

/** Where two contents first differ; -1 when they are the same. Many times faster than comparing them with `toEqual`. */
function firstDifference(one: Uint8Array, other: Uint8Array): number {
  if (Buffer.compare(one, other) === 0) return -1;
  const index = one.findIndex((value, position) => value !== other[position]);
  return index < 0 ? one.length : index;
}

describe('StoredFile', () => {
  it('reads as it was written, whatever was synced', () => {
    fc.assert(fc.property(history, (steps) => {
      const modelled = play(steps);
      expect(firstDifference(contentOf(modelled.file), modelled.cache)).toBe(-1);
    }), { numRuns: 60 });
  });

  it('a loss of power never touches what was synced and not changed since its sync was called', () => {
    fc.assert(fc.property(history, fc.string(), (steps, seed) => {
      const { file, points } = play(steps);
      const [durable] = points;
      file.losePower(new RandomStream(seed), 0);
      const after = contentOf(file);
      expect(after.length).toBeGreaterThanOrEqual(durable!.leastLength);
      expect(after.length).toBeLessThanOrEqual(durable!.mostLength);
      const wrong = durable!.content.findIndex((value, position) => durable!.changed[position] === 0 && after[position] !== value);
      expect(wrong).toBe(-1);
    }), { numRuns: 250 });
  });

  it('a loss of power changes nothing, and draws nothing, when everything was synced', () => {
    fc.assert(fc.property(history, (steps) => {
      const modelled = play(steps);
      modelled.beginSync();
      while (modelled.points.length > 1) modelled.endSync();
      const random = new RandomStream('unused');
      const before = random.state();
      modelled.file.losePower(random, 0);
      expect(firstDifference(contentOf(modelled.file), modelled.cache)).toBe(-1);
      expect(random.state()).toEqual(before);
    }), { numRuns: 60 });
  });

  it('is the same after a second loss of power', () => {
    fc.assert(fc.property(history, fc.string(), (steps, seed) => {
      const { file } = play(steps);
      file.losePower(new RandomStream(seed), 0);
      const after = contentOf(file);
      file.losePower(new RandomStream('another'), 0);
      expect(firstDifference(contentOf(file), after)).toBe(-1);
      expect(file.durableLengthBytes).toBe(after.length);
    }), { numRuns: 60 });
  });

  it('dropping unsynced data brings back the synced bytes, and zeros in place of what was appended', () => {
    fc.assert(fc.property(history, (steps) => {
      const modelled = play(steps);
      const synced = modelled.points[0]!.content;
      modelled.file.dropUnsynced(0);
      const expected = new Uint8Array(modelled.cache.length);
      expected.set(synced.subarray(0, expected.length));
      expect(firstDifference(contentOf(modelled.file), expected)).toBe(-1);
    }), { numRuns: 150 });
  });

  it('while a sync is under way, what is durable is what it was before, however often the page was written since', () => {
    const modelled = new ModelledFile();
    modelled.write(0, Uint8Array.of(1, 1));
    modelled.beginSync();
    modelled.endSync();
    modelled.write(0, Uint8Array.of(2));
    modelled.beginSync();
    modelled.write(0, Uint8Array.of(3));
    modelled.beginSync();
    modelled.write(0, Uint8Array.of(4));
    modelled.file.dropUnsynced(0);
    expect(contentOf(modelled.file)).toEqual(Uint8Array.of(1, 1));
  });

  it('a sync that was under way when data was dropped makes nothing durable', () => {
    const modelled = new ModelledFile();
    modelled.write(0, Uint8Array.of(1, 2, 3));
    modelled.beginSync();
    modelled.file.dropUnsynced(0);
    modelled.endSync();
    expect(modelled.file.durableLengthBytes).toBe(0);
  });

  it('what is older than the write-back of the system survives without a sync', () => {
    const second = 1_000_000;
    const file = new StoredFile(0, 30 * second);
    for (let now = 0; now < 100 * second; now += 10 * second) file.write(file.cache.lengthBytes, new Uint8Array(100).fill(7), now);
    const lengths = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const copy = new StoredFile(0, 30 * second);
      for (let now = 0; now < 100 * second; now += 10 * second) copy.write(copy.cache.lengthBytes, new Uint8Array(100).fill(7), now);
      copy.losePower(new RandomStream(`${seed}`), 95 * second);
      lengths.add(copy.cache.lengthBytes);
    }
    expect(Math.min(...lengths)).toBe(700);
    expect(lengths.size).toBeGreaterThan(1);
    file.losePower(new RandomStream('x'), 121 * second);
    expect(file.cache.lengthBytes).toBe(1000);
  });

  it('appending and syncing keeps no copies of pages', () => {
    const file = new StoredFile(0, Infinity);
    const record = new Uint8Array(100);
    for (let count = 0; count < 1000; count++) {
      file.write(file.cache.lengthBytes, record, 0);
      const version = file.capture(0);
      file.persist(version);
      expect(version.pages).toBe(null);
    }
    expect(file.durableLengthBytes).toBe(100_000);
  });

  it('a flipped bit is on the device and in the page cache, and writing over it heals', () => {
    const file = new StoredFile(0, Infinity);
    file.write(0, new Uint8Array(10_000), 0);
    file.persist(file.capture(0));
    file.flipDurableBit(5000, 3);
    expect(contentOf(file)[5000]).toBe(8);
    file.losePower(new RandomStream('x'), 0);
    expect(contentOf(file)[5000]).toBe(8);
    file.write(5000, Uint8Array.of(1), 0);
    file.persist(file.capture(0));
    file.losePower(new RandomStream('x'), 0);
    expect(contentOf(file)[5000]).toBe(1);
  });

  it('a bit that rots below an unsynced overwrite shows only when the overwrite is lost', () => {
    const file = new StoredFile(0, Infinity);
    file.write(0, Uint8Array.of(0, 0), 0);
    file.persist(file.capture(0));
    file.write(0, Uint8Array.of(5, 5), 0);
    file.flipDurableBit(0, 0);
    expect(contentOf(file)).toEqual(Uint8Array.of(5, 5));
    file.dropUnsynced(0);
    expect(contentOf(file)).toEqual(Uint8Array.of(1, 0));
  });
});
