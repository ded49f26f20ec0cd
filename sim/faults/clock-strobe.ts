import type { FaultDefinition } from './fault-definition.js';

export const clockStrobe: FaultDefinition = {
  kind: 'clock-strobe',
  family: 'clock',
  clockShift: 'by',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Moves the wall clock of the machine ahead and back again, over and over: ahead for one period, right for the next. (Jepsen: strobe-time.)',
  parameters: {
    by: { unit: 'duration', doc: 'How far; negative is into the past.', default: 4_000_000, min: -315_360_000_000_000, max: 315_360_000_000_000 },
    period: { unit: 'duration', doc: 'How long it stays ahead, and then right.', default: 10_000, min: 1 },
  },
  begin({ machine, number }) {
    const strobe = machine.clock.beginStrobe(number('by'), number('period'));
    return () => machine.clock.endStrobe(strobe);
  },
};
