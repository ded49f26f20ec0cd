import type { SimulatedConfiguration } from './configuration.js';
import type { FlushPolicy } from './run-contract.js';

const ONE_NODE = 'one broker with one disk';
/** A disk that is replaced or damaged held the only copy. A broker that nobody reaches keeps what it has. */
const ONE_COPY = { crash: 'kept', 'disk-replaced': 'may-be-lost', corruption: 'may-be-lost', 'leader-partitioned': 'kept' } as const;
const UNSYNCED = { 'power-loss': 'may-be-lost', 'failed-sync': 'may-be-lost', 'total-power-loss': 'may-be-lost' } as const;

/** The rows that queuelab runs: a killed process leaves its page cache to the system, a power loss takes what was not synced. */
export const DURABILITY: Readonly<Record<FlushPolicy, SimulatedConfiguration>> = {
  always: {
    system: ONE_NODE, setting: 'flush: always',
    fates: { ...ONE_COPY, 'power-loss': 'kept', 'failed-sync': 'kept', 'total-power-loss': 'kept' },
  },
  interval: { system: ONE_NODE, setting: 'flush: interval', fates: { ...ONE_COPY, ...UNSYNCED } },
  never: { system: ONE_NODE, setting: 'flush: never', fates: { ...ONE_COPY, ...UNSYNCED } },
};
