import type { Comparison, VariantOverTime } from '../run-result.js';
import { type FaultSpan, faultSpans } from '../words/faults.js';
import { formatDuration } from '../words/numbers.js';
import { type Chart, emptyTable, type Line, type Unit } from './chart.js';
import type { Band } from './band-layers.js';
import { countAxis } from './count-axis.js';
import { durationEncoding } from './duration-axis.js';
import { MAX_LINES } from './palette.js';
import { rateAxis, rateScale } from './rate-axis.js';
import { type Merge, resample, type Resampled } from './resample.js';
import { shortenMiddle } from './shorten.js';
import { timeChart } from './time-chart.js';
import type { TimeFrame } from './time-frame.js';
import { timeTable } from './lines-over-time.js';

interface Subject {
  readonly series: string;
  readonly title: string;
  readonly unit: Unit;
  readonly merge: Merge;
  readonly zeroIsMissing: boolean;
  readonly scale?: (highest: number) => number;
  readonly axis: (drawn: readonly (number | null)[], highest: number) => object;
}

const latencyAxis = (drawn: readonly (number | null)[]): object => durationEncoding('latency', drawn.flatMap((value) => (value === null ? [] : [value])));

const subjects: readonly Subject[] = [
  { series: 'throughput', title: 'Throughput', unit: 'per-second', merge: 'mean', zeroIsMissing: false, scale: rateScale, axis: rateAxis },
  { series: 'backlog', title: 'Backlog', unit: 'messages', merge: 'mean', zeroIsMissing: false, axis: (drawn) => countAxis('messages ready', drawn) },
  { series: 'inFlight', title: 'Messages in flight', unit: 'messages', merge: 'mean', zeroIsMissing: false, axis: (drawn) => countAxis('messages in flight', drawn) },
  { series: 'endToEndP50', title: 'End-to-end latency over time, p50', unit: 'micros', merge: 'median', zeroIsMissing: true, axis: latencyAxis },
  { series: 'endToEndP99', title: 'End-to-end latency over time, p99', unit: 'micros', merge: 'max', zeroIsMissing: true, axis: latencyAxis },
];

const MAX_NAME = 24;

interface NamedRun {
  readonly label: string;
  readonly run: VariantOverTime;
}

/** The runs of each variant over time, one line a variant: their mean, with a band from the least to the most; and the faults of all of them. */
export function compareOverTimeCharts(comparison: Comparison): Chart[] {
  const runs = runsOf(comparison);
  return runs.length === 0 ? [] : subjects.map((subject) => overTimeChart(subject, runs, compareFrame(comparison)));
}

/** The time that the charts share: as long as the longest run. */
export function compareFrame(comparison: Comparison): TimeFrame {
  const runs = runsOf(comparison);
  const latest = (of: (run: VariantOverTime) => number): number => runs.reduce((high, { run }) => Math.max(high, of(run)), 0);
  return { virtualMicros: latest(({ run }) => run.virtualMicros), drainBeganMicros: latest(({ run }) => run.drainBeganMicros), faults: faultsOf(runs) };
}

function runsOf({ variants }: Comparison): NamedRun[] {
  return variants.slice(0, MAX_LINES).flatMap(({ name, overTime }) => (overTime === undefined || overTime.series.atMicros.length === 0 ? [] : [{ label: shortenMiddle(name, MAX_NAME), run: overTime }]));
}

