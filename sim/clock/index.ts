export { type Drift, MachineClock, type Strobe, type TrueTime } from './machine-clock.js';
export { MachineTimers } from './machine-timers.js';
export { type ClockSettings, MAX_DRIFT_PPM, MIN_DRIFT_PPM, WALL_EPOCH_MICROS } from './settings.js';
