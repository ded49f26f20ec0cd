import type { RunContract } from '../contracts/run-contract.js';
import { Attendance } from './attendance.js';

/** Syncs that are remembered. */
const REMEMBERED = 64;
/**
 * Syncs after the one that covers a record, until a batch that says so is on the disk for sure: the second may carry what was sealed
 * before the first ended, and the third what was then being written.
 */
const SYNCS_TO_PROOF = 3;
/** More than any number of damaged places: while writes are misdirected, and for bit rot of which the contract says nothing. */
const UNCOUNTED = 1e9;
/** Faults that damage what the disk holds; the value says whether any number of places may be hit while it lasts. */
const DAMAGES: ReadonlyMap<string, 'bits' | 'uncounted'> = new Map([['bit-rot', 'bits'], ['misdirected-write', 'uncounted']]);

/** What a recovery said of what it did not find. */
export interface RecoveryReport {
  /** Bytes cut off the end of the journal. */
  readonly truncatedBytes: number;
}

/**
 * How safe what the broker wrote is: what its syncs covered, for how long it could have synced, what was damaged since, and what its
 * recoveries reported as damaged.
 */
export class JournalFacts {
  /** When the broker was up and nothing hindered it. */
  readonly #work = new Attendance();
  readonly #boundMicros: number;
  readonly #rotBits: number;
  /** Of each of the latest syncs: up to when it covers what was stored, and how many places had been damaged by then. */
  readonly #covered = new Float64Array(REMEMBERED);
  readonly #damagedAt = new Float64Array(REMEMBERED);
  #syncs = 0;
  #coveredUntil = -1;
  #damages = 0;
  #longestSyncMicros = 0;
  /** Records that the recovery under way reported as missing and that no loss was put down to yet. */
  #missing = 0;
  #hasReported = false;

  constructor({ broker: { unsyncedBoundMicros = Infinity, rotBits = UNCOUNTED } }: RunContract) {
    this.#boundMicros = unsyncedBoundMicros;
    this.#rotBits = rotBits;
    this.#work.set(true, 0);
  }

  /** Whether the broker works from now on. */
  note(isWell: boolean, nowMicros: number): void {
    this.#work.set(isWell, nowMicros);
  }

  /** A sync has ended. Everything that was stored before `coveredMicros` has survived it. */
  synced(coveredMicros: number, durationMicros: number): void {
    const at = this.#syncs++ % REMEMBERED;
    this.#coveredUntil = Math.max(this.#coveredUntil, coveredMicros);
    this.#covered[at] = this.#coveredUntil;
    this.#damagedAt[at] = this.#damages;
    this.#longestSyncMicros = Math.max(this.#longestSyncMicros, durationMicros);
  }

  faultBegins(kind: string): void {
    const damage = DAMAGES.get(kind);
    if (damage !== undefined) this.#damages += damage === 'bits' ? this.#rotBits : UNCOUNTED;
  }

  /** What lasts may have struck until now. */
  faultEnds(kind: string): void {
    if (DAMAGES.get(kind) === 'uncounted') this.#damages += UNCOUNTED;
  }

  recoveryBegins(): void {
    this.#missing = 0;
    this.#hasReported = false;
  }

  /** A recovery reports damage, and how many records are missing there; `Infinity` when it cannot know. */
  corruptionReported(missing: number): void {
    this.#hasReported = true;
    this.#missing += missing;
  }

  /** True when what was stored then may be in the page cache alone, for all that the contract says and the syncs show. */
  mayBeUnsynced(storedMicros: number, nowMicros: number): boolean {
    if (storedMicros < this.#coveredUntil) return false;
    return this.#work.between(storedMicros, nowMicros) <= this.#boundMicros + 2 * this.#longestSyncMicros;
  }

  /**
   * Puts the loss of a record that was stored then down to damage: to a record that was reported missing, or to the end of the journal, which
   * is cut off without a report where nothing that follows shows that it had been synced.
   */
  explainsLoss(storedMicros: number, { truncatedBytes }: RecoveryReport): boolean {
    if (truncatedBytes > 0 && !this.#isProven(storedMicros)) return true;
    if (this.#missing <= 0) return false;
    this.#missing--;
    return true;
  }

  /** True when a recovery that came up short has said so. */
  hasSaidSo({ truncatedBytes }: RecoveryReport): boolean {
    return this.#hasReported || truncatedBytes > 0;
  }

  /**
   * True when batches that follow the record on the disk say that it was synced: one for each sync after those that it takes to write the
   * first, less one for each place that was damaged since.
   */
  #isProven(storedMicros: number): boolean {
    for (let sync = Math.max(0, this.#syncs - REMEMBERED); sync < this.#syncs; sync++) {
      const at = sync % REMEMBERED;
      if (storedMicros >= this.#covered[at]!) continue;
      const damagedSince = this.#damages - this.#damagedAt[at]!;
      if (this.#syncs - 1 - sync >= SYNCS_TO_PROOF + damagedSince) return true;
    }
    return false;
  }
}
