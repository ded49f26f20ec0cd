import type { HuntTask } from './hunt-task.js';
import type { FinishedHunt } from './summarise.js';

/** For each mutant that was caught its quickest hunt once more, to make the find small. */
export function shrinkTasks(hunts: readonly FinishedHunt[], shrinkRuns: number): HuntTask[] {
  const quickest = new Map<string, FinishedHunt>();
  for (const hunt of hunts) {
    const known = quickest.get(hunt.task.mutant);
    if (hunt.outcome.found && (known === undefined || hunt.outcome.runs < known.outcome.runs)) quickest.set(hunt.task.mutant, hunt);
  }
  return [...quickest.values()].map(({ task }) => ({ ...task, shrinkRuns }));
}
