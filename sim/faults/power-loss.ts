import type { FaultDefinition } from './fault-definition.js';

export const powerLoss: FaultDefinition = {
  kind: 'power-loss',
  family: 'power',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Takes the power away. Beside its memory the machine loses what was not synced, whole or torn; peers see silence. Power and process come back after `for`.',
  parameters: {},
  begin({ machine, random }) {
    machine.holdUnpowered(random);
    return () => machine.releaseUnpowered();
  },
};
