import type { DiskFaultRule } from '../disk/index.js';
import type { FaultDefinition } from './fault-definition.js';

export const diskFull: FaultDefinition = {
  kind: 'disk-full',
  family: 'disk',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Creating a file and making one longer fail with ENOSPC. Writing over what is there, and removing, succeed.',
  parameters: {},
  begin({ machine }) {
    const { faults } = machine.disk;
    const rule: DiskFaultRule = { kind: 'full' };
    faults.add(rule);
    return () => faults.remove(rule);
  },
};
