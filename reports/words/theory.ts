import { type Estimate, estimateOf, findMeasure, unitOf } from '../../measures/index.js';
import type { RunResult, TheoryResult } from '../run-result.js';
import { figureText } from './figure-text.js';
import { latencyName } from './key-figures.js';

/** A figure of theory beside that of the run. */
export interface TheoryRow {
  readonly name: string;
  readonly theory: string;
  /** With its interval where there is one. */
  readonly simulated: string;
  /** Whether the interval holds what theory says; a dash without one. */
  readonly agreement: string;
}

const names: Readonly<Record<string, string>> = { backlog: 'waiting, mean', inFlight: 'in service, mean', throughput: 'throughput' };

export function theoryRows(result: RunResult): TheoryRow[] {
  return (result.theory?.figures ?? []).map((figure) => rowOf(result, figure));
}

function rowOf({ measures: { steadyState } }: RunResult, { measure, aggregate, value }: TheoryResult['figures'][number]): TheoryRow {
  const unit = unitOf(findMeasure(measure)!.family, aggregate as Parameters<typeof unitOf>[1]);
  const steady = steadyState?.measures[measure];
  const estimate = steady === undefined ? null : estimateOf(steady, aggregate);
  return {
    name: names[measure] ?? `${latencyName(measure)}, ${aggregate}`,
    theory: figureText(value, unit),
    simulated: estimate === null ? '-' : `${figureText(estimate.value, unit)} (${figureText(estimate.low, unit)} to ${figureText(estimate.high, unit)})`,
    agreement: estimate === null ? '-' : agreement(estimate, value),
  };
}

/** A few parts in a thousand are what theory leaves out. */
const LEFT_OUT = 0.005;

function agreement({ low, high, value: seen }: Estimate, value: number): string {
  if (low <= value && value <= high) return 'agrees';
  const off = (seen - value) / value;
  if (Math.abs(off) <= LEFT_OUT) return 'agrees within 0.5 %';
  return Number.isFinite(off) ? `off by ${off > 0 ? '+' : '−'}${Number(Math.abs(off * 100).toPrecision(2))} %` : 'differs';
}

/** What the table is about. */
export function theoryLead({ theory }: RunResult): string | null {
  if (theory === undefined) return null;
  const load = `${Number((theory.utilisation * 100).toPrecision(3))} %`;
  if (theory.utilisation >= 1) return `This is a queue that theory knows, ${theory.model}, at a load of ${load}: it has no steady state, and its backlog grows without end.`;
  return `This is a queue that theory knows, ${theory.model}, at a load of ${load}. Its closed forms leave out what the network, the broker's CPU and its disk take.`;
}
