import type { Envelope } from '../../queue/index.js';
import type { Publish } from './protocol.js';
import type { PushedQueue } from './pushed-queue.js';

/** A publish on its way: where it goes was decided when it came. */
export interface Routed {
  readonly request: Publish;
  readonly envelope: Envelope;
  readonly targets: readonly PushedQueue[];
}

/** What a channel in tx mode has collected: it counts with the commit. Not atomic: a crash in the middle of a commit leaves a part of it. */
export class Transaction {
  publishes: Routed[] = [];
  settlements: (() => void)[] = [];

  clear(): void {
    this.publishes = [];
    this.settlements = [];
  }
}
