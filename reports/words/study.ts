import type { Busy, ComparedRow, Comparison, ComparisonVerdict, DeliverySummary, PromiseCounts } from '../run-result.js';
import { figureName } from './figure-name.js';
import { counted, formatCount, formatDuration, formatRate } from './numbers.js';
import { isShare, namedFigureText } from './named-figure.js';
import { sameUnit } from './same-unit.js';

export const comparisonWords: Readonly<Record<ComparisonVerdict, string>> = {
  improved: 'improved', regressed: 'regressed', changed: 'changed', 'no-change': 'no change', 'within-noise': 'within noise', inconclusive: 'inconclusive',
};

export const comparisonTones = { improved: 'good', regressed: 'bad', changed: 'noted', 'no-change': 'quiet', 'within-noise': 'quiet', inconclusive: 'unsure' } as const satisfies Readonly<Record<ComparisonVerdict, string>>;

/** A row in words. */
export interface ComparedWords {
  readonly figure: string;
  readonly base: string;
  readonly value: string;
  /** `−12 %`; a dash where the first was 0. */
  readonly percent: string;
  readonly interval: string;
  readonly verdict: string;
  readonly tone: (typeof comparisonTones)[ComparisonVerdict];
}

export function comparedWords({ figure, basis, unit, base, value, difference, verdict }: ComparedRow): ComparedWords {
  return {
    figure: figureName(figure, { basis, unit }), base: namedFigureText(figure, base, unit), value: namedFigureText(figure, value, unit),
    percent: difference.value === 0 ? '0 %' : base === 0 ? '-' : signed(difference.value, `${Number(Math.abs((difference.value / base) * 100).toPrecision(3))} %`),
    interval: `${differenceText({ figure, unit, base, difference })}${isLossDespiteChance({ figure, difference, verdict }) ? ' (a loss counts without regard to chance)' : ''}`,
    verdict: comparisonWords[verdict], tone: comparisonTones[verdict],
  };
}

/** The interval of a difference, both ends in the unit that is right for the difference, which may be far smaller than the figures; rates in that of the figures. */
function differenceText({ figure, unit, base, difference: { low, high } }: Pick<ComparedRow, 'figure' | 'unit' | 'base' | 'difference'>): string {
  if (low === null || high === null) return 'not known';
  if (isShare(figure)) return `${[low, high].map((end) => signed(end, String(Number(Math.abs(end * 100).toPrecision(3))))).join(' to ')} percentage points`;
  const [first, second] = sameUnit([Math.abs(low), Math.abs(high), ...(unit === 'per-second' ? [base] : [])], unit);
  return `${signed(low, first!)} to ${signed(high, second!)}`;
}

/** True where the interval holds 0, which is called noise in every other row. */
const isLossDespiteChance = ({ figure, difference: { low }, verdict }: Pick<ComparedRow, 'figure' | 'difference' | 'verdict'>): boolean =>
  figure === 'lost' && verdict === 'regressed' && (low === null || low <= 0);

const signed = (value: number, text: string): string => (value < 0 ? `−${text}` : value > 0 ? `+${text}` : text);

/** A promise of a comparison in words. */
export interface PromiseWords {
  readonly promise: string;
  readonly base: string;
  readonly value: string;
  readonly verdict: string;
  readonly tone: ComparedWords['tone'];
}

/** Promises of a variant, those that changed first; of the others only how many there are is worth a line. */
export function promiseWords({ promises }: Comparison, variant: number): PromiseWords[] {
  const order: readonly ComparisonVerdict[] = ['regressed', 'inconclusive', 'improved', 'changed', 'within-noise', 'no-change'];
  return promises.filter((promise) => promise.variant === variant)
    .sort((left, right) => order.indexOf(left.verdict) - order.indexOf(right.verdict))
    .map(({ promise, base, value, verdict }) => ({ promise, base: promiseCounts(base), value: promiseCounts(value), verdict: comparisonWords[verdict], tone: comparisonTones[verdict] }));
}

/** `holds`, or `violated in 3 of 10, else holds`. */
function promiseCounts({ holds, violated, anomaly, notExercised, inconclusive }: PromiseCounts): string {
  const parts = [['violated', violated], ['anomaly', anomaly], ['inconclusive', inconclusive], ['holds', holds], ['not exercised', notExercised]] as const;
  const said = parts.filter(([, count]) => count > 0);
  const runs = said.reduce((sum, [, count]) => sum + count, 0);
  return said.length === 1 ? said[0]![0] : said.map(([word, count]) => `${word} in ${count}`).join(', ') + ` of ${runs}`;
}

