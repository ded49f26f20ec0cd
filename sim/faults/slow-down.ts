import type { FaultDefinition } from './fault-definition.js';

export const slowDown: FaultDefinition = {
  kind: 'slow-down',
  family: 'process',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Multiplies all service times of the machine, those of message handlers included.',
  parameters: {
    factor: { unit: 'factor', doc: 'How many times longer work takes.', default: 10, min: 0.001, max: 1_000_000 },
  },
  begin({ machine, number }) {
    const hold = machine.beginSlowDown(number('factor'));
    return () => machine.endSlowDown(hold);
  },
};
