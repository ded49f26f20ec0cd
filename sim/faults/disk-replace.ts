import type { FaultDefinition } from './fault-definition.js';

export const diskReplace: FaultDefinition = {
  kind: 'disk-replace',
  family: 'disk',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Kills the process and puts an empty disk in the place of the old one. The process starts again after `for`.',
  parameters: {},
  begin({ machine }) {
    machine.holdDown();
    machine.replaceDisk();
    return () => machine.releaseDown();
  },
};
