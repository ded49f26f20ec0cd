import type { MeasureUnit } from '../../measures/index.js';
import { type RunResult, VERSION } from '../../scenarios/index.js';
import { type Extremes, extremesOf } from './extremes.js';
import type { Axis, Point } from './grid.js';
import { busiestOf, type Busy } from './saturation.js';
import type { StudyFigure } from './study-figure.js';
import { type Basis, basisOf, estimateIn, type Variant } from './variant.js';

/** What a grid of settings comes to. Fields are added, never renamed. */
export interface SweepResult {
  readonly schema: 'queuelab/sweep/1';
  readonly version: string;
  readonly scenario: { readonly name: string; readonly file: string; readonly sha256: string };
  readonly seeds: readonly string[];
  readonly axes: readonly Axis[];
  readonly figures: readonly { readonly name: string; readonly unit: MeasureUnit; readonly better: 'lower' | 'higher' | null; readonly basis: Basis }[];
  /** By figure, whether it depends on the point; null where too few points have it. */
  readonly extremes: readonly (Extremes | null)[];
  readonly points: readonly SweepPoint[];
}

export interface SweepPoint {
  /** A value of each axis. */
  readonly at: Point;
  /** By figure, the mean over the seeds; ends are null where nothing bounds it, all is where nothing was measured. */
  readonly figures: readonly (SweptFigure | null)[];
  /** Runs by how they came out. */
  readonly held: number;
  readonly broken: number;
  readonly inconclusive: number;
  /** What was busiest, and how much. */
  readonly busiest: Busy | null;
  readonly replay: string;
}

export interface SweptFigure {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Figures that a sweep shows when nothing else is said. */
export const SWEPT_FIGURES = ['throughput', 'p50(endToEnd)', 'p99(endToEnd)', 'mean(backlog)'] as const;

export interface SweepInput {
  readonly seeds: readonly string[];
  readonly axes: readonly Axis[];
  readonly points: readonly Point[];
  readonly figures: readonly StudyFigure[];
  /** The runs of each point. */
  readonly variants: readonly Variant[];
}

/** Puts the runs of a grid together. */
export function sweepResult({ seeds, axes, points, figures, variants }: SweepInput): SweepResult {
  const { name, file, sha256 } = variants[0]!.results[0]!.scenario;
  // One basis for the whole grid: a settled system is not held against a whole run.
  const based = figures.map((figure) => ({ ...figure, basis: basisOf(variants, figure) }));
  return {
    schema: 'queuelab/sweep/1', version: VERSION, scenario: { name, file, sha256 }, seeds, axes,
    figures: based.map(({ name: figure, unit, better, basis }) => ({ name: figure, unit, better, basis })),
    extremes: based.map((figure) => extremesOf(variants, figure, figure.basis)),
    points: variants.map((variant, index) => pointOf(points[index]!, variant, based)),
  };
}

function pointOf(at: Point, variant: Variant, figures: readonly (StudyFigure & { readonly basis: Basis })[]): SweepPoint {
  const { results } = variant;
  const having = (outcome: RunResult['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  return {
    at,
    figures: figures.map((figure) => sweptFigure(estimateIn(variant, figure, figure.basis))),
    held: having('held'), broken: having('broken'), inconclusive: having('inconclusive'),
    busiest: busiestOf(results)[0] ?? null,
    replay: results[0]!.replay,
  };
}

function sweptFigure(estimate: ReturnType<typeof estimateIn>): SweptFigure | null {
  if (estimate === null) return null;
  const { value, low, high } = estimate;
  const finite = (end: number): number | null => (Number.isFinite(end) ? end : null);
  return { value, low: finite(low), high: finite(high) };
}