/** Faults that all runs had are named once; others with the variant that they struck. */
function faultsOf(runs: readonly NamedRun[]): FaultSpan[] {
  const spans = runs.map(({ label, run }) => ({ label, spans: faultSpans(run) }));
  const keyOf = ({ label, fromMicros, toMicros }: FaultSpan): string => `${label} ${fromMicros} ${toMicros}`;
  const counts = new Map<string, number>();
  for (const { spans: own } of spans) for (const key of new Set(own.map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const isShared = (span: FaultSpan): boolean => counts.get(keyOf(span)) === runs.length;
  const shared = (spans[0]?.spans ?? []).filter(isShared);
  const own = spans.flatMap((variant) => variant.spans.filter((span) => !isShared(span)).map((span) => ({ ...span, label: `${span.label} (${variant.label})` })));
  return [...shared, ...own].sort((left, right) => left.fromMicros - right.fromMicros);
}

function overTimeChart({ series, title, unit, merge, zeroIsMissing, scale, axis }: Subject, runs: readonly NamedRun[], frame: TimeFrame): Chart {
  const present = runs.filter(({ run }) => (run.series.values[series]?.length ?? 0) > 0)
    .map(({ label, run }) => ({ label, points: resample(run.series, series, { merge, zeroIsMissing, endMicros: run.run.virtualMicros }) }));
  const bands = runs.flatMap(({ label, run }) => bandOf({ label, run }, { series, merge, zeroIsMissing }));
  const values = [...present.flatMap(({ points }) => points.values), ...bands.flatMap(({ points }) => points.map(({ high }) => high))].flatMap((value) => (value === null ? [] : [value]));
  const chart = { id: `compare-${series.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, title, isOverTime: true };
  if (values.length === 0) return { ...chart, description: 'Nothing was measured.', drawing: { nothing: 'Nothing was measured in these runs.' }, table: emptyTable };
  const highest = values.reduce((high, value) => Math.max(high, value), 0);
  const by = scale?.(highest) ?? 1;
  const drawn = (value: number | null): number | null => (value === null ? null : Number((value * by).toPrecision(5)));
  const scaled = bands.map((band) => ({ ...band, points: band.points.map(({ x, low, high }) => ({ x, low: drawn(low), high: drawn(high) })) }));
  const lines: Line[] = present.map(({ label, points }) => ({ label, points: points.values.map((value, step) => ({ x: points.atMicros[step]!, y: drawn(value) })) }));
  return {
    ...chart,
    description: `${title}, ${runs.some(({ run }) => run.bands !== undefined) ? 'the mean over the seeds, with a band from the least to the most' : `of the run with seed ${runs[0]!.run.seed}`}, a line for each of ${present.map(({ label }) => label).join(', ')}, each point of ${formatDuration(present[0]!.points.stepMicros)} or so.`,
    drawing: timeChart(frame, lines, axis([...lines.flatMap(({ points }) => points.map(({ y }) => y)), ...scaled.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high]))], highest), { bands: scaled }),
    table: joined(present, unit),
  };
}

/** The band of a series; none of a single run. */
function bandOf({ label, run }: NamedRun, { series, merge, zeroIsMissing }: Pick<Subject, 'series' | 'merge' | 'zeroIsMissing'>): Band[] {
  const band = run.bands?.[series];
  if (band === undefined) return [];
  const ends = { ...run.series, values: { low: band.low, high: band.high } };
  const [low, high] = (['low', 'high'] as const).map((end) => resample(ends, end, { merge, zeroIsMissing, endMicros: run.run.virtualMicros })) as [Resampled, Resampled];
  return [{ label, points: low.atMicros.map((x, step) => ({ x, low: low.values[step]!, high: high.values[step]! })) }];
}

/** The lines in one table: steps may differ in length, so each line is read at the steps of the first. */
function joined(lines: readonly { readonly label: string; readonly points: Resampled }[], unit: Unit): Chart['table'] {
  const longest = lines.reduce((left, right) => (right.points.atMicros.at(-1)! > left.points.atMicros.at(-1)! ? right : left));
  const { atMicros } = longest.points;
  return timeTable(atMicros, lines.map(({ label, points }) => ({ label, values: atMicros.map((at) => valueAt(points, at)) })), unit);
}

function valueAt({ atMicros, values, stepMicros }: Resampled, at: number): number | null {
  const step = Math.floor(at / stepMicros);
  return step < atMicros.length ? (values[step] ?? null) : null;
}
