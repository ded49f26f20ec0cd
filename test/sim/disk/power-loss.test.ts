import { describe, expect, it } from 'vitest';
import { StoredFile } from '../../../sim/disk/stored-file.js';
import { RandomStream } from '../../../sim/index.js';

const SECTOR = 512;
const PAGE = 4096;

/** What is left of 16 synced zero pages, all overwritten with ones and then lost, for many seeds. */
function overwrittenAndLost(seeds: number): Uint8Array[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const file = new StoredFile(0, Infinity);
    file.write(0, new Uint8Array(16 * PAGE), 0);
    file.persist(file.capture(0));
    file.write(0, new Uint8Array(16 * PAGE).fill(1), 0);
    file.losePower(new RandomStream(`power ${seed}`), 0);
    return file.cache.read(0, 16 * PAGE);
  });
}

type Fate = 'new' | 'old' | 'torn';

function fateOf(bytes: Uint8Array): Fate {
  if (bytes.every((value) => value === 1)) return 'new';
  return bytes.every((value) => value === 0) ? 'old' : 'torn';
}

function piecesOf(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: bytes.length / size }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

describe('loss of power', () => {
  const results = overwrittenAndLost(400);
  const pagesOf = results.map((bytes) => piecesOf(bytes, PAGE).map(fateOf));

  it('a tenth of the files lose nothing', () => {
    const whole = pagesOf.filter((pages) => pages.every((fate) => fate === 'new')).length;
    expect(whole / results.length).toBeGreaterThan(0.05);
    expect(whole / results.length).toBeLessThan(0.16);
  });

  it('about half of the others only lose whole pages, half of them each; the rest also have torn ones, a third each', () => {
    const harmed = pagesOf.filter((pages) => pages.some((fate) => fate !== 'new'));
    const dropping = harmed.filter((pages) => !pages.includes('torn'));
    const tearing = harmed.filter((pages) => pages.includes('torn'));
    expect(dropping.length / harmed.length).toBeGreaterThan(0.4);
    expect(dropping.length / harmed.length).toBeLessThan(0.6);
    const share = (files: Fate[][], fate: Fate): number => files.flat().filter((other) => other === fate).length / (files.length * 16);
    expect(share(dropping, 'old')).toBeCloseTo(0.5, 1);
    expect(share(tearing, 'torn')).toBeCloseTo(1 / 3, 1);
    expect(share(tearing, 'old')).toBeCloseTo(1 / 3, 1);
  });

  it('a torn page tears at sectors: new, old, left part, right part and garbage all occur', () => {
    const torn = results.flatMap((bytes) => piecesOf(bytes, PAGE)).filter((page) => fateOf(page) === 'torn').slice(0, 150);
    const kinds = new Set<string>();
    for (const sector of torn.flatMap((page) => piecesOf(page, SECTOR))) kinds.add(kindOf(sector));
    expect([...kinds].sort()).toEqual(['garbage', 'garbage left', 'garbage right', 'new', 'new then old', 'old', 'old then new']);
  });

  it('a file may end anywhere between its synced length and its whole length, with nothing beyond', () => {
    const lengths = new Set<number>();
    for (let seed = 0; seed < 200; seed++) {
      const file = new StoredFile(0, Infinity);
      file.write(0, new Uint8Array(1000).fill(1), 0);
      file.persist(file.capture(0));
      file.write(1000, new Uint8Array(10_000).fill(2), 0);
      file.losePower(new RandomStream(`${seed}`), 0);
      lengths.add(file.cache.lengthBytes);
      expect(file.cache.read(0, 1000).every((value) => value === 1)).toBe(true);
    }
    expect(lengths.has(1000)).toBe(true);
    expect(lengths.has(11_000)).toBe(true);
    expect(lengths.has(PAGE)).toBe(true);
    expect([...lengths].every((length) => length >= 1000 && length <= 11_000)).toBe(true);
    // Within a sector the cut may be anywhere.
    expect([...lengths].some((length) => length % SECTOR !== 0 && length !== 1000 && length !== 11_000)).toBe(true);
  });

  it('a truncation that was not synced is there or not, and never half', () => {
    const lengths = new Set<number>();
    for (let seed = 0; seed < 50; seed++) {
      const file = new StoredFile(0, Infinity);
      file.write(0, Uint8Array.from({ length: 9000 }, (_, index) => index), 0);
      file.persist(file.capture(0));
      file.truncate(100, 0);
      file.losePower(new RandomStream(`${seed}`), 0);
      lengths.add(file.cache.lengthBytes);
      expect(file.cache.read(0, 9000).every((value, index) => value === index % 256)).toBe(true);
    }
    expect([...lengths].sort()).toEqual([100, 9000]);
  });
});

/** A sector that was zeros and should be ones. */
function kindOf(sector: Uint8Array): string {
  const text = sector.every((value) => value <= 1) ? [...sector].join('') : '';
  if (/^1+$/.test(text)) return 'new';
  if (/^0+$/.test(text)) return 'old';
  if (/^0+1+$/.test(text)) return 'old then new';
  if (/^1+0+$/.test(text)) return 'new then old';
  const half = sector.length / 2;
  const first = sector.findIndex((value) => value !== 1);
  const last = sector.findLastIndex((value) => value !== 1);
  if (first > half) return 'garbage right';
  return last < half ? 'garbage left' : 'garbage';
}
