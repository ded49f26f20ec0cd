import type { MutantFigures, MutantsReport, SmallFigures, StrategyFigures } from '../campaign/index.js';

/** The figures for people: a line for each mutant, then what is wrong. */
export function mutantsTable({ mutants, problems, maxRuns, complete, small }: MutantsReport): string {
  const strategies = mutants[0]?.strategies ?? [];
  const head = ['mutant', 'caught by', ...strategies.map(({ strategy }) => `runs, ${strategy}`), 'time', ...(small.finds === 0 ? [] : ['left'])];
  const rows = mutants.map((figures) => [figures.mutant, caughtBy(figures), ...figures.strategies.map(runsOf(maxRuns)), timeOf(figures.strategies), ...(small.finds === 0 ? [] : [leftOf(figures)])]);
  return [...aligned([head, ...rows]), '', ...smallWords(small), ...ending(mutants.length, problems, complete)].join('\n');
}

function caughtBy({ caught, caughtBy: invariants, caughtAloneBy }: MutantFigures): string {
  if (!caught) return 'NOT CAUGHT';
  return invariants.map((id) => (caughtAloneBy.includes(id) ? id : `(${id})`)).join(' ');
}

/** Faults and messages of the find that was made small. */
function leftOf({ small }: MutantFigures): string {
  return small === null ? '-' : `${small.faults} + ${small.messages}${small.complete ? '' : ' or less'}`;
}

function smallWords({ finds, medianFaults, medianMessages, p95Millis }: SmallFigures): string[] {
  if (finds === 0) return [];
  const seconds = ((p95Millis ?? 0) / 1000).toFixed(1);
  return [`Left: faults + messages of the quickest find when it is made small; in the median ${medianFaults} + ${medianMessages}. 95 % took up to ${seconds}s.`];
}

/** Median and 95th percentile. */
function runsOf(maxRuns: number): (figures: StrategyFigures) => string {
  const words = (runs: number | null): string => (runs === null ? `>${maxRuns}` : String(runs));
  return ({ medianRuns, p95Runs }) => `${words(medianRuns)} / ${words(p95Runs)}`;
}

function timeOf(strategies: readonly StrategyFigures[]): string {
  const times = strategies.flatMap(({ medianMillis }) => (medianMillis === null ? [] : [medianMillis]));
  return times.length === 0 ? '-' : `${(Math.min(...times) / 1000).toFixed(1)}s`;
}

function ending(mutants: number, problems: readonly string[], complete: boolean): string[] {
  const legend = 'Caught by: in brackets what was never violated alone. Runs to the find: median / 95th percentile over the hunts. Time: the median of the quickest strategy, on this machine.';
  if (problems.length > 0) return [legend, '', ...problems];
  const all = complete ? ' Every invariant caught one that no other caught.' : '';
  return [legend, '', `${mutants === 1 ? 'The mutant was' : `All ${mutants} mutants were`} caught.${all}`];
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd());
}
