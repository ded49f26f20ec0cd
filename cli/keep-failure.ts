import { join } from 'node:path';
import type { FuzzFailure, ShrinkResult } from '../campaign/index.js';
import type { FuzzFailureFate } from '../reports/index.js';
import type { Scenario } from '../scenarios/index.js';
import { asOutputError } from './output-files.js';
import { AUTOMATIC_SHRINK_RUNS, commandOf, shrinkFailure, shrinkWords } from './shrink-failure.js';

export interface KeepOptions {
  /** Null when nothing is to be written. */
  readonly folder: { readonly folder: string; readonly shownAs: string } | null;
  readonly mutants: readonly string[];
  readonly isShrunk: boolean;
  readonly signal: AbortSignal;
}

/** Makes a failure small and writes it down. One that came from the corpus is there already. */
export async function keepFailure(failure: FuzzFailure, options: KeepOptions): Promise<FuzzFailureFate> {
  const { mutants } = options;
  if (failure.file !== null) return { file: failure.file, shrunk: null, replay: commandOf(failure.file, mutants) };
  const smaller = options.isShrunk && !options.signal.aborted ? await tryToShrink(failure, options) : null;
  const written = await write(failure, smaller, options);
  return { file: written, shrunk: smaller === null ? null : shrinkWords(smaller), replay: written === null ? null : commandOf(written, mutants) };
}

/** Writes a failure down as it was found, so that nothing that comes after can lose it; {@link keepFailure} writes the small one over it. */
export async function keepAsFound(failure: FuzzFailure, { folder }: Pick<KeepOptions, 'folder'>): Promise<void> {
  if (failure.file === null) await write(failure, null, { folder });
}

/** Null when it cannot be made smaller; it is kept as it is then. */
async function tryToShrink({ run, failure }: FuzzFailure, { mutants, signal }: KeepOptions): Promise<ShrinkResult | null> {
  const smaller = await shrinkFailure(run.scenario, { seed: run.seed, mutants, failure, signal, limits: { runs: AUTOMATIC_SHRINK_RUNS } });
  return typeof smaller === 'string' ? null : smaller;
}

async function write({ key, failure, run }: FuzzFailure, smaller: ShrinkResult | null, { folder }: Pick<KeepOptions, 'folder'>): Promise<string | null> {
  if (folder === null) return null;
  const { failureFileName, writeCorpusFile } = await import('../campaign/index.js');
  const { scenarioYaml } = await import('../scenarios/index.js');
  const name = failureFileName(failure.invariant, key);
  const asFound: Scenario = { ...run.scenario, seed: run.seed };
  const text = smaller?.yaml ?? scenarioYaml(asFound, { header: [`Found by fuzzing ${run.scenario.name}: breaks ${failure.invariant}. Not made smaller.`] });
  try {
    await writeCorpusFile(folder.folder, name, text);
    return join(folder.shownAs, name);
  } catch (error) {
    throw asOutputError(folder.shownAs, error);
  }
}
