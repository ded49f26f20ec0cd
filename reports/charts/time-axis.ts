const MILLI = 1_000;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The axis of virtual time: a unit in which its numbers are small, and round ticks. */
export interface TimeAxis {
  readonly title: string;
  readonly unitMicros: number;
  /** From 0, in the unit. */
  readonly end: number;
  readonly ticks: readonly number[];
}

interface Unit {
  readonly name: string;
  readonly micros: number;
  /** Up to this many microseconds the axis is in this unit. */
  readonly upTo: number;
  /** Round distances between ticks; beyond the last, its powers of ten. */
  readonly steps: readonly number[];
}

const decimalSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
const sixtySteps = [0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120];

const units: readonly Unit[] = [
  { name: 'microseconds', micros: 1, upTo: 2 * MILLI, steps: decimalSteps },
  { name: 'milliseconds', micros: MILLI, upTo: 2 * SECOND, steps: decimalSteps },
  { name: 'seconds', micros: SECOND, upTo: 5 * MINUTE, steps: sixtySteps },
  { name: 'minutes', micros: MINUTE, upTo: 4 * HOUR, steps: sixtySteps },
  { name: 'hours', micros: HOUR, upTo: 4 * DAY, steps: [1, 2, 3, 6, 12, 24] },
  { name: 'days', micros: DAY, upTo: Number.POSITIVE_INFINITY, steps: [1, 2, 5, 7, 14, 28, 50, 100, 200, 500, 1_000] },
];

const MAX_TICKS = 8;

/** @param endMicros when the run ended; an axis of at least one microsecond is made of it. */
export function timeAxis(endMicros: number): TimeAxis {
  const span = Math.max(1, endMicros);
  const unit = units.find(({ upTo }) => span <= upTo) as Unit;
  const end = span / unit.micros;
  const step = unit.steps.find((candidate) => end / candidate <= MAX_TICKS) ?? end;
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { title: `virtual time (${unit.name})`, unitMicros: unit.micros, end, ticks };
}
