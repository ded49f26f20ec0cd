import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { CheckPlan, CheckResult } from '../campaign/index.js';

export interface KeptHistories {
  /** As people are shown it. */
  readonly folder: string;
  readonly cwd: string;
}

/**
 * Takes away the histories that earlier checks kept of runs which hold now: they show what is no more. Answers how many; one that cannot be removed
 * stays.
 */
export async function removeOutdated({ scenarios }: CheckResult, plan: CheckPlan, { folder, cwd }: KeptHistories): Promise<number> {
  const there = new Set(namesIn(resolve(cwd, folder)));
  if (there.size === 0) return 0;
  const { runFileNames } = await import('../campaign/index.js');
  const nameOf = runFileNames(plan.scenarios, '', 'history.jsonl');
  const checked = [...new Set(plan.scenarios)];
  const held = scenarios.flatMap(({ runs }, index) => runs.filter(({ outcome }) => outcome === 'held').map(({ seed }) => basename(nameOf(checked[index]!, seed))));
  let removed = 0;
  for (const name of held.filter((one) => there.has(one))) {
    try {
      await rm(join(resolve(cwd, folder), name));
      removed += 1;
    } catch {
      // It is in nobody's way.
    }
  }
  return removed;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Where the histories of a check are, for people; nothing when there are none. */
export function historyLines({ scenarios }: CheckResult, removed: number, { folder }: Pick<KeptHistories, 'folder'>): string[] {
  const kept = scenarios.flatMap(({ runs }) => runs).filter(({ history }) => history !== null).length;
  return [
    ...(kept === 0 ? [] : [`Wrote the ${kept === 1 ? 'history of the run' : `histories of ${kept} runs`} that did not hold into ${folder}.`]),
    ...(removed === 0 ? [] : [`Took away ${removed === 1 ? 'the history of a run that holds' : `the histories of ${removed} runs that hold`} again.`]),
  ];
}