/** What came out of one variant's comparison, in sentences: what is broken or lost first. */
export function comparedHeadline(comparison: Comparison, variant: number): string {
  const { rows, variants } = comparison;
  const of = (verdict: ComparisonVerdict): string[] => rows.filter((row) => row.variant === variant && row.verdict === verdict).map(({ figure }) => figure);
  const name = variants[variant]?.name ?? '';
  const [worse, better, other, open] = [of('regressed'), of('improved'), of('changed'), of('inconclusive')];
  const most = variants[variant]?.runs.length ?? 1;
  const left = open.length === 0 ? '' : ` ${counted(open.length, 'figure')} cannot be told from chance by ${most === 1 ? 'one run each' : counted(most, 'run')}: more seeds would tell.`;
  const promises = promisesHeadline(comparison, variant);
  if (worse.length + better.length + other.length === 0) {
    if (promises !== '') return `${name}: ${promises}${left}`;
    const isAllOpen = open.length > 0 && of('within-noise').length === 0;
    return isAllOpen ? `${name}: what differs from ${variants[0]?.name ?? ''} cannot be judged.${left}` : `${name}: nothing differs from ${variants[0]?.name ?? ''} by more than chance.${left}`;
  }
  const parts = [
    ...(worse.length === 0 ? [] : [`${counted(worse.length, 'figure')} worse (${worse.join(', ')})`]),
    ...(better.length === 0 ? [] : [`${counted(better.length, 'figure')} better (${better.join(', ')})`]),
    ...(other.length === 0 ? [] : [`${counted(other.length, 'figure')} different (${other.join(', ')})`]),
  ];
  // What is lost has no latency and does not queue: the rest looks the better for it.
  const survivors = worse.includes('lost') && better.some((figure) => figure.includes('endToEnd')) ? ' Where messages are lost, latencies are those of the others.' : '';
  return `${name}: ${promises}${promises === '' ? '' : ' '}${parts.join('; ')}.${survivors}${left}`;
}

/** Promises that are broken now, against their contract or as it allows, that are kept now, and of which it cannot be said any more. Empty for none. */
function promisesHeadline({ promises }: Comparison, variant: number): string {
  const of = (verdict: ComparisonVerdict): string => promises.filter((promise) => promise.variant === variant && promise.verdict === verdict).map(({ promise }) => promise).join(', ');
  const [broken, mended, open] = [of('regressed'), of('improved'), of('inconclusive')];
  const given = promises.filter((promise) => promise.variant === variant && isGivenUp(promise)).map(({ promise }) => promise).join(', ');
  return [
    ...(broken === '' ? [] : [`breaks what was kept (${broken}).`]),
    ...(given === '' ? [] : [`breaks, as the contract allows, what was kept (${given}).`]),
    ...(mended === '' ? [] : [`keeps what was broken (${mended}).`]),
    ...(open === '' ? [] : [`cannot be judged any more on what was kept (${open}).`]),
  ].join(' ');
}

/** Kept in every run that put it to the test, and not any more where the settings allow that. */
const isGivenUp = ({ base, value, verdict }: Comparison['promises'][number]): boolean =>
  verdict === 'changed' && base.holds > 0 && base.anomaly + base.violated === 0 && value.anomaly > 0;

/** True where a comparison says that something became worse. */
export const isWorse = ({ rows, promises }: Comparison): boolean => [...rows, ...promises].some(({ verdict }) => verdict === 'regressed');

/** How the comparison was made. */
export function comparedLead({ isPaired, variants, rows, level, tolerance }: Comparison): string {
  const most = Math.max(...variants.map(({ runs }) => runs.length));
  const how = isPaired && most > 1
    ? `${counted(most, 'seed')}, the same for all variants and compared one by one`
    : most > 1 ? 'different seeds, compared by their means' : 'one run each, with the intervals within it';
  const isSettled = rows.some(({ basis }) => basis === 'steady-state');
  const basis = isSettled
    ? ' Figures marked “settled” are those of both systems after their warm-up; all others are those of whole runs, warm-up and drain included.'
    : ` Figures are those of whole runs, warm-up and drain included${most > 1 ? ', and means over the seeds' : ''}.`;
  const one = variants.every(({ runs }) => runs.length === 1) ? ' What has no interval within a run, such as a count, cannot be told from chance by one: more seeds would.' : '';
  return `Intervals of ${level * 100} % from ${how}.${basis} What differs by no more than ${Number((tolerance * 100).toPrecision(3))} % counts as no change.${one}`;
}

/**
 * What variants deliver and what it costs, a line for each measure and a column for each variant. Percentiles here are those of the messages of all runs together, which are not
 * the means over the runs that figures are compared by.
 */
export function deliveryRows(delivery: readonly DeliverySummary[]): string[][] {
  const duration = (micros: number | null): string => (micros === null ? '-' : formatDuration(micros));
  const rows: readonly (readonly [string, (of: DeliverySummary) => string])[] = [
    ['messages accepted', ({ accepted }) => formatCount(accepted)],
    ['lost', ({ lost }) => formatCount(lost)],
    ['duplicate effects', ({ duplicated }) => formatCount(duplicated)],
    ['p50(endToEnd), pooled', ({ p50Micros }) => duration(p50Micros)],
    ['p99(endToEnd), pooled', ({ p99Micros }) => duration(p99Micros)],
    ['throughput, whole run', ({ throughput }) => formatRate(throughput)],
    ['requests a message', ({ requestsPerMessage }) => formatCount(requestsPerMessage)],
    ['time of handlers a message', ({ handlingMicrosPerMessage }) => duration(handlingMicrosPerMessage)],
    ['id look-ups a message', ({ lookupsPerMessage, lookupMicrosPerMessage }) => (lookupsPerMessage === 0 ? 'none' : `${formatCount(lookupsPerMessage)}, taking ${duration(lookupMicrosPerMessage)}`)],
    ['ids remembered at the end', ({ idsRemembered }) => formatCount(idsRemembered)],
    ['broker CPU a message', ({ brokerCpuMicrosPerMessage }) => duration(brokerCpuMicrosPerMessage)],
    ['syncs a message', ({ syncsPerMessage }) => formatCount(syncsPerMessage)],
  ];
  return rows.map(([name, text]) => [name, ...delivery.map(text)]);
}

/** `broker disk 97 %`. */
export const busyWords = ({ name, utilisation }: Busy): string => `${name} ${Number((utilisation * 100).toPrecision(3))} %`;
