import type { StorageFault } from './durability.js';

/** What a kind of fault means to promises. */
export interface FaultMeaning {
  /** What it may do to what the broker has stored; null: nothing. */
  readonly storage: StorageFault | null;
  /** True when the broker cannot be expected to hand out messages while it lasts. */
  readonly hinders: boolean;
}

/** A kind that is not listed excuses slowness of the machine it strikes and nothing else. */
const UNLISTED: FaultMeaning = { storage: null, hinders: true };

/** The kinds of faults of the simulated world, by name, as far as they differ from what an unlisted kind means. */
export const FAULT_MEANINGS: Readonly<Record<string, FaultMeaning>> = {
  'disk-replacement': { storage: 'disk-replaced', hinders: true },
  'bit-rot': { storage: 'corruption', hinders: false },
  'misdirected-write': { storage: 'corruption', hinders: false },
  'failed-sync': { storage: 'failed-sync', hinders: true },
  'clock-jump': { storage: null, hinders: false },
  'clock-drift': { storage: null, hinders: false },
  'clock-strobe': { storage: null, hinders: false },
};

export function meaningOf(fault: string): FaultMeaning {
  return FAULT_MEANINGS[fault] ?? UNLISTED;
}
