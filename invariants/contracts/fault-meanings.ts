import type { StorageFault } from './configuration.js';

/** What a kind of fault means to promises when it strikes the broker. */
export interface FaultMeaning {
  /** What it may do to what the broker has stored; null: nothing. */
  readonly storage: StorageFault | null;
  /** True when the broker cannot be expected to hand out messages while it lasts. */
  readonly hinders: boolean;
  /** What it does, for people: "the broker …". */
  readonly does: string;
}

/** What a kind means that is not listed: it excuses slowness of the machine it strikes and nothing else. */
const UNKNOWN: FaultMeaning = { storage: null, hinders: true, does: 'is hindered' };

/**
 * The kinds of faults, by name. A test holds the list against the catalogue of the simulated world, which this room may not import.
 * Faults of links are not the broker's: a poll that waits there is served all the same. A disk that says that it failed loses
 * nothing that was acknowledged: the broker ends its process, and what it had written stays in the page cache.
 */
export const FAULT_MEANINGS: Readonly<Record<string, FaultMeaning>> = {
  'crash': { storage: 'crash', hinders: true, does: 'loses its memory and keeps its disk and page cache' },
  'pause': { storage: null, hinders: true, does: 'does nothing for a while, timers included, and then everything late' },
  'slow-down': { storage: null, hinders: true, does: 'works more slowly' },
  'power-loss': { storage: 'power-loss', hinders: true, does: 'loses its memory and what its disk had not synced' },
  'disk-replace': { storage: 'disk-replaced', hinders: true, does: 'comes back with an empty disk' },
  'clock-drift': { storage: null, hinders: false, does: 'measures leases and delays with a clock that runs too fast or too slowly' },
  'clock-jump': { storage: null, hinders: false, does: 'reads a wall clock that jumped: retention ends early or late' },
  'clock-strobe': { storage: null, hinders: false, does: 'reads a wall clock that jumps to and fro: retention ends early or late' },
  'disk-slow': { storage: null, hinders: true, does: 'waits longer for its disk' },
  'disk-stall': { storage: null, hinders: true, does: 'waits for its disk and answers nothing that needs it' },
  'disk-full': { storage: null, hinders: true, does: 'cannot write, ends its process and tries again' },
  'disk-error': { storage: null, hinders: true, does: 'is told of errors by its disk, ends its process and tries again' },
  'fsync-failure': { storage: 'failed-sync', hinders: false, does: 'is told once that a sync failed, with its data thrown away' },
  'misdirected-write': { storage: 'corruption', hinders: false, does: 'has what it writes put in the wrong place' },
  'bit-rot': { storage: 'corruption', hinders: false, does: 'has bits of its files changed' },
  'network-partition': { storage: null, hinders: false, does: 'is cut off from some machines' },
  'network-partition-one-way': { storage: null, hinders: false, does: 'hears some machines, or is heard by them, but not both' },
  'slow-link': { storage: null, hinders: false, does: 'is reached late' },
  'packet-loss': { storage: null, hinders: false, does: 'is reached late, because packets are sent again' },
  'connection-reset': { storage: null, hinders: false, does: 'loses connections' },
  'half-open': { storage: null, hinders: false, does: 'speaks into connections that nobody hears' },
};

export function meaningOf(fault: string): FaultMeaning {
  return Object.hasOwn(FAULT_MEANINGS, fault) ? FAULT_MEANINGS[fault]! : UNKNOWN;
}
