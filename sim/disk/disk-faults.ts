import type { RandomPort } from '../../engine/index.js';
import { ActiveFactors } from '../active-factors.js';

export type DiskOperationKind = 'read' | 'write' | 'sync';

/** Operations that fail with EIO and change nothing. */
export interface ErrorRule {
  readonly kind: 'error';
  readonly operations: readonly DiskOperationKind[];
  readonly probability: number;
  readonly random: RandomPort;
  /** How many more may fail. */
  left: number;
}

/** Syncs of files that fail with EIO and lose what they should have saved. */
export interface SyncFailureRule {
  readonly kind: 'sync-failure';
  left: number;
}

/** Writes whose data lands elsewhere in the same file. */
export interface MisdirectionRule {
  readonly kind: 'misdirection';
  readonly probability: number;
  readonly random: RandomPort;
  left: number;
}

/** Nothing that takes space succeeds. */
export interface FullRule {
  readonly kind: 'full';
}

export type DiskFaultRule = ErrorRule | SyncFailureRule | MisdirectionRule | FullRule;

/** What several slow-downs at once reach at most: a disk that does nothing at all is another fault. */
const MAX_SLOWDOWN = 10_000;

/** What is wrong with a disk at present. A rule that has nothing left to do stays until it is removed. */
export class DiskFaults {
  /** Multiplies what every operation takes. */
  readonly slowness = new ActiveFactors(MAX_SLOWDOWN);
  #rules: DiskFaultRule[] = [];

  add(rule: DiskFaultRule): void {
    this.#rules.push(rule);
  }

  remove(rule: DiskFaultRule): void {
    this.#rules = this.#rules.filter((other) => other !== rule);
  }

  get isFull(): boolean {
    return this.#rules.length > 0 && this.#rules.some((rule) => rule.kind === 'full');
  }

  /** Whether this operation fails with EIO. */
  takeError(operation: DiskOperationKind): boolean {
    if (this.#rules.length === 0) return false;
    for (const rule of this.#rules) {
      if (rule.kind === 'error' && rule.operations.includes(operation) && isDrawn(rule)) return true;
    }
    return false;
  }

  /** Whether this sync of a file fails and loses the unsynced data. */
  takeSyncFailure(): boolean {
    if (this.#rules.length === 0) return false;
    for (const rule of this.#rules) {
      if (rule.kind !== 'sync-failure' || rule.left === 0) continue;
      rule.left--;
      return true;
    }
    return false;
  }

  /**
   * Where the data of this write lands instead: at another place inside the file, apart from the intended one. Null when it
   * lands where it should, because no rule is in force or the file has no such place.
   */
  takeMisdirection(offsetBytes: number, sizeBytes: number, fileLengthBytes: number): number | null {
    if (this.#rules.length === 0) return null;
    for (const rule of this.#rules) {
      if (rule.kind !== 'misdirection') continue;
      const places = placesApart(offsetBytes, sizeBytes, fileLengthBytes);
      if (places.length === 0 || !isDrawn(rule)) continue;
      return places[Math.floor(rule.random.nextFloat() * places.length)]!;
    }
    return null;
  }
}

/** Misdirected writes are off by whole sectors. */
const SECTOR_BYTES = 512;
/** Enough to choose from; a list of every sector of a large file would be long. */
const MAX_PLACES = 1024;

function placesApart(offsetBytes: number, sizeBytes: number, fileLengthBytes: number): number[] {
  const places: number[] = [];
  if (sizeBytes === 0) return places;
  const last = Math.floor((fileLengthBytes - sizeBytes) / SECTOR_BYTES);
  for (let sector = Math.max(0, last - MAX_PLACES + 1); sector <= last; sector++) {
    const start = sector * SECTOR_BYTES;
    if (start + sizeBytes <= offsetBytes || start >= offsetBytes + sizeBytes) places.push(start);
  }
  return places;
}

function isDrawn(rule: ErrorRule | MisdirectionRule): boolean {
  if (rule.left === 0) return false;
  if (rule.probability < 1 && rule.random.nextFloat() >= rule.probability) return false;
  rule.left--;
  return true;
}
