/** Shortest time between two looks at whether a run is over. */
const MIN_STEP_MICROS = 10_000;
/** Later looks are this fraction of the elapsed time apart, so that a run of days takes few. */
const STEP_FRACTION = 64;

/**
 * When to look next whether all is done, `elapsedMicros` into a phase. It depends on virtual time alone, so that a run ends at
 * the same instant however it was cut into slices.
 */
export function nextCheckMicros(nowMicros: number, phaseStartMicros: number): number {
  const elapsed = nowMicros - phaseStartMicros;
  return nowMicros + Math.max(MIN_STEP_MICROS, Math.floor(elapsed / STEP_FRACTION));
}
