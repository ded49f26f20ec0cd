import { type Estimate, pairedDifference, USUAL_CONFIDENCE } from '../../measures/index.js';
import { VERSION } from '../../scenarios/index.js';
import type { ComparedRow, Comparison, ComparisonVerdict, VariantSummary } from './comparison.js';
import { StudyError } from './errors.js';
import { deliveryOf } from './delivery.js';
import { overTimeOf } from './over-time.js';
import { differingSettings } from './settings.js';
import { type StudyFigure, USUAL_FIGURES } from './study-figure.js';
import { estimateIn, pooledLatencies, valuesOf, type Variant } from './variant.js';

export interface CompareOptions {
  readonly figures?: readonly StudyFigure[];
  /** Differences up to this share of the first are called no change, however sure they are. */
  readonly tolerance: number;
}

/**
 * Holds every further variant against the first. Runs with the same seeds are compared seed by seed: they drew the same arrivals and
 * service times, so that what remains is the difference of the variants.
 *
 * @throws StudyError when they cannot be compared
 */
export function compareVariants(variants: readonly Variant[], { figures = USUAL_FIGURES, tolerance }: CompareOptions): Comparison {
  const [base, ...others] = variants;
  if (base === undefined || others.length === 0) throw new StudyError('QL_STUDY_NOT_COMPARABLE', 'A comparison takes two results or scenarios at least.');
  for (const variant of variants) rejectUnusable(variant);
  const isPaired = variants.every((variant) => sameSeeds(variant, base));
  const shown = figures.filter((figure) => variants.some((variant) => valuesOf(variant, figure) !== null));
  if (shown.length === 0) throw new StudyError('QL_STUDY_NOT_COMPARABLE', 'Nothing was measured in any of these runs that they could be compared by.');
  return {
    schema: 'queuelab/comparison/1',
    version: VERSION,
    level: USUAL_CONFIDENCE,
    tolerance,
    isPaired,
    variants: variants.map(summaryOf),
    settings: differingSettings(variants.map(({ results }) => results[0]!)),
    rows: others.flatMap((variant, index) => shown.flatMap((figure) => rowOf({ base, variant, index: index + 1, figure, isPaired, tolerance }))),
    delivery: variants.map((variant) => deliveryOf(variant)),
  };
}

const sameSeeds = ({ results }: Variant, base: Variant): boolean =>
  results.length === base.results.length && results.every(({ seed }, index) => seed === base.results[index]!.seed);

function rejectUnusable({ name, results }: Variant): void {
  const fail = (reason: string): never => {
    throw new StudyError('QL_STUDY_NOT_COMPARABLE', `${name} cannot be compared: ${reason}.`);
  };
  if (results.length === 0) fail('it has no run');
  const names = new Set(results.map(({ scenario }) => scenario.name));
  if (names.size > 1) fail(`it holds runs of different scenarios (${[...names].join(', ')}); a variant is one scenario with several seeds`);
  if (new Set(results.map(({ seed }) => seed)).size < results.length) fail('it holds the same seed twice');
  for (const { run, seed, mutants = [] } of results) {
    if (run.limit !== null) fail(`its run with seed ${seed} was cut short (${run.limit.replace(/\.$/, '')}), so that its figures are those of a part`);
    if (mutants.length > 0) fail(`its run with seed ${seed} had deliberate bugs switched on (${mutants.join(', ')}), so that it says nothing of the engine`);
  }
}

function summaryOf(variant: Variant): VariantSummary {
  const { name, results } = variant;
  const { scenario } = results[0]!;
  return {
    name,
    scenario: { name: scenario.name, file: scenario.file, sha256: scenario.sha256, overrides: scenario.overrides ?? [] },
    runs: results.map(({ seed, fingerprint, outcome, replay }) => ({ seed, fingerprint, outcome, replay })),
    latencies: pooledLatencies(variant),
    overTime: overTimeOf(results[0]!),
  };
}

interface RowInput {
  readonly base: Variant;
  readonly variant: Variant;
  readonly index: number;
  readonly figure: StudyFigure;
  readonly isPaired: boolean;
  readonly tolerance: number;
}

function rowOf({ base, variant, index, figure, isPaired, tolerance }: RowInput): ComparedRow[] {
  const [from, to] = [estimateIn(base, figure), estimateIn(variant, figure)];
  const [fromValues, toValues] = [valuesOf(base, figure), valuesOf(variant, figure)];
  if (from === null || to === null || fromValues === null || toValues === null) return [];
  const isEqual = isPaired && fromValues.every((value, n) => value === toValues[n]);
  const difference = isEqual ? { value: 0, low: 0, high: 0 } : isPaired && fromValues.length > 1 ? pairedDifference(fromValues, toValues, USUAL_CONFIDENCE) : apart(from, to);
  const { name, unit, better } = figure;
  return [{
    variant: index, figure: name, unit, better,
    base: from.value, value: to.value,
    difference: { value: difference.value, low: finite(difference.low), high: finite(difference.high) },
    verdict: verdictOf(difference, Math.abs(from.value) * tolerance, better),
  }];
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The difference of two figures that have nothing to do with each other. */
function apart(from: Estimate, to: Estimate): Estimate {
  const half = Math.sqrt((from.high - from.value) ** 2 + (to.high - to.value) ** 2);
  const value = to.value - from.value;
  return { value, low: value - half, high: value + half };
}

function verdictOf({ value, low, high }: Estimate, negligible: number, better: StudyFigure['better']): ComparisonVerdict {
  if (value === 0 && low === 0 && high === 0) return 'no-change';
  if (!Number.isFinite(low) || !Number.isFinite(high)) return 'inconclusive';
  if (low <= 0 && high >= 0) return 'within-noise';
  if (Math.abs(value) <= negligible) return 'no-change';
  if (better === null) return 'changed';
  return (value < 0) === (better === 'lower') ? 'improved' : 'regressed';
}

/** Verdicts of a comparison, by how often they occur. */
export function verdictsOf({ rows }: Pick<Comparison, 'rows'>): Readonly<Record<ComparisonVerdict, number>> {
  const counts: Record<ComparisonVerdict, number> = { improved: 0, regressed: 0, changed: 0, 'no-change': 0, 'within-noise': 0, inconclusive: 0 };
  for (const { verdict } of rows) counts[verdict]++;
  return counts;
}

