import type { Publish } from './protocol.js';

/** What a channel in tx mode has collected: it counts with the commit. Not atomic: a crash in the middle of a commit leaves a part of it. */
export class Transaction {
  publishes: Publish[] = [];
  settlements: (() => void)[] = [];

  clear(): void {
    this.publishes = [];
    this.settlements = [];
  }
}
