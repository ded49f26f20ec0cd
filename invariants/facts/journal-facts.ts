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
  /** Records that were reported as missing and that no loss was put down to yet. */
  #missing = 0;
  /** Missing records by the place of the damage: as the recovery under way reported them, and as those before it did that were cut short. */
  readonly #reported = new Map<number, number>();
  readonly #reportedBefore = new Map<number, number>();
  /** The same of all recoveries that came to an end: what was missing then is missing still, and nothing more is for it. */
  readonly #known = new Map<number, number>();
  #isRecovering = false;
  /** The recovery before was cut short: it may have cut off the end of the journal, and took its report of that with it. */
  #wasCutShort = false;

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

  /** Whether what was stored is in the journal for certain: a sync has covered it, or somebody was told. */
  isWritten({ storedMicros, writtenMicros }: Storing): boolean {
    return this.covers(storedMicros) || writtenMicros !== Infinity;
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

  /** What the one before reported may be gone if it was cut short: it may have begun to write its journal anew. */
  recoveryBegins(): void {
    this.#wasCutShort = this.#isRecovering;
    raise(this.#reportedBefore, this.#reported);
    this.#reported.clear();
    if (!this.#isRecovering) this.#settleReports();
    this.#isRecovering = true;
    this.#missing = 0;
    for (const [position, missing] of this.#reportedBefore) this.#missing += Math.max(0, missing - (this.#known.get(position) ?? 0));
  }

  /** A place of which it is not known how much is missing (a checkpoint) may come to hold other things. */
  #settleReports(): void {
    for (const [position, missing] of this.#reportedBefore) if (missing === Infinity) this.#reportedBefore.delete(position);
    raise(this.#known, this.#reportedBefore);
    this.#reportedBefore.clear();
  }

  /** What an opening of the journal has shown is on the disk. */
  recoveryEnds(nowMicros: number): void {
    this.#isSyncing = false;
    this.#isRecovering = false;
    this.#wasCutShort = false;
    this.#coveredUntil = nowMicros;
  }

  /** A recovery reports damage, and how many records are missing there; `Infinity` when it cannot know. The same damage may have been reported before. */
  corruptionReported(position: number, missing: number): void {
    const told = this.#reported.get(position) ?? 0;
    const known = Math.max(told, this.#reportedBefore.get(position) ?? 0, this.#known.get(position) ?? 0);
    this.#reported.set(position, told + missing);
    if (told + missing > known) this.#missing += told + missing - known;
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
   * is cut off without a report, or was written elsewhere, where nothing that follows shows that it had been synced. A recovery that was cut
   * short tells nobody what it cut off.
   */
  explainsLoss(storedMicros: number, { truncatedBytes }: RecoveryReport): boolean {
    if ((truncatedBytes > 0 || this.#isMisdirected || this.#wasCutShort) && !this.#isProven(storedMicros)) return true;
    if (this.#missing <= 0) return false;
    this.#missing--;
    return true;
  }

  /** True when a recovery that came up short has said so, or could not know. */
  hasSaidSo({ truncatedBytes }: RecoveryReport): boolean {
    return this.#reported.size + this.#reportedBefore.size > 0 || truncatedBytes > 0 || this.#isMisdirected || this.#wasCutShort;
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

/** Takes over what is more. */
function raise(known: Map<number, number>, reported: ReadonlyMap<number, number>): void {
  for (const [position, missing] of reported) known.set(position, Math.max(missing, known.get(position) ?? 0));
}
