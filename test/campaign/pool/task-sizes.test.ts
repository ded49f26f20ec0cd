import { describe, expect, it } from 'vitest';
import { TaskSizes } from '../../../campaign/pool/task-sizes.js';
import { aScenario } from '../../scenarios/a-scenario.js';

const scenario = aScenario({});

/** The sizes that tasks of runs which all take so long come to have, one after the other. */
function sizes(runMillis: number, tasks: number): number[] {
  const known = new TaskSizes();
  return Array.from({ length: tasks }, () => {
    const size = known.of(scenario);
    known.learn(scenario, size, size * runMillis);
    return size;
  });
}

describe('the size of a task', () => {
  it('doubles until a task of short runs takes a twentieth of a second', () => {
    expect(sizes(5, 6)).toEqual([1, 2, 4, 8, 10, 10]);
  });

  it('stays at one for long runs, and has a limit for the shortest', () => {
    expect(sizes(400, 3)).toEqual([1, 1, 1]);
    expect(sizes(0.01, 7).at(-1)).toBe(16);
  });

  it('shrinks when runs grow long, and is each scenario\'s own', () => {
    const known = new TaskSizes();
    for (const size of [1, 2, 4]) known.learn(scenario, size, size);
    expect([known.of(scenario), known.of(aScenario({}))]).toEqual([8, 1]);
    known.learn(scenario, 8, 400);
    expect(known.of(scenario)).toBe(1);
  });
});
