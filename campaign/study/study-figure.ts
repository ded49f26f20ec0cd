import { type Aggregate, evaluate, findMeasure, type MeasuresResult, type MeasureUnit, MEASURES, unitOf } from '../../measures/index.js';
import { nearest } from '../../scenarios/index.js';
import { StudyError } from './errors.js';

/** A figure that runs are compared by, such as `p99(endToEnd)`. */
export interface StudyFigure {
  /** `p99(endToEnd)`; a rate or a count that stands alone: `throughput`. */
  readonly name: string;
  readonly aggregate: Aggregate;
  readonly measure: string;
  readonly unit: MeasureUnit;
  /** Null: neither is better. */
  readonly better: 'lower' | 'higher' | null;
}

/** Counts of which more is better, and of which neither is; of all others less is better. */
const MORE_IS_BETTER: ReadonlySet<string> = new Set(['throughput', 'sendRate', 'deliveryRate', 'acknowledged', 'handled', 'effects', 'send-ok', 'accepted']);
const NEITHER: ReadonlySet<string> = new Set(['offered', 'sent', 'inFlight', 'delayed', 'leased', 'delivered', 'receives', 'polls', 'empty-receives', 'faults', 'redriven', 'lease-extended', 'suppressed-effects', 'syncs', 'recoveries', 'lease-released', 'negatively-acknowledged']);

const FORM = /^\s*(?:([\w-]+)\s*\(\s*([\w-]+)\s*\)|([\w-]+))\s*$/;

/**
 * Reads `p99(endToEnd)`, or `throughput` and `duplicates` alone.
 *
 * @throws StudyError
 */
export function parseFigure(text: string): StudyFigure {
  const [, given, inner, alone] = FORM.exec(text) ?? [];
  const measure = inner ?? alone ?? '';
  const definition = findMeasure(measure);
  if (definition === null) {
    const near = nearest(measure, MEASURES.map(({ name }) => name));
    throw new StudyError('QL_STUDY_MEASURE', `"${text}" is no figure: "${measure}" is not measured.${near === null ? ' Write p99(endToEnd), throughput or ratio(redelivered).' : ` Did you mean ${near}?`}`);
  }
  const own = definition.family === 'rate' ? 'rate' : definition.family === 'count' ? 'count' : '';
  const aggregate = definition.aggregates.find((known) => known === (given ?? own));
  if (aggregate === undefined) {
    throw new StudyError('QL_STUDY_MEASURE', `"${text}" is no figure: of ${measure} there are ${definition.aggregates.map((known) => `${known}(${measure})`).join(', ')}.`);
  }
  return figureOf(measure, aggregate, definition.family);
}

function figureOf(measure: string, aggregate: Aggregate, family: Parameters<typeof unitOf>[0]): StudyFigure {
  const isAlone = aggregate === 'rate' || (aggregate === 'count' && family === 'count');
  return {
    name: isAlone ? measure : `${aggregate}(${measure})`, aggregate, measure, unit: unitOf(family, aggregate),
    better: NEITHER.has(measure) || (aggregate === 'count' && family === 'latency') ? null : MORE_IS_BETTER.has(measure) ? 'higher' : 'lower',
  };
}

/** What runs are compared by when nothing else is said. */
export const USUAL_FIGURES: readonly StudyFigure[] = [
  'throughput', 'mean(endToEnd)', 'p50(endToEnd)', 'p90(endToEnd)', 'p99(endToEnd)', 'p999(endToEnd)', 'max(endToEnd)', 'p99(send)', 'p99(queueWait)', 'mean(handling)',
  'mean(backlog)', 'max(backlog)', 'ratio(redelivered)', 'duplicates', 'duplicate-effects', 'dead-lettered', 'send-failed', 'send-unknown', 'dropped',
].map(parseFigure);

/** The figure of a run; null when nothing was measured. */
export function valueOf(measures: MeasuresResult, { aggregate, measure }: Pick<StudyFigure, 'aggregate' | 'measure'>): number | null {
  return evaluate(measures, { aggregate, measure, operator: '<', limit: 0 }).value;
}
