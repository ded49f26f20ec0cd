import type { FaultDefinition } from './fault-definition.js';

export const diskStall: FaultDefinition = {
  kind: 'disk-stall',
  family: 'disk',
  targets: 'machine',
  duration: 'lasting',
  doc: 'No operation of the disk completes until the stall ends.',
  parameters: {},
  begin({ machine }) {
    const { device } = machine.disk;
    device.stall();
    return () => device.endStall();
  },
};
