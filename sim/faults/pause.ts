import type { FaultDefinition } from './fault-definition.js';

export const pause: FaultDefinition = {
  kind: 'pause',
  family: 'process',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Stops everything that runs on the machine: timers, completions and deliveries happen late, when it goes on. Its clocks run on.',
  parameters: {},
  begin({ machine }) {
    const hold = machine.holdPaused();
    return () => machine.releasePaused(hold);
  },
};
