import type { FaultDefinition } from './fault-definition.js';

export const diskSlow: FaultDefinition = {
  kind: 'disk-slow',
  family: 'disk',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Multiplies what every operation of the disk takes, also the rest of those that are under way when it begins and ends.',
  parameters: {
    factor: { unit: 'factor', doc: 'How many times longer an operation takes.', default: 10, min: 0.001, max: 1_000_000 },
  },
  begin({ machine, number }) {
    const { slowness } = machine.disk.faults;
    const hold = slowness.add(number('factor'));
    return () => slowness.remove(hold);
  },
};
