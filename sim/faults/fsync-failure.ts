import type { DiskFaultRule } from '../disk/index.js';
import type { FaultDefinition } from './fault-definition.js';

export const fsyncFailure: FaultDefinition = {
  kind: 'fsync-failure',
  family: 'disk',
  targets: 'machine',
  duration: 'lasting',
  doc: 'The next sync of a file fails with EIO, its unsynced data is dropped and counts as clean, and later syncs report success: what Linux does after a failed write-back ("fsyncgate").',
  parameters: {
    count: { unit: 'count', doc: 'How many syncs fail so.', default: 1, min: 1 },
  },
  begin({ machine, number }) {
    const { faults } = machine.disk;
    const rule: DiskFaultRule = { kind: 'sync-failure', left: number('count') };
    faults.add(rule);
    return () => faults.remove(rule);
  },
};
