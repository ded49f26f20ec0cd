import type { FaultDefinition } from './fault-definition.js';

export const crash: FaultDefinition = {
  kind: 'crash',
  family: 'process',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Kills the process. Its memory and connections are lost and peers see a reset; the page cache stays. It starts again after `for`.',
  parameters: {},
  begin({ machine }) {
    machine.holdDown();
    return () => machine.releaseDown();
  },
};
