import type { EventKind } from '../../history/index.js';
import type { PushedWork } from './pushed-work.js';

/** An acknowledgement, or a negative one, that counts with its commit. */
export interface Settlement {
  readonly work: PushedWork;
  readonly invoke: typeof EventKind.ackInvoke | typeof EventKind.nackInvoke;
}

/** What a consumer in tx mode has said of its deliveries. A commit takes all that was said before it, and is answered before the next one is. */
export class SettlementTransaction {
  #open: Settlement[] = [];
  readonly #committing: Settlement[][] = [];

  /** Said, and not committed. */
  get openSize(): number {
    return this.#open.length;
  }

  /** Said, and not known to be committed. */
  get size(): number {
    return this.#committing.reduce((sum, settlements) => sum + settlements.length, this.#open.length);
  }

  add(settlement: Settlement): void {
    this.#open.push(settlement);
  }

  /** False: there is nothing to commit. */
  commit(): boolean {
    if (this.#open.length === 0) return false;
    this.#committing.push(this.#open);
    this.#open = [];
    return true;
  }

  /** What the oldest commit under way has settled. */
  committed(): readonly Settlement[] {
    return this.#committing.shift() ?? [];
  }

  /** The channel is gone: whether any of it is settled nobody knows. */
  lose(): readonly Settlement[] {
    const lost = [...this.#committing.splice(0).flat(), ...this.#open];
    this.#open = [];
    return lost;
  }
}
