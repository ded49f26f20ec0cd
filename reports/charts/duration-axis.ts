const MILLI = 1_000;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A logarithmic axis of durations, with ticks that people count time in. */
export interface DurationAxis {
  /** `ms to min`: the units of its ticks. */
  readonly units: string;
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  /** A Vega expression from a tick's value to its label. */
  readonly labelExpr: string;
}

interface Tick {
  readonly micros: number;
  readonly unit: string;
  readonly label: string;
}

const tens = [1, 10, 100];
const fine = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const ticksOf = (unit: number, name: string, numbers: readonly number[]): Tick[] =>
  numbers.map((number) => ({ micros: number * unit, unit: name, label: `${number}${name}` }));

/** One tick or so to a decade. */
const coarseLadder: readonly Tick[] = [
  ...ticksOf(1, 'us', tens), ...ticksOf(MILLI, 'ms', tens), ...ticksOf(SECOND, 's', [1, 10]),
  ...ticksOf(MINUTE, 'min', [1, 10]), ...ticksOf(HOUR, 'h', [1, 6]), ...ticksOf(DAY, 'd', [1, 10, 100, 1_000]),
];
const fineLadder: readonly Tick[] = [
  ...ticksOf(1, 'us', fine), ...ticksOf(MILLI, 'ms', fine), ...ticksOf(SECOND, 's', [1, 2, 5, 10, 20, 30]),
  ...ticksOf(MINUTE, 'min', [1, 2, 5, 10, 20, 30]), ...ticksOf(HOUR, 'h', [1, 2, 6, 12]), ...ticksOf(DAY, 'd', [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]),
];

/** Of values that lie close together. */
const narrow = [1, 1.02, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.5, 1.7, 2, 2.2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9].flatMap((number) => [1, 10, 100].map((decade) => Number((number * decade).toPrecision(3)))).sort((left, right) => left - right);
const narrowLadder: readonly Tick[] = [
  ...ticksOf(1, 'us', narrow), ...ticksOf(MILLI, 'ms', narrow), ...ticksOf(SECOND, 's', narrow.filter((number) => number < 60)),
  ...ticksOf(MINUTE, 'min', narrow.filter((number) => number < 60)), ...ticksOf(HOUR, 'h', narrow.filter((number) => number < 24)), ...ticksOf(DAY, 'd', narrow),
];

/** Up to this ratio between the longest and the shortest, ticks lie as close as values do. */
const NARROW_RATIO = 2.5;
/** Up to this ratio between the longest and the shortest, the fine ticks are used. */
const FINE_RATIO = 300;

/** An axis that holds every duration, from tick to tick. There is at least one duration, and all are above 0. */
export function durationAxis(micros: readonly number[]): DurationAxis {
  const lowest = Math.max(1, micros.reduce((low, value) => Math.min(low, value)));
  const highest = Math.max(lowest, micros.reduce((high, value) => Math.max(high, value)));
  const ladder = highest / lowest <= NARROW_RATIO ? narrowLadder : highest / lowest <= FINE_RATIO ? fineLadder : coarseLadder;
  const bottom = ladder.findLast((tick) => tick.micros <= lowest) ?? (ladder[0] as Tick);
  const top = ladder.find((tick) => tick.micros > highest) ?? { micros: highest * 2, unit: 'd', label: '' };
  const shown = ladder.filter((tick) => tick.micros >= bottom.micros && tick.micros <= top.micros);
  const labels = Object.fromEntries(shown.map((tick) => [String(tick.micros), tick.label]));
  return {
    units: bottom.unit === top.unit ? top.unit : `${bottom.unit} to ${top.unit}`,
    domain: [bottom.micros, top.micros],
    ticks: shown.map((tick) => tick.micros),
    labelExpr: `${JSON.stringify(labels)}[datum.value] || ''`,
  };
}

/** The axis of {@link durationAxis} in Vega-Lite's words. */
export function durationEncoding(what: string, micros: readonly number[]): object {
  const { units, domain, ticks, labelExpr } = durationAxis(micros);
  return {
    title: `${what} (${units}, log scale)`,
    scale: { type: 'log', domain: [...domain], nice: false },
    axis: { values: [...ticks], labelExpr },
  };
}
