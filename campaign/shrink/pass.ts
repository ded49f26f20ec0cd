import type { Scenario } from '../../scenarios/index.js';
import type { Aimed, Lead } from './lead.js';

/** Runs a smaller scenario. True when it fails the same way; it is then the one to go on with. */
export type Attempt = (candidate: Scenario) => Promise<boolean>;

/**
 * One way to make a scenario smaller. It tries candidates, in an order that follows from the scenario alone, and returns the last one
 * that failed the same way, or the scenario that it was given.
 */
export interface Pass {
  /** In lower case, for progress: `delete faults`. */
  readonly name: string;
  readonly run: (scenario: Scenario, attempt: Attempt, lead: Lead) => Promise<Scenario>;
}

/** Tries candidates one after the other, each made from the smallest so far; null says that there is nothing to try. */
export async function tryEach<Item>(
  scenario: Scenario, items: Iterable<Item>, attempt: Attempt, change: (scenario: Scenario, item: Item) => Scenario | null,
): Promise<Scenario> {
  let smallest = scenario;
  for (const item of items) {
    const candidate = change(smallest, item);
    if (candidate !== null && await attempt(candidate)) smallest = candidate;
  }
  return smallest;
}

/** The first candidate that fails the same way, or the scenario itself. */
export async function tryFirst(scenario: Scenario, candidates: Iterable<Scenario>, attempt: Attempt): Promise<Scenario> {
  for (const candidate of candidates) if (await attempt(candidate)) return candidate;
  return scenario;
}

/**
 * Tries a candidate, and when it does not fail the same way, with its fault where it meets what it met before. Answers what is to be done to
 * whatever further candidates are made from; null when none failed the same way.
 */
export async function attemptAimed(candidate: Scenario, attempt: Attempt, { aimed }: Lead): Promise<Aimed['move'] | null> {
  if (await attempt(candidate)) return (scenario) => scenario;
  for (const { candidate: other, move } of aimed(candidate)) if (await attempt(other)) return move;
  return null;
}
