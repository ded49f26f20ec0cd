/** How a machine's clock stands at the start of the run, without any fault. */
export interface ClockSettings {
  /** What the wall clock shows more than true time; may be negative. Default 0. */
  readonly offsetMicros?: number;
  /** How much faster than true time both clocks run, in parts per million; may be negative. Default 0. */
  readonly driftPpm?: number;
}

/** 2025-01-01T00:00:00Z: the wall clock's true time at the start of a run, in microseconds since 1970. */
export const WALL_EPOCH_MICROS = 1_735_689_600_000_000;

/** Half speed and double speed: beyond it a clock is not adrift but broken. */
export const MIN_DRIFT_PPM = -500_000;
export const MAX_DRIFT_PPM = 1_000_000;
