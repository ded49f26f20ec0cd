import type { StorageFault } from './durability.js';

/** What a kind of fault means to promises. */
export interface FaultMeaning {
  /** What it may do to what the broker has stored; null: nothing. */
  readonly storage: StorageFault | null;
  /** True when the broker cannot be expected to hand out messages while it lasts. */
  readonly hinders: boolean;
}

/** What a kind means that is not listed: it excuses slowness of the machine it strikes and nothing else. */
const HINDERS: FaultMeaning = { storage: null, hinders: true };
const HARMLESS: FaultMeaning = { storage: null, hinders: false };

/**
 * The kinds of faults, by name, that mean something else than slowness. That the process was killed or the power was lost
 * is told by the event of the node's stop. Faults of links are not the broker's: a poll that waits there is served all the same.
 */
export const FAULT_MEANINGS: Readonly<Record<string, FaultMeaning>> = {
  'disk-replace': { storage: 'disk-replaced', hinders: true },
  'bit-rot': { storage: 'corruption', hinders: false },
  'misdirected-write': { storage: 'corruption', hinders: false },
  'fsync-failure': { storage: 'failed-sync', hinders: false },
  'clock-drift': HARMLESS,
  'clock-jump': HARMLESS,
  'clock-strobe': HARMLESS,
  'network-partition': HARMLESS,
  'network-partition-one-way': HARMLESS,
  'slow-link': HARMLESS,
  'packet-loss': HARMLESS,
  'connection-reset': HARMLESS,
  'half-open': HARMLESS,
};

export function meaningOf(fault: string): FaultMeaning {
  return FAULT_MEANINGS[fault] ?? HINDERS;
}
