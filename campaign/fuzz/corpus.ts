import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadScenario, type Scenario, ScenarioError, scenarioYaml } from '../../scenarios/index.js';
import type { CorpusRun } from './fuzz.js';
import type { GroundRun } from './ground-keeper.js';

/** Files of one corpus at most; what is beyond is not replayed, and said so. */
const MAX_FILES = 2_000;

/** A corpus folder as it was found. */
export interface Corpus {
  /** Failures first, then ground, each in the order of their names. */
  readonly runs: readonly CorpusRun[];
  /** Files that cannot be used; the others can. */
  readonly broken: readonly ScenarioError[];
  /** Files beyond the limit, the last by name, which were not read. */
  readonly omitted: number;
}

/**
 * Reads a corpus folder: scenario files that earlier fuzzing wrote, or people. A folder that is not there is an empty corpus; a
 * broken file is told and keeps nothing else from being replayed.
 *
 * @throws the error of the system when there is something else in the place of the folder, or it cannot be read
 */
export function readCorpus(folder: string, shownAs = folder, maxFiles = MAX_FILES): Corpus {
  const runs: CorpusRun[] = [];
  const broken: ScenarioError[] = [];
  const names = fileNames(folder);
  for (const name of names.slice(0, maxFiles)) {
    try {
      runs.push({ file: join(shownAs, name), scenario: loadScenario(join(folder, name), { name: join(shownAs, name) }) });
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      broken.push(error);
    }
  }
  return { runs, broken, omitted: Math.max(0, names.length - maxFiles) };
}

function fileNames(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

const HASH_DIGITS = 10;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);

/** The name of the file for a sort of failure: the same sort has the same name, so that a corpus holds one of each. */
export const failureFileName = (invariant: string, key: string): string => `failure-${invariant}-${hashOf(key)}.yaml`;

/** A run that reached new ground, as a file: its schedule is explicit, its workload is drawn from its seed. */
export function groundFile({ run, fresh }: GroundRun): { readonly name: string; readonly text: string } {
  const scenario: Scenario = { ...run.scenario, seed: run.seed };
  const text = scenarioYaml(scenario, {
    header: [`A run that was the first to reach ${fresh} meeting ${fresh === 1 ? 'point' : 'points'}. \`queuelab fuzz\` does it again before it draws new ones.`],
  });
  return { name: `ground-${hashOf(text)}.yaml`, text };
}

/** Writes a file of a corpus whole or not at all. */
export async function writeCorpusFile(folder: string, name: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const unfinished = join(folder, `.${name}.${process.pid}.tmp`);
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, join(folder, name));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
