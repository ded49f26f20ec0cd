import type { Clause, FlushPolicy } from './contract.js';

export type { FlushPolicy } from './contract.js';

/** What can happen to what a single node has stored. */
export const STORAGE_FAULTS = ['crash', 'power-loss', 'failed-sync', 'disk-replaced', 'corruption'] as const;
export type StorageFault = (typeof STORAGE_FAULTS)[number];

const KEPT = false;
const MAY_BE_LOST = true;

/**
 * May something be lost that the broker had confirmed? One node with its own disk (a single Redis with its append-only file is the model:
 * a killed process leaves its page cache to the system, a power loss takes what was not synced).
 */
export const DURABILITY: Readonly<Record<FlushPolicy, Readonly<Record<StorageFault, boolean>>>> = {
  always: { crash: KEPT, 'power-loss': KEPT, 'failed-sync': KEPT, 'disk-replaced': MAY_BE_LOST, corruption: MAY_BE_LOST },
  interval: { crash: KEPT, 'power-loss': MAY_BE_LOST, 'failed-sync': MAY_BE_LOST, 'disk-replaced': MAY_BE_LOST, corruption: MAY_BE_LOST },
  never: { crash: KEPT, 'power-loss': MAY_BE_LOST, 'failed-sync': MAY_BE_LOST, 'disk-replaced': MAY_BE_LOST, corruption: MAY_BE_LOST },
};

const UNSYNCED = 'interval or never';

/** The clause that excuses a loss after each fault, where the table allows one. */
export const LOSS_CLAUSES: Readonly<Record<Exclude<StorageFault, 'crash'>, Clause>> = {
  'power-loss': {
    when: `flush: ${UNSYNCED}, after a power loss`,
    because: 'The broker replies before its journal is synced, and a power loss takes what was not synced.',
  },
  'failed-sync': {
    when: `flush: ${UNSYNCED}, after a failed sync`,
    because: 'The broker replies before its journal is synced, and a failed sync throws away what was to be written.',
  },
  'disk-replaced': {
    when: 'any flush policy, after the disk was replaced',
    because: 'There is one copy of the journal, and it was on the disk that was replaced.',
  },
  corruption: {
    when: 'any flush policy, after the disk damaged what it held',
    because: 'There is one copy of the journal, and the disk damaged it: what is damaged is detected and cannot be served.',
  },
};

/** All of them, for the catalogue. */
export const ALL_LOSS_CLAUSES: readonly Clause[] = Object.values(LOSS_CLAUSES);

/** The clause under which a recovery may come up short after these faults; null when it must bring back everything confirmed. */
export function lossClause(flush: FlushPolicy, struck: ReadonlySet<StorageFault>): Clause | null {
  for (const fault of STORAGE_FAULTS) {
    if (fault !== 'crash' && struck.has(fault) && DURABILITY[flush][fault]) return LOSS_CLAUSES[fault];
  }
  return null;
}
