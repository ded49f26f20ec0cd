import { MAX_DRIFT_PPM, MIN_DRIFT_PPM } from '../clock/index.js';
import type { FaultDefinition } from './fault-definition.js';

export const clockDrift: FaultDefinition = {
  kind: 'clock-drift',
  family: 'clock',
  clockShift: 'drift',
  targets: 'machine',
  duration: 'lasting',
  doc: 'Makes both clocks of the machine run too fast or too slow, so its timers fire early or late. At the end the wall clock is set right; the monotonic one never goes back.',
  parameters: {
    drift: {
      unit: 'ppm',
      doc: 'How much faster than true time, in parts per million; negative is slower.',
      min: MIN_DRIFT_PPM,
      max: MAX_DRIFT_PPM,
    },
  },
  begin({ machine, number }) {
    const drift = machine.clock.beginDrift(number('drift'));
    return () => machine.clock.endDrift(drift);
  },
};
