import type { RandomPort } from '../../engine/index.js';
import type { ChunkedBytes } from './chunked-bytes.js';
import { type FileVersion, PAGE_BYTES } from './file-version.js';

/** What a device writes or tears as one piece. */
const SECTOR_BYTES = 512;

/** The probability that all of a file's unsynced changes happen to be on the device. */
const ALL_DURABLE = 0.1;
/** The probability that a cut-off end of the file was cut off on the device. */
const TRUNCATE_APPLIED = 0.5;
/** Of a sector in a torn page: the probability that it was written right, and otherwise that it is bad rather than old. */
const SECTOR_RIGHT = 0.25;
const SECTOR_BAD = 2 / 3;

const KEPT = 0;
const DROPPED = 1;
const TORN = 2;

/** A file while its unsynced changes are settled. The page cache reaches at least as far as the synced data. */
interface Tearing {
  readonly cache: ChunkedBytes;
  readonly durable: FileVersion;
  readonly random: RandomPort;
  /** End of the synced data, or where a truncation that was applied has cut it off. */
  readonly baseEnd: number;
  readonly cachedEnd: number;
  /** End of what the device has, as far as it is decided. */
  writtenEnd: number;
}

/**
 * Leaves in `cache` what the device holds after a loss of power, by the model of FoundationDB's simulator (fdbrpc,
 * `AsyncFileNonDurable`): the file is of a kind that only loses pages or of one that also tears them; with probability 0.1
 * everything was written; otherwise each changed page is as written, as before, or torn, and each sector of a torn page is as
 * written, as before, or bad in its left part, its right part or whole, where bad is garbage or as before.
 *
 * Bytes that were synced and not written since are never touched.
 */
export function tearUnsynced(cache: ChunkedBytes, durable: FileVersion, changedPages: readonly number[], random: RandomPort): void {
  if (changedPages.length === 0 && cache.lengthBytes === durable.lengthBytes) return;
  if (random.nextFloat() < ALL_DURABLE) return;
  const baseEnd = settleTruncation(cache, durable, random);
  const cachedEnd = cache.lengthBytes;
  const tearing: Tearing = { cache, durable, random, baseEnd, cachedEnd, writtenEnd: baseEnd };
  const fates = random.nextFloat() < 0.5 ? 2 : 3;
  for (const page of changedPages) {
    const from = page * PAGE_BYTES;
    if (from >= cachedEnd) break;
    const to = Math.min(from + PAGE_BYTES, cachedEnd);
    const fate = below(random, fates);
    if (fate === KEPT) keep(tearing, from, to);
    else if (fate === DROPPED) drop(tearing, from, to);
    else if (fate === TORN) tearPage(tearing, from, to);
  }
  cache.truncate(tearing.writtenEnd);
}

/** Applies a truncation below the synced length or takes it back. Returns the end of the synced data that is left. */
function settleTruncation(cache: ChunkedBytes, durable: FileVersion, random: RandomPort): number {
  const cutAt = cache.lengthBytes;
  if (cutAt >= durable.lengthBytes) return durable.lengthBytes;
  if (random.nextFloat() < TRUNCATE_APPLIED) return cutAt;
  cache.truncate(durable.lengthBytes);
  for (const [page, bytes] of durable.pages ?? []) {
    const start = page * PAGE_BYTES;
    const from = Math.max(start, cutAt);
    if (from < start + bytes.length) cache.write(from, bytes.subarray(from - start));
  }
  return durable.lengthBytes;
}

function tearPage(tearing: Tearing, from: number, to: number): void {
  const { random } = tearing;
  for (let start = from; start < to; start += SECTOR_BYTES) {
    const end = Math.min(start + SECTOR_BYTES, to);
    if (random.nextFloat() < SECTOR_RIGHT) keep(tearing, start, end);
    else if (random.nextFloat() < SECTOR_BAD) spoilSector(tearing, start, end);
    else drop(tearing, start, end);
  }
}

function spoilSector(tearing: Tearing, start: number, end: number): void {
  const { random } = tearing;
  const side = below(random, 3);
  const isGarbage = side === 2 || random.nextFloat() < 0.5;
  const spoil = isGarbage ? fillWithGarbage : drop;
  if (side === 2) {
    spoil(tearing, start, end);
    return;
  }
  const middle = start + below(random, end - start);
  if (side === 0) {
    keep(tearing, start, middle);
    spoil(tearing, middle, end);
  } else {
    spoil(tearing, start, middle);
    keep(tearing, middle, end);
  }
}

/** The device has the new bytes. */
function keep(tearing: Tearing, from: number, to: number): void {
  if (to > from) tearing.writtenEnd = Math.max(tearing.writtenEnd, to);
}

/** The device has the old bytes: the synced ones, and beyond them nothing. */
function drop(tearing: Tearing, from: number, to: number): void {
  const { cache, durable, baseEnd } = tearing;
  const page = Math.floor(from / PAGE_BYTES);
  const start = page * PAGE_BYTES;
  const synced = durable.pages?.get(page);
  const syncedEnd = Math.min(to, baseEnd);
  if (synced !== undefined && syncedEnd > from) cache.write(from, synced.subarray(from - start, syncedEnd - start));
  const nothingFrom = Math.max(from, baseEnd);
  if (nothingFrom < to) cache.write(nothingFrom, new Uint8Array(to - nothingFrom));
}

/** The device has garbage, except where the write would have changed nothing. */
function fillWithGarbage(tearing: Tearing, from: number, to: number): void {
  if (to <= from) return;
  const { cache, durable, baseEnd, random } = tearing;
  const page = Math.floor(from / PAGE_BYTES);
  const synced = durable.pages?.get(page);
  const garbage = cache.read(from, to - from);
  for (let index = 0; index < garbage.length; index++) {
    const position = from + index;
    const isSynced = position < baseEnd && (synced === undefined || synced[position - page * PAGE_BYTES] === garbage[index]);
    if (!isSynced) garbage[index] = below(random, 256);
  }
  cache.write(from, garbage);
  tearing.writtenEnd = Math.max(tearing.writtenEnd, to);
}

function below(random: RandomPort, limit: number): number {
  return Math.floor(random.nextFloat() * limit);
}
