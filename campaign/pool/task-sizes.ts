import type { Scenario } from '../../scenarios/index.js';

/** Real time that a task should take: handing one over costs a worker the better part of a millisecond, and interrupted, all of it is lost. */
const TASK_MILLIS = 50;
const MAX_RUNS = 16;

/** How many runs of a scenario go to a worker in one task: one at first, and more when they are found to be short. */
export class TaskSizes {
  readonly #sizes = new WeakMap<Scenario, number>();

  of(scenario: Scenario): number {
    return this.#sizes.get(scenario) ?? 1;
  }

  /** A task of so many runs took so long. */
  learn(scenario: Scenario, runs: number, millis: number): void {
    const fitting = Math.floor((TASK_MILLIS * runs) / millis);
    this.#sizes.set(scenario, Math.max(1, Math.min(fitting, 2 * runs, MAX_RUNS)));
  }
}
