import type { FaultDefinition } from './fault-definition.js';

/** Ten years. */
const MAX_JUMP_MICROS = 315_360_000_000_000;

export const clockJump: FaultDefinition = {
  kind: 'clock-jump',
  family: 'clock',
  clockShift: 'by',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Moves the wall clock of the machine at once, and back at the end. The monotonic clock, and so every timer, is not touched.',
  parameters: {
    by: { unit: 'duration', doc: 'How far; negative is into the past.', min: -MAX_JUMP_MICROS, max: MAX_JUMP_MICROS },
  },
  begin({ machine, number }) {
    const by = number('by');
    machine.clock.stepWall(by);
    return () => machine.clock.stepWall(-by);
  },
};
