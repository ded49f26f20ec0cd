import { MUTANTS } from '../../engine/index.js';
import { INVARIANTS } from '../../invariants/index.js';
import type { HuntTask } from './hunt-task.js';
import type { FinishedHunt } from './summarise.js';

/**
 * A hunt ends with the first run that breaks anything, and that may break several promises at once. For each invariant that no find broke
 * alone, the hunts of the mutants made for it once more, for a run that breaks nothing else.
 */
export function aloneTasks(hunts: readonly FinishedHunt[]): HuntTask[] {
  const isIdle = (id: string): boolean => !hunts.some(({ outcome: { found, violated } }) => found && violated.join() === id);
  const idle = new Set<string>(INVARIANTS.filter(({ id }) => isIdle(id)).map(({ id }) => id));
  const madeForOne = new Set<string>(MUTANTS.filter(({ invariant, alsoCaughtBy = [] }) => idle.has(invariant) && alsoCaughtBy.length === 0).map(({ name }) => name));
  return hunts.map(({ task }) => task).filter(({ mutant }) => madeForOne.has(mutant)).map((task) => ({ ...task, alone: true }));
}
