import { MUTANTS } from '../../engine/index.js';
import { INVARIANTS } from '../../invariants/index.js';
import { VERSION } from '../../scenarios/index.js';
import type { HuntOutcome, HuntTask, SmallFind } from './hunt-task.js';
import type { MutantFigures, MutantsReport, SmallFigures, StrategyFigures } from './mutants-report.js';

/** A hunt that is over. */
export interface FinishedHunt {
  readonly task: HuntTask;
  readonly outcome: HuntOutcome;
}

/** Hunts that were done once more. */
export interface FurtherHunts {
  /** Those that made a find small. */
  readonly shrunk?: readonly FinishedHunt[];
  /** Those for a run that breaks one promise only: see {@link aloneTasks}. */
  readonly alone?: readonly FinishedHunt[];
}

/** Makes a report of all hunts, mutants in the order in which they come first. */
export function summarise(hunts: readonly FinishedHunt[], maxRuns: number, { shrunk = [], alone = [] }: FurtherHunts = {}): MutantsReport {
  const names = [...new Set(hunts.map(({ task }) => task.mutant))];
  const mutants = names.map((name) => figuresOf(of(name, hunts), of(name, alone), smallOf(name, shrunk)));
  const complete = MUTANTS.every(({ name }) => names.includes(name));
  const problems = [...mutants.flatMap((figures) => problemOf(figures, maxRuns)), ...(complete ? idleInvariants(mutants) : [])];
  return { schema: 'queuelab/mutants/1', version: VERSION, maxRuns, complete, mutants, small: smallFigures(mutants), problems };
}

const of = (name: string, hunts: readonly FinishedHunt[]): FinishedHunt[] => hunts.filter(({ task }) => task.mutant === name);

const smallOf = (name: string, shrunk: readonly FinishedHunt[]): SmallFind | null => shrunk.find(({ task }) => task.mutant === name)?.outcome.small ?? null;

function figuresOf(hunts: readonly FinishedHunt[], alone: readonly FinishedHunt[], small: SmallFind | null): MutantFigures {
  const { mutant, invariant } = hunts[0]!.task;
  const finds = findsOf(hunts);
  const strategies = [...new Set(hunts.map(({ task }) => task.strategy))];
  return {
    mutant,
    invariant,
    caught: finds.length > 0,
    caughtBy: byFrequency(finds.flatMap(({ violated }) => violated)),
    caughtAloneBy: byFrequency([...finds, ...findsOf(alone)].flatMap(({ violated }) => (violated.length === 1 ? violated : []))),
    strategies: strategies.map((strategy) => strategyFigures(hunts.filter(({ task }) => task.strategy === strategy))),
    small,
    fault: hunts.map(({ outcome }) => outcome.fault).find((fault) => fault !== null) ?? null,
  };
}

const findsOf = (hunts: readonly FinishedHunt[]): HuntOutcome[] => hunts.map(({ outcome }) => outcome).filter(({ found }) => found);

function smallFigures(mutants: readonly MutantFigures[]): SmallFigures {
  const finds = mutants.flatMap(({ small }) => (small === null ? [] : [small]));
  return {
    finds: finds.length,
    medianFaults: quantile(finds.map(({ faults }) => faults), 0.5),
    medianMessages: quantile(finds.map(({ messages }) => messages), 0.5),
    p95Millis: quantile(finds.map(({ millis }) => millis), 0.95),
  };
}

function byFrequency(ids: readonly string[]): string[] {
  const count = (id: string): number => ids.filter((other) => other === id).length;
  return [...new Set(ids)].sort((left, right) => count(right) - count(left) || (left < right ? -1 : 1));
}

function strategyFigures(hunts: readonly FinishedHunt[]): StrategyFigures {
  const outcomes = hunts.map(({ outcome }) => outcome);
  const runs = outcomes.map(({ found, runs: count }) => (found ? count : Infinity));
  const millis = outcomes.map(({ found, millis: time }) => (found ? time : Infinity));
  return {
    strategy: hunts[0]!.task.strategy,
    hunts: hunts.length,
    found: outcomes.filter(({ found }) => found).length,
    medianRuns: quantile(runs, 0.5),
    p95Runs: quantile(runs, 0.95),
    medianMillis: quantile(millis, 0.5),
  };
}

/** The smallest value that at least this share of all do not exceed; null when that is no number. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((left, right) => left - right);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Infinity;
  return value === Infinity ? null : value;
}

function problemOf({ mutant, invariant, caught, strategies, fault }: MutantFigures, maxRuns: number): string[] {
  if (caught) return fault === null ? [] : [`The mutant ${mutant}: ${fault}.`];
  const hunts = strategies.reduce((sum, figures) => sum + figures.hunts, 0);
  const why = fault === null ? '' : ` What came in the way: ${fault}.`;
  return [`The mutant ${mutant} was not caught, by ${invariant} or another, in ${hunts} ${hunts === 1 ? 'hunt' : 'hunts'} of up to ${maxRuns} runs.${why}`];
}

function idleInvariants(mutants: readonly MutantFigures[]): string[] {
  return INVARIANTS.filter(({ id }) => !mutants.some(({ caughtAloneBy }) => caughtAloneBy.includes(id)))
    .map(({ id }) => `No mutant was caught by ${id} alone: nothing shows that the judge needs it.`);
}
