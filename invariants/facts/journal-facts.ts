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

/** When something was stored, and since when it was written for certain; Infinity: it may have waited to be written until the end. */
export interface Storing {
  readonly storedMicros: number;
  readonly writtenMicros: number;
}

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
  readonly #intervalMicros: number;
  readonly #rotBits: number;
  /** Of each of the latest syncs: up to when it covers what was stored, and how many places had been damaged by then. */
  readonly #covered = new Float64Array(REMEMBERED);
  readonly #damagedAt = new Float64Array(REMEMBERED);
  #syncs = 0;
  #coveredUntil = -1;
  #damages = 0;
  /** Writes went astray: what one of them should have written is not there, and nothing has to look damaged for it. */
  #isMisdirected = false;
  /** A sync is under way. */
  #isSyncing = false;
  /** When the last one ended. */
  #syncedMicros = 0;
  /** Records that the recovery under way reported as missing and that no loss was put down to yet. */
  #missing = 0;
  #hasReported = false;
  #isRecovering = false;
  /** A recovery that was cut short may have written its journal anew without what was damaged, and took its report with it. */
  #isReportLost = false;

  constructor({ broker: { syncDueMicros = Infinity, rotBits = UNCOUNTED } }: RunContract) {
    this.#intervalMicros = syncDueMicros;
    this.#rotBits = rotBits;
    this.#work.set(true, 0);
  }

  /** Whether the broker works from now on. */
  note(isWell: boolean, nowMicros: number): void {
    this.#work.set(isWell, nowMicros);
  }

  syncBegins(): void {
    this.#isSyncing = true;
  }

  /** A sync has ended. Everything that was stored before `coveredMicros` has survived it. */
  synced(coveredMicros: number, nowMicros: number): void {
    this.#isSyncing = false;
    this.#syncedMicros = nowMicros;
    const at = this.#syncs++ % REMEMBERED;
    this.#coveredUntil = Math.max(this.#coveredUntil, coveredMicros);
    this.#covered[at] = this.#coveredUntil;
    this.#damagedAt[at] = this.#damages;
  }

  /** Whether a sync has covered what was noted then. */
  covers(micros: number): boolean {
    return micros < this.#coveredUntil;
  }

  faultBegins(kind: string): void {
    const damage = DAMAGES.get(kind);
    if (damage === 'uncounted') this.#isMisdirected = true;
    if (damage !== undefined) this.#damages += damage === 'bits' ? this.#rotBits : UNCOUNTED;
  }

  /** What lasts may have struck until now. */
  faultEnds(kind: string): void {
    if (DAMAGES.get(kind) === 'uncounted') this.#damages += UNCOUNTED;
  }

  recoveryBegins(): void {
    this.#isReportLost ||= this.#isRecovering;
    this.#isRecovering = true;
    this.#missing = 0;
    this.#hasReported = false;
  }

  /** What an opening of the journal has shown is on the disk. */
  recoveryEnds(nowMicros: number): void {
    this.#isSyncing = false;
    this.#isRecovering = false;
    this.#isReportLost = false;
    this.#coveredUntil = nowMicros;
  }

  /** A recovery reports damage, and how many records are missing there; `Infinity` when it cannot know. */
  corruptionReported(missing: number): void {
    this.#hasReported = true;
    this.#missing += missing;
  }

  /**
   * True when what was stored may be in the page cache alone, for all that the contract says and the syncs show. A sync that is under way
   * takes as long as the disk takes. Else one is due an interval after what was written, or after the end of the sync that then ran: whatever
   * began later covers it.
   */
  mayBeUnsynced({ storedMicros, writtenMicros }: Storing, nowMicros: number): boolean {
    if (storedMicros < this.#coveredUntil) return false;
    if (this.#isSyncing || this.#intervalMicros === Infinity || writtenMicros === Infinity) return true;
    return this.#work.between(Math.max(writtenMicros, this.#syncedMicros), nowMicros) <= this.#intervalMicros;
  }

  /**
   * Puts the loss of a record that was stored then down to damage: to a record that was reported missing, or to the end of the journal, which
   * is cut off without a report, or was written elsewhere, where nothing that follows shows that it had been synced; or to a recovery that was
   * cut short before it could report.
   */
  explainsLoss(storedMicros: number, { truncatedBytes }: RecoveryReport): boolean {
    if (this.#isReportLost) return true;
    if ((truncatedBytes > 0 || this.#isMisdirected) && !this.#isProven(storedMicros)) return true;
    if (this.#missing <= 0) return false;
    this.#missing--;
    return true;
  }

  /** True when a recovery that came up short has said so, or could not know. */
  hasSaidSo({ truncatedBytes }: RecoveryReport): boolean {
    return this.#hasReported || truncatedBytes > 0 || this.#isMisdirected || this.#isReportLost;
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
