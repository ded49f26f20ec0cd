import type { NameId } from './events.js';
import { formatMicros } from './format-micros.js';
import type { StoryFault } from './story-state.js';

/** Deviations below this are of no consequence. */
const MIN_DEVIATION_MICROS = 1_000;
const PPM = 1_000_000;

export interface ClockScene {
  readonly state: { readonly faults: readonly StoryFault[] };
  readonly nameOf: (id: NameId) => string;
}

/**
 * How wrong the wall clock of a machine is at an instant, told from the faults that struck it: `consumer-2's clock ran 40.000ms ahead`.
 * Null while it is right.
 */
export function clockWords(machine: string, atMicros: number, { state: { faults }, nameOf }: ClockScene): string | null {
  const here = faults.filter((fault) => fault.endedMicros === null && fault.machines.includes(machine));
  const ahead = here.reduce((sum, fault) => sum + shiftOf(fault, nameOf(fault.kind), atMicros), 0);
  const strobe = here.find(({ kind }) => nameOf(kind) === 'clock-strobe');
  const thrown = strobe === undefined ? [] : [`was thrown ${formatMicros(Math.abs(strobe.clockShift))} ${strobe.clockShift < 0 ? 'back' : 'ahead'} and right again, over and over`];
  const off = Math.abs(ahead) < MIN_DEVIATION_MICROS ? [] : [`ran ${formatMicros(Math.abs(ahead))} ${ahead < 0 ? 'behind' : 'ahead'}`];
  const all = [...off, ...thrown];
  return all.length === 0 ? null : `${machine}'s clock ${all.join(' and ')}`;
}

/** A jump moves the clock at once, a drift more and more. */
function shiftOf({ clockShift, beganMicros }: StoryFault, kind: string, atMicros: number): number {
  if (kind === 'clock-jump') return clockShift;
  return kind === 'clock-drift' ? Math.floor(((atMicros - beganMicros) * clockShift) / PPM) : 0;
}
