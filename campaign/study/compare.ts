import { type Estimate, meanEstimate, separateDifference, USUAL_CONFIDENCE } from '../../measures/index.js';
import { VERSION } from '../../scenarios/index.js';
import { rejectIncomparable, sameSeeds, warningsOf } from './comparable.js';
import type { ComparedRow, Comparison, ComparisonVerdict, VariantSummary } from './comparison.js';
import { deliveryOf } from './delivery.js';
import { StudyError } from './errors.js';
import { LOST, lostIn } from './loss.js';
import { overTimeOf } from './over-time.js';
import { pairedInterval } from './paired.js';
import { promiseRows } from './promise-rows.js';
import { differingSettings } from './settings.js';
import { type StudyFigure, USUAL_FIGURES } from './study-figure.js';
import { basisOf, estimateIn, pooledLatencies, valuesOf, type Variant } from './variant.js';

export interface CompareOptions {
  readonly figures?: readonly StudyFigure[];
  /** Differences up to this share of the first are called no change, however sure they are. */
  readonly tolerance: number;
  /** True: scenarios of different names may be offered different loads. */
  readonly isAnyLoad?: boolean;
}

/**
 * Holds every further variant against the first. Runs with the same seeds are compared seed by seed: they drew the same arrivals and
 * service times, so that what remains is the difference of the variants.
 *
 * @throws StudyError when they cannot be compared
 */
export function compareVariants(variants: readonly Variant[], { figures = USUAL_FIGURES, tolerance, isAnyLoad = false }: CompareOptions): Comparison {
  rejectIncomparable(variants, isAnyLoad);
  const [base, ...others] = variants as [Variant, ...Variant[]];
  const isPaired = others.every((variant) => sameSeeds(base, variant));
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
    warnings: warningsOf(variants),
    promises: others.flatMap((variant, index) => promiseRows(base, variant, index + 1)),
    rows: others.flatMap((variant, index) => [
      lostRow({ base, variant, index: index + 1, tolerance }),
      ...shown.flatMap((figure) => figureRow({ base, variant, index: index + 1, tolerance }, figure)),
    ]),
    delivery: variants.map((variant) => deliveryOf(variant)),
  };
}

function summaryOf(variant: Variant): VariantSummary {
  const { name, results } = variant;
  const { scenario } = results[0]!;
  return {
    name,
    scenario: { name: scenario.name, file: scenario.file, sha256: scenario.sha256, overrides: scenario.overrides ?? [] },
    runs: results.map(({ seed, fingerprint, outcome, replay }) => ({ seed, fingerprint, outcome, replay })),
    latencies: pooledLatencies(variant),
    overTime: overTimeOf(results),
  };
}

interface RowInput {
  readonly base: Variant;
  readonly variant: Variant;
  readonly index: number;
  readonly tolerance: number;
}

function figureRow({ base, variant, index, tolerance }: RowInput, figure: StudyFigure): ComparedRow[] {
  const basis = basisOf([base, variant], figure);
  const [from, to] = [estimateIn(base, figure, basis), estimateIn(variant, figure, basis)];
  const [fromValues, toValues] = [valuesOf(base, figure), valuesOf(variant, figure)];
  if (from === null || to === null || fromValues === null || toValues === null) return [];
  const difference = differenceOf({ from, to, fromValues, toValues, isPaired: sameSeeds(base, variant) });
  const verdict = verdictOf(difference, Math.abs(from.value) * tolerance, figure.better);
  return [rowOf({ figure, index, basis, from: from.value, to: to.value, difference, verdict })];
}

/** Where nothing was lost and something is now, that is so, whatever else chance did. */
function lostRow({ base, variant, index, tolerance }: RowInput): ComparedRow {
  const [fromValues, toValues] = [base, variant].map(({ results }) => results.map(lostIn)) as [number[], number[]];
  const [from, to] = [meanEstimate(fromValues, USUAL_CONFIDENCE), meanEstimate(toValues, USUAL_CONFIDENCE)];
  const difference = differenceOf({ from, to, fromValues, toValues, isPaired: sameSeeds(base, variant) });
  const verdict = from.value === 0 && to.value > 0 ? 'regressed' : from.value === 0 && to.value === 0 ? 'no-change' : verdictOf(difference, from.value * tolerance, LOST.better);
  return rowOf({ figure: LOST, index, basis: 'whole-run', from: from.value, to: to.value, difference, verdict });
}

interface Differing {
  readonly from: Estimate;
  readonly to: Estimate;
  /** By run, whole. */
  readonly fromValues: readonly number[];
  readonly toValues: readonly number[];
  readonly isPaired: boolean;
}

function differenceOf({ from, to, fromValues, toValues, isPaired }: Differing): Estimate {
  const isEqual = isPaired && fromValues.every((value, n) => value === toValues[n]);
  if (isEqual) return { value: 0, low: 0, high: 0 };
  const { value, low, high } = isPaired && fromValues.length > 1 ? pairedInterval(fromValues, toValues, USUAL_CONFIDENCE) : separateDifference(from, to);
  // Nothing that is measured is below 0: what was 0 cannot become less, and what is 0 cannot have been less.
  return { value, low: from.value === 0 && low !== -Infinity ? Math.max(0, low) : low, high: to.value === 0 && high !== Infinity ? Math.min(0, high) : high };
}

interface Row {
  readonly figure: StudyFigure;
  readonly index: number;
  readonly basis: ComparedRow['basis'];
  readonly from: number;
  readonly to: number;
  readonly difference: Estimate;
  readonly verdict: ComparisonVerdict;
}

function rowOf({ figure: { name, unit, better }, index, basis, from, to, difference, verdict }: Row): ComparedRow {
  return { variant: index, figure: name, unit, better, basis, base: from, value: to, difference: { value: difference.value, low: finite(difference.low), high: finite(difference.high) }, verdict };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function verdictOf({ value, low, high }: Estimate, negligible: number, better: StudyFigure['better']): ComparisonVerdict {
  if (value === 0 && low === 0 && high === 0) return 'no-change';
  if (!Number.isFinite(low) || !Number.isFinite(high)) return 'inconclusive';
  if (low <= 0 && high >= 0) return 'within-noise';
  if (Math.abs(value) <= negligible) return 'no-change';
  if (better === null) return 'changed';
  return (value < 0) === (better === 'lower') ? 'improved' : 'regressed';
}

/** Verdicts of a comparison, of figures and promises, by how often they occur. */
export function verdictsOf({ rows, promises }: Pick<Comparison, 'rows' | 'promises'>): Readonly<Record<ComparisonVerdict, number>> {
  const counts: Record<ComparisonVerdict, number> = { improved: 0, regressed: 0, changed: 0, 'no-change': 0, 'within-noise': 0, inconclusive: 0 };
  for (const { verdict } of [...rows, ...promises]) counts[verdict]++;
  return counts;
}
