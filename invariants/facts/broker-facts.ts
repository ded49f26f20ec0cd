import { StopCause } from '../../history/index.js';
import type { BrokerContract, Clause } from '../contract.js';
import { lossClause, type StorageFault } from '../durability.js';
import { meaningOf } from '../faults.js';

const STORAGE_FAULT_OF_STOP: Readonly<Record<StopCause, StorageFault>> = {
  [StopCause.kill]: 'crash',
  [StopCause.shutdown]: 'crash',
  [StopCause.powerLoss]: 'power-loss',
  [StopCause.storage]: 'failed-sync',
};

/** The broker's node: whether it works, and what struck its storage. */
export class BrokerFacts {
  readonly #contract: BrokerContract;
  /** What struck since the last recovery, and damage that a later recovery may still find. */
  readonly #struck = new Set<StorageFault>();
  #hindrances = 0;
  /** False from a stop to the end of the next recovery. */
  isUp = true;

  constructor(contract: BrokerContract) {
    this.#contract = contract;
  }

  get name(): string {
    return this.#contract.name;
  }

  /** True when it is up and no fault that would slow it is on. */
  get isWell(): boolean {
    return this.isUp && this.#hindrances === 0;
  }

  /** The clause that excuses a recovery that comes up short now; null when nothing does. */
  get lossClause(): Clause | null {
    return lossClause(this.#contract.flush, this.#struck);
  }

  faultBegins(kind: string): void {
    const { storage, hinders } = meaningOf(kind);
    if (storage !== null) this.#struck.add(storage);
    if (hinders) this.#hindrances++;
  }

  faultEnds(kind: string): void {
    if (meaningOf(kind).hinders && this.#hindrances > 0) this.#hindrances--;
  }

  stops(cause: StopCause): void {
    this.isUp = false;
    this.#struck.add(STORAGE_FAULT_OF_STOP[cause]);
  }

  recoveryBegins(): void {
    this.isUp = false;
  }

  recoveryEnds(): void {
    this.isUp = true;
    for (const fault of [...this.#struck]) if (fault !== 'corruption') this.#struck.delete(fault);
  }
}
