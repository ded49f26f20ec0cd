import type { Busy, ComparedRow, Comparison, ComparisonVerdict, DeliverySummary } from '../run-result.js';
import { counted, formatCount, formatDuration, formatRate } from './numbers.js';
import { figureText } from './steady-state.js';

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

export function comparedWords({ figure, unit, base, value, difference, verdict }: ComparedRow): ComparedWords {
  const end = (micros: number): string => signed(micros, figureText(Math.abs(micros), unit));
  return {
    figure, base: figureText(base, unit), value: figureText(value, unit),
    percent: difference.value === 0 ? '0 %' : base === 0 ? '-' : signed(difference.value, `${Number(Math.abs((difference.value / base) * 100).toPrecision(3))} %`),
    interval: difference.low === null || difference.high === null ? 'one run: not known' : `${end(difference.low)} to ${end(difference.high)}`,
    verdict: comparisonWords[verdict], tone: comparisonTones[verdict],
  };
}

const signed = (value: number, text: string): string => (value < 0 ? `−${text}` : value > 0 ? `+${text}` : text);

/** What came out of one variant's comparison, in a sentence. */
export function comparedHeadline({ rows, variants }: Comparison, variant: number): string {
  const of = (verdict: ComparisonVerdict): string[] => rows.filter((row) => row.variant === variant && row.verdict === verdict).map(({ figure }) => figure);
  const name = variants[variant]?.name ?? '';
  const [worse, better, other, open] = [of('regressed'), of('improved'), of('changed'), of('inconclusive')];
  const left = open.length === 0 ? '' : ` ${counted(open.length, 'figure')} cannot be told from chance by one run each: more seeds would tell.`;
  if (worse.length + better.length + other.length === 0) {
    const isAllOpen = open.length > 0 && of('within-noise').length === 0;
    return isAllOpen ? `${name}: what differs from ${variants[0]?.name ?? ''} cannot be judged.${left}` : `${name}: nothing differs from ${variants[0]?.name ?? ''} by more than chance.${left}`;
  }
  const parts = [
    ...(better.length === 0 ? [] : [`${counted(better.length, 'figure')} better (${better.join(', ')})`]),
    ...(worse.length === 0 ? [] : [`${counted(worse.length, 'figure')} worse (${worse.join(', ')})`]),
    ...(other.length === 0 ? [] : [`${counted(other.length, 'figure')} different (${other.join(', ')})`]),
  ];
  return `${name}: ${parts.join('; ')}.${left}`;
}

/** How the comparison was made. */
export function comparedLead({ isPaired, variants, level, tolerance }: Comparison): string {
  const runs = variants[0]?.runs.length ?? 0;
  const how = isPaired && runs > 1
    ? `${counted(runs, 'seed')}, the same for all variants and compared one by one`
    : runs > 1 ? 'different seeds, compared by their means' : 'one run each, with the intervals within it';
  const one = runs === 1 ? ' Figures without an interval of their own, such as counts, cannot be told from chance by one run: more seeds would.' : '';
  return `Intervals of ${level * 100} % from ${how}. What differs by no more than ${Number((tolerance * 100).toPrecision(3))} % counts as no change.${one}`;
}

export const DELIVERY_HEAD = ['variant', 'accepted', 'lost', 'duplicated', 'p50', 'p99', 'throughput', 'requests a message', 'broker CPU a message', 'syncs a message'] as const;

/** What a variant delivers, in the order of {@link DELIVERY_HEAD}. */
export function deliveryWords(name: string, delivery: DeliverySummary): string[] {
  const { accepted, lost, duplicated, p50Micros, p99Micros, throughput, requestsPerMessage, brokerCpuMicrosPerMessage, syncsPerMessage } = delivery;
  const duration = (micros: number | null): string => (micros === null ? '-' : formatDuration(micros));
  return [
    name, formatCount(accepted), formatCount(lost), formatCount(duplicated), duration(p50Micros), duration(p99Micros), formatRate(throughput),
    formatCount(requestsPerMessage), duration(brokerCpuMicrosPerMessage), formatCount(syncsPerMessage),
  ];
}

/** `broker disk 97 %`. */
export const busyWords = ({ name, utilisation }: Busy): string => `${name} ${Number((utilisation * 100).toPrecision(3))} %`;
