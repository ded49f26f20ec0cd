import type { StorageFault } from './configuration.js';

/** What a kind of fault means to promises when it strikes the broker. */
export interface FaultMeaning {
  /** What it may do to what the broker has stored; null: nothing. */
  readonly storage: StorageFault | null;
  /** True when nothing is lost, but the broker ends its process because of it, and starts again. Left out: it does not. */
  readonly restarts?: boolean;
  /** True when the broker cannot be expected to hand out messages while it lasts. */
  readonly hinders: boolean;
}

/** What a kind means that is not listed: it excuses slowness of the machine it strikes and nothing else. */
const UNKNOWN: FaultMeaning = { storage: null, hinders: true };

/**
 * The kinds of faults, by name. A test holds the list against the catalogue of the simulated world, which this room may not import.
 * Faults of links are not the broker's: a poll that waits there is served all the same. A disk that says that it failed loses
 * nothing that was acknowledged: the broker ends its process, and what it had written stays in the page cache.
 */
export const FAULT_MEANINGS: Readonly<Record<string, FaultMeaning>> = {
  'crash': { storage: 'crash', hinders: true },
  'pause': { storage: null, hinders: true },
  'slow-down': { storage: null, hinders: true },
  'power-loss': { storage: 'power-loss', hinders: true },
  'disk-replace': { storage: 'disk-replaced', hinders: true },
  'clock-drift': { storage: null, hinders: false },
  'clock-jump': { storage: null, hinders: false },
  'clock-strobe': { storage: null, hinders: false },
  'disk-slow': { storage: null, hinders: true },
  'disk-stall': { storage: null, hinders: true },
  'disk-full': { storage: null, restarts: true, hinders: true },
  'disk-error': { storage: null, restarts: true, hinders: true },
  'fsync-failure': { storage: 'failed-sync', hinders: false },
  'misdirected-write': { storage: 'corruption', hinders: false },
  'bit-rot': { storage: 'corruption', hinders: false },
  'network-partition': { storage: null, hinders: false },
  'network-partition-one-way': { storage: null, hinders: false },
  'slow-link': { storage: null, hinders: false },
  'packet-loss': { storage: null, hinders: false },
  'connection-reset': { storage: null, hinders: false },
  'half-open': { storage: null, hinders: false },
  'service-error': { storage: null, hinders: false },
};

/** Kinds that make the wall clock wrong. What they did to it stays. */
export const WALL_CLOCK_FAULTS: readonly string[] = ['clock-drift', 'clock-jump', 'clock-strobe'];

export function meaningOf(fault: string): FaultMeaning {
  return Object.hasOwn(FAULT_MEANINGS, fault) ? FAULT_MEANINGS[fault]! : UNKNOWN;
}
