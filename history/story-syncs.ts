import type { RawRow } from './event-row.js';
import { EventKind, type NameId } from './events.js';

/** What a broker writes into its journal about a message. */
const journalled: ReadonlySet<EventKind> = new Set([
  EventKind.accept, EventKind.leaseGrant, EventKind.leaseExtend, EventKind.leaseExpire, EventKind.leaseRelease,
  EventKind.settle, EventKind.move, EventKind.drop,
]);

/** Which of a broker's syncs belong to the story of a message: the first that covers what it journalled about the message. */
export class StorySyncs {
  /** Brokers with something to sync, and the time of the newest of it. */
  readonly #unsynced = new Map<NameId, number>();

  /** A row of the message. */
  noteOwn(row: RawRow): void {
    if (journalled.has(row.kind)) this.#unsynced.set(row.actor, row.timeMicros);
  }

  /** Whether there is anything for a sync of this actor to cover. */
  awaits(actor: NameId): boolean {
    return this.#unsynced.has(actor);
  }

  /** Whether this sync covers everything that its broker has journalled about the message; true once. */
  takes(sync: RawRow): boolean {
    const journalledMicros = this.#unsynced.get(sync.actor);
    return journalledMicros !== undefined && journalledMicros <= sync.timeMicros - sync.c && this.#unsynced.delete(sync.actor);
  }
}
