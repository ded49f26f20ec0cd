import { StopCause } from '../../history/index.js';
import { type Circumstance, LOSSES } from '../contracts/circumstances.js';
import type { SimulatedConfiguration, StorageFault } from '../contracts/configuration.js';
import { meaningOf, WALL_CLOCK_FAULTS } from '../contracts/fault-meanings.js';
import { journalOf, lossAfter } from '../contracts/loss.js';
import type { RunContract } from '../contracts/run-contract.js';
import { JournalFacts, type RecoveryReport, type Storing } from './journal-facts.js';

/** A process that ends because its disk failed has lost no more than one that was killed: what it wrote is in the page cache. */
const STORAGE_FAULT_OF_STOP: Readonly<Record<StopCause, StorageFault>> = {
  [StopCause.kill]: 'crash',
  [StopCause.shutdown]: 'crash',
  [StopCause.powerLoss]: 'power-loss',
  [StopCause.storage]: 'crash',
};

type MayHaveTaken = (journal: JournalFacts, storing: Storing, nowMicros: number, report: RecoveryReport) => boolean;

const unsynced: MayHaveTaken = (journal, storing, nowMicros) => journal.mayBeUnsynced(storing, nowMicros);

/** Whether a fault that struck can have taken one thing that was stored. */
const MAY_HAVE_TAKEN: Readonly<Record<(typeof LOSSES)[number], MayHaveTaken>> = {
  'power-loss': unsynced,
  'failed-sync': unsynced,
  'disk-replaced': () => true,
  // What was not written for certain need not be among what is damaged.
  'corruption': (journal, storing, _, report) => !journal.isWritten(storing) || journal.explainsLoss(storing.storedMicros, report),
};

/** Faults that make the wall clock wrong. */
const CLOCK_FAULTS: ReadonlySet<string> = new Set(['clock-jump', 'clock-strobe', 'clock-drift']);

/** The broker's node: whether it works, and what struck its storage. */
export class BrokerFacts {
  readonly name: string;
  readonly journal: JournalFacts;
  /** What its journal keeps. */
  readonly #row: SimulatedConfiguration;
  /** What struck since the last recovery, and damage that a later recovery may still find. */
  readonly #struck = new Set<StorageFault>();
  #hindrances = 0;
  /** When it last came up. */
  upSinceMicros = 0;
  /** Since when it is well; Infinity while it is not. */
  wellSinceMicros = 0;
  /** True when a fault made its wall clock wrong. */
  isClockDisturbed = false;
  /** When its process last ended. */
  stoppedAtMicros = 0;
  /** How often its process ended because of its storage since the drain began. */
  storageStops = 0;
  /** What took ids that it had given, and the handles of leases: they may be given again. Null: nothing did. */
  forgotIds: Circumstance | null = null;
  /** What the last recovery that came up short, or may have, is excused by; null: none did. */
  shortfall: Circumstance | null = null;
  /** Its wall clock jumped, now or before. */
  clockWasWrong = false;
  /** False from a stop to the end of the next recovery. */
  isUp = true;

  constructor(contract: RunContract) {
    this.name = contract.broker.name;
    this.#row = journalOf(contract);
    this.journal = new JournalFacts(contract);
  }

  /** True when it is up and no fault that would slow it is on. */
  get isWell(): boolean {
    return this.isUp && this.#hindrances === 0;
  }

  /** The circumstance that excuses a recovery that comes up short now; null when nothing does. */
  get loss(): Circumstance | null {
    return lossAfter(this.#row, this.#struck);
  }

  /** The circumstance under which a recovery lets go of what comes under another row; null when it may not. */
  lossUnder(row: SimulatedConfiguration): Circumstance | null {
    return this.isUp ? null : lossAfter(row, this.#struck);
  }

  /** The circumstance that excuses that a recovery did not find what was stored so; null when nothing does. */
  lossOf(storing: Storing, nowMicros: number, report: RecoveryReport): Circumstance | null {
    for (const fault of LOSSES) {
      if (!this.#struck.has(fault) || this.#row.fates[fault] !== 'may-be-lost') continue;
      if (MAY_HAVE_TAKEN[fault](this.journal, storing, nowMicros, report)) return fault;
    }
    return null;
  }

  /** Says what time it is after a change. */
  note(nowMicros: number): void {
    this.journal.note(this.isWell, nowMicros);
    if (!this.isWell) this.wellSinceMicros = Infinity;
    else if (this.wellSinceMicros === Infinity) this.wellSinceMicros = nowMicros;
  }

  get isHindered(): boolean {
    return this.#hindrances > 0;
  }

  faultBegins(kind: string): void {
    const { storage, hinders } = meaningOf(kind);
    if (WALL_CLOCK_FAULTS.includes(kind)) this.isClockDisturbed = true;
    if (storage !== null) this.#struck.add(storage);
    if (hinders) this.#hindrances++;
    if (CLOCK_FAULTS.has(kind)) this.clockWasWrong = true;
    this.journal.faultBegins(kind);
  }

  faultEnds(kind: string): void {
    if (meaningOf(kind).hinders && this.#hindrances > 0) this.#hindrances--;
    this.journal.faultEnds(kind);
  }

  stops(cause: StopCause, nowMicros: number): void {
    this.isUp = false;
    this.stoppedAtMicros = nowMicros;
    if (cause === StopCause.storage) this.storageStops++;
    this.#struck.add(STORAGE_FAULT_OF_STOP[cause]);
  }

  recoveryBegins(): void {
    this.isUp = false;
    this.journal.recoveryBegins();
  }

  recoveryEnds(nowMicros: number): void {
    this.isUp = true;
    this.upSinceMicros = nowMicros;
    this.journal.recoveryEnds(nowMicros);
    this.shortfall = this.loss ?? this.shortfall;
    if (this.#struck.has('disk-replaced')) this.forgotIds = 'disk-replaced';
    else if (this.#struck.has('corruption')) this.forgotIds ??= 'corruption';
    for (const fault of [...this.#struck]) if (fault !== 'corruption') this.#struck.delete(fault);
  }
}
