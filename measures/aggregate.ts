import { formatMicros } from '../history/index.js';
import { type Aggregate, AGGREGATES, type CountName, countDefinitions, findMeasure, MEASURES, type MeasureUnit, unitOf } from './catalogue.js';
import { UnknownMeasureError } from './errors.js';
import type { Figures, LatencyFigures } from './result.js';

export type ThresholdOperator = '<' | '<=' | '>' | '>=' | '==';

/** `p99(endToEnd) < 50ms`, taken apart; the limit in the unit of {@link unitOf}. */
export interface Threshold {
  readonly aggregate: string;
  readonly measure: string;
  readonly operator: ThresholdOperator;
  readonly limit: number;
}

export interface ThresholdOutcome {
  /** The figure; null when nothing was measured. */
  readonly value: number | null;
  /** The figure as people read it. */
  readonly actual: string;
  /** False when nothing was measured: a threshold that nothing was held against is not met. */
  readonly met: boolean;
}

/**
 * Holds a threshold against the figures of a run.
 * @throws UnknownMeasureError when the measure or its aggregate does not exist.
 */
export function evaluate(measures: Figures, threshold: Threshold): ThresholdOutcome {
  const { measure, operator, limit } = threshold;
  const definition = findMeasure(measure);
  if (definition === null) throw new UnknownMeasureError(threshold.aggregate, measure, MEASURES.map(({ name }) => name));
  const aggregate = definition.aggregates.find((known) => known === threshold.aggregate);
  if (aggregate === undefined) throw new UnknownMeasureError(threshold.aggregate, measure, definition.aggregates);
  const value = figure(measures, aggregate, measure);
  if (value === null) return { value, actual: 'nothing measured', met: false };
  return { value, actual: formatFigure(value, unitOf(definition.family, aggregate)), met: comparisons[operator](value, limit) };
}

const comparisons: Readonly<Record<ThresholdOperator, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '==': (value, limit) => value === limit,
};

/** The operators that a threshold may use. */
export const THRESHOLD_OPERATORS = Object.keys(comparisons) as readonly ThresholdOperator[];

const latencyFields: Readonly<Record<Exclude<Aggregate, 'count' | 'rate' | 'ratio'>, keyof LatencyFigures & `${string}Micros`>> = {
  min: 'minMicros', mean: 'meanMicros', max: 'maxMicros', p50: 'p50Micros', p90: 'p90Micros', p95: 'p95Micros', p99: 'p99Micros', p999: 'p999Micros',
};

/** The aggregate of a measure, or null when there was nothing to aggregate. */
function figure(measures: Figures, aggregate: Aggregate, measure: string): number | null {
  const latency = measures.latencies[measure];
  switch (aggregate) {
    case 'rate':
      return measures.rates[measure] ?? null;
    case 'count':
      return latency?.count ?? measures.counts[measure] ?? null;
    case 'ratio':
      return ratio(measures, measure as CountName);
    default: {
      if (latency !== undefined) return latency.count === 0 ? null : latency[latencyFields[aggregate]];
      const gauge = measures.gauges[measure];
      return gauge === undefined ? null : gauge[aggregate === 'mean' ? 'mean' : 'max'];
    }
  }
}

function ratio(measures: Figures, measure: CountName): number | null {
  const base = countDefinitions[measure].of;
  const whole = base === null ? 0 : (measures.counts[base] ?? 0);
  return whole === 0 ? null : (measures.counts[measure] ?? 0) / whole;
}

/** A figure with its unit: `41.205ms`, `1234.5/s`, `3`, `0.0125`. */
export function formatFigure(value: number, unit: MeasureUnit): string {
  if (unit === 'micros') return formatMicros(value);
  if (unit === 'per-second') return `${short(value)}/s`;
  return short(value);
}

/** Whole numbers in full; others with one decimal from 100 up and four digits after the point below. */
function short(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toFixed(value >= 100 ? 1 : 4)));
}

/** True for a name that a threshold may use as its aggregate. */
export function isAggregate(name: string): name is Aggregate {
  return (AGGREGATES as readonly string[]).includes(name);
}
