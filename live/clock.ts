import type { ClockPort } from '../engine/index.js';

const NANOS_PER_MICRO = 1000n;
const MICROS_PER_MILLI = 1000;

/** This machine's clocks. The wall clock has a resolution of a millisecond. */
export const liveClock: ClockPort = {
  monotonicMicros: () => Number(process.hrtime.bigint() / NANOS_PER_MICRO),
  wallMicros: () => Date.now() * MICROS_PER_MILLI,
};
