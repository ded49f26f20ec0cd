/** A unit's worth in the base unit: `number × factor`, or `number / divisor` where that is the exact one. */
export type UnitWorth = { readonly factor: number } | { readonly divisor: number };

/** A kind of quantity that a scenario can state, with its units. */
export interface Dimension {
  /** With its article, for messages: "a duration". */
  readonly name: string;
  /** From small to large, as they are listed for people. The empty unit is a plain number. */
  readonly units: Readonly<Record<string, UnitWorth>>;
  /** What else people write, and what they mean. Not accepted: named in the message. */
  readonly otherNames: Readonly<Record<string, string>>;
  readonly examples: readonly string[];
  /** The base unit in words when only whole numbers of it exist. */
  readonly wholeOf: string | null;
  readonly signed: boolean;
  /** `1h 30min`: several parts add up. */
  readonly compound: boolean;
}

const DURATION_UNITS = {
  us: { factor: 1 },
  ms: { factor: 1_000 },
  s: { factor: 1_000_000 },
  min: { factor: 60_000_000 },
  h: { factor: 3_600_000_000 },
  d: { factor: 86_400_000_000 },
} as const;

const OTHER_DURATION_NAMES = {
  'µs': 'us', 'μs': 'us', usec: 'us', micros: 'us', msec: 'ms', millis: 'ms', S: 's', sec: 's', secs: 's', second: 's', seconds: 's',
  m: 'min', M: 'min', mins: 'min', minute: 'min', minutes: 'min', H: 'h', hr: 'h', hrs: 'h', hour: 'h', hours: 'h',
  D: 'd', day: 'd', days: 'd',
};

/** Base unit: microseconds. */
export const DURATION: Dimension = {
  name: 'a duration',
  units: DURATION_UNITS,
  otherNames: OTHER_DURATION_NAMES,
  examples: ['250ms', '30s', '1h 30min'],
  wholeOf: 'microseconds',
  signed: false,
  compound: true,
};

/** Base unit: microseconds; may be negative. */
export const TIME_SHIFT: Dimension = {
  ...DURATION,
  name: 'a shift of time',
  examples: ['5min', '-250ms'],
  signed: true,
};

/** Base unit: bytes. */
export const SIZE: Dimension = {
  name: 'a size',
  units: { B: { factor: 1 }, KiB: { factor: 1024 }, MiB: { factor: 1024 ** 2 }, GiB: { factor: 1024 ** 3 } },
  otherNames: {
    b: 'B', byte: 'B', bytes: 'B', k: 'KiB', K: 'KiB', kB: 'KiB', KB: 'KiB', kb: 'KiB', kib: 'KiB', Kib: 'KiB',
    m: 'MiB', M: 'MiB', MB: 'MiB', mb: 'MiB', mib: 'MiB', Mib: 'MiB', g: 'GiB', G: 'GiB', GB: 'GiB', gb: 'GiB', gib: 'GiB', Gib: 'GiB',
  },
  examples: ['64B', '5KiB', '1MiB'],
  wholeOf: 'bytes',
  signed: false,
  compound: false,
};

/** Base unit: one per second. */
export const RATE: Dimension = {
  name: 'a rate',
  units: { '/s': { divisor: 1 }, '/min': { divisor: 60 }, '/h': { divisor: 3_600 }, '/d': { divisor: 86_400 } },
  otherNames: { '/sec': '/s', '/second': '/s', ps: '/s', '/m': '/min', '/minute': '/min', '/hour': '/h', '/day': '/d', Hz: '/s', rps: '/s' },
  examples: ['1000/s', '5/min'],
  wholeOf: null,
  signed: false,
  compound: false,
};

/** Base unit: bytes per second. */
export const BANDWIDTH: Dimension = {
  name: 'a bandwidth',
  units: {
    'B/s': { factor: 1 }, 'KiB/s': { factor: 1024 }, 'MiB/s': { factor: 1024 ** 2 }, 'GiB/s': { factor: 1024 ** 3 },
    'kbit/s': { factor: 125 }, 'Mbit/s': { factor: 125_000 }, 'Gbit/s': { factor: 125_000_000 },
  },
  otherNames: {
    'kB/s': 'KiB/s', 'KB/s': 'KiB/s', 'MB/s': 'MiB/s', 'GB/s': 'GiB/s', MiB: 'MiB/s', KiB: 'KiB/s', GiB: 'GiB/s', B: 'B/s',
    kbps: 'kbit/s', Mbps: 'Mbit/s', Gbps: 'Gbit/s', 'Mb/s': 'Mbit/s', 'Gb/s': 'Gbit/s', 'kb/s': 'kbit/s',
  },
  examples: ['10MiB/s', '1Gbit/s'],
  wholeOf: null,
  signed: false,
  compound: false,
};

/** A share: 1 is all. */
export const FRACTION: Dimension = {
  name: 'a share',
  units: { '': { factor: 1 }, '%': { divisor: 100 }, ppm: { divisor: 1_000_000 } },
  otherNames: { percent: '%', pct: '%' },
  examples: ['50%', '0.5', '200ppm'],
  wholeOf: null,
  signed: false,
  compound: false,
};

/** Base unit: parts per million; may be negative: how much faster (above 0) or slower a clock runs. */
export const DRIFT: Dimension = {
  name: 'a drift',
  units: { '': { factor: 1 }, ppm: { factor: 1 }, '%': { factor: 10_000 } },
  otherNames: { percent: '%', pct: '%' },
  examples: ['200ppm', '-0.1%'],
  wholeOf: null,
  signed: true,
  compound: false,
};

/** Base unit: times as much. */
export const FACTOR: Dimension = {
  name: 'a factor',
  units: { '': { factor: 1 }, x: { factor: 1 } },
  otherNames: { times: 'x', X: 'x' },
  examples: ['10', '10x'],
  wholeOf: null,
  signed: false,
  compound: false,
};

/** A plain number. */
export const NUMBER: Dimension = {
  name: 'a number',
  units: { '': { factor: 1 } },
  otherNames: {},
  examples: ['3', '1.5'],
  wholeOf: null,
  signed: false,
  compound: false,
};

/** A whole number of things. */
export const COUNT: Dimension = { ...NUMBER, name: 'a whole number', examples: ['3', '10'], wholeOf: 'things' };
