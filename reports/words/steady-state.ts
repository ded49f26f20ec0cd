import { type Estimate, findMeasure, type MeasureUnit, unitOf } from '../../measures/index.js';
import type { RunResult, SteadyMeasure } from '../run-result.js';
import { figureText } from './figure-text.js';
import { latencyName } from './key-figures.js';
import { formatCount, formatDuration } from './numbers.js';
import { sameUnit } from './same-unit.js';

/** A line of the table of what a run says of the settled system. */
export interface SteadyRow {
  readonly name: string;
  /** Figures with their intervals, or a dash. */
  readonly mean: string;
  readonly p50: string;
  readonly p99: string;
  readonly warmUp: string;
  /** What to be wary of; empty for nothing. */
  readonly note: string;
}

const MEASURES = ['endToEnd', 'send', 'queueWait', 'handling', 'throughput', 'backlog', 'inFlight'] as const;

/** The measures that matter most, those with an interval. */
export function steadyRows({ measures: { steadyState } }: RunResult): SteadyRow[] {
  if (steadyState === undefined) return [];
  return MEASURES.flatMap((name) => {
    const measure = steadyState.measures[name];
    return measure?.state === 'settled' ? [rowOf(name, measure)] : [];
  });
}

/** How the intervals were made, and of what none could be. */
export function steadyLead({ measures: { steadyState } }: RunResult): string | null {
  if (steadyState === undefined) return null;
  const shown = MEASURES.flatMap((name) => (steadyState.measures[name] === undefined ? [] : [{ name, measure: steadyState.measures[name] }]));
  if (shown.length === 0) return null;
  const list = (state: SteadyMeasure['state']): string => shown.filter(({ measure }) => measure.state === state).map(({ name }) => steadyName(name)).join(', ');
  const [few, restless] = [list('too-few'), list('never-settled')];
  return [
    `The system after its warm-up, with intervals that hold the true figure in ${Number((steadyState.level * 100).toFixed(1))} of 100 runs (${steadyState.method}).`,
    ...(few === '' ? [] : [`Too little was measured to say so of: ${few}.`]),
    ...(restless === '' ? [] : [`Still changing when half of the run was over: ${restless}.`]),
  ].join(' ');
}

const gaugeNames: Readonly<Record<string, string>> = { throughput: 'throughput', backlog: 'backlog', inFlight: 'in flight' };
const steadyName = (name: string): string => gaugeNames[name] ?? latencyName(name);

function rowOf(name: string, { mean, quantiles, warmUpMicros, observations, isCorrelated }: SteadyMeasure): SteadyRow {
  const unit = unitOf(findMeasure(name)!.family, name === 'throughput' ? 'rate' : 'mean');
  const text = (estimate: Estimate | null | undefined): string => (estimate === null || estimate === undefined ? '-' : estimateText(estimate, unit));
  return {
    name: steadyName(name),
    mean: text(mean),
    p50: text(quantiles['p50']),
    p99: text(quantiles['p99']),
    warmUp: warmUpMicros === 0 ? 'none' : formatDuration(warmUpMicros),
    note: isCorrelated ? 'slow to change: a longer run would be surer' : `from ${formatCount(observations)}`,
  };
}

/** `41.2ms (39.9ms to 42.6ms)`, both ends in the same unit. */
export const estimateText = ({ value, low, high }: Estimate, unit: MeasureUnit): string =>
  `${figureText(value, unit)} (${sameUnit([low, high], unit).join(' to ')})`;
