import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure, FuzzFailure, ShrinkResult, ShrinkRuns } from '../campaign/index.js';
import type { FuzzFailureFate } from '../reports/index.js';
import type { Scenario } from '../scenarios/index.js';
import { asOutputError } from './output-files.js';
import { AUTOMATIC_SHRINK_RUNS, commandOf, shrinkFailure, shrinkWords } from './shrink-failure.js';
import { shrinkTrouble, troubleWords } from './shrink-trouble.js';

export interface KeepOptions {
  /** Null when nothing is to be written. */
  readonly folder: { readonly folder: string; readonly shownAs: string } | null;
  readonly mutants: readonly string[];
  readonly isShrunk: boolean;
  /** Makes the runs of that. */
  readonly runs: ShrinkRuns;
  /** Why it is left as it is, for people, where that is not what they asked for. Default null. */
  readonly whyNot?: string | null;
  readonly signal: AbortSignal;
  /** Where each sort of failure that this session has kept can be seen, by its key; what is kept here is added. Default: nothing is known. */
  readonly known?: Map<string, string>;
}

/** What became of a failure, and what failed meanwhile: to be thrown when everything is told; null for nothing. */
export interface KeptFailure {
  readonly fate: FuzzFailureFate;
  /** What is left of it; null when it was not made small. */
  readonly left: Failure | null;
  readonly trouble: Error | null;
}

/** Writes a failure down as it was found, so that nothing that comes after can lose it; {@link keepFailure} writes the small one over it. */
export async function keepAsFound(failure: FuzzFailure, { folder }: Pick<KeepOptions, 'folder'>): Promise<void> {
  if (failure.file === null) await write(failure, null, { folder });
}

/**
 * Makes a failure small and writes it down, unless it comes down to one that is kept: what else went wrong in a run tells apart what was found, but
 * not what is left of it. One that came from the corpus is there already.
 */
export async function keepFailure(failure: FuzzFailure, options: KeepOptions): Promise<KeptFailure> {
  const { mutants, known = new Map<string, string>() } = options;
  if (failure.file !== null) {
    known.set(failure.key, failure.file);
    return { fate: { file: failure.file, shrunk: null, replay: commandOf(failure.file, mutants), sameAs: null }, left: null, trouble: null };
  }
  const { smaller, trouble } = options.isShrunk && !options.signal.aborted ? await tryToShrink(failure, options) : { smaller: null, trouble: null };
  const shrunk = smaller !== null ? shrinkWords(smaller) : trouble !== null ? `no: ${troubleWords(trouble)}` : (options.whyNot ?? null);
  const { left, key } = await leftOf(failure, smaller);
  const sameAs = known.get(key) ?? null;
  try {
    const file = sameAs === null ? await write({ ...failure, key }, smaller, options) : null;
    if (key !== failure.key && !known.has(failure.key)) await forgetAsFound(failure, options);
    if (sameAs === null) known.set(key, file ?? `run ${failure.run.number}`);
    return { fate: { file, shrunk, replay: file === null ? null : commandOf(file, mutants), sameAs }, left, trouble };
  } catch (error) {
    return { fate: { file: null, shrunk, replay: null, sameAs: null }, left, trouble: trouble ?? shrinkTrouble(subjectOf(failure), error) };
  }
}

async function leftOf({ key }: FuzzFailure, smaller: ShrinkResult | null): Promise<{ readonly left: Failure | null; readonly key: string }> {
  if (smaller === null) return { left: null, key };
  const { corpusKey, failureOf } = await import('../campaign/index.js');
  const left = failureOf(smaller);
  return { left, key: left === null ? key : corpusKey(left) };
}

/** What is left of it has another name. */
async function forgetAsFound({ key, failure }: FuzzFailure, { folder }: KeepOptions): Promise<void> {
  if (folder === null) return;
  const { failureFileName } = await import('../campaign/index.js');
  await rm(join(folder.folder, failureFileName(failure.invariant, key)), { force: true });
}

const subjectOf = ({ run: { scenario: { file }, seed } }: FuzzFailure): { readonly file: string; readonly seed: string } => ({ file, seed });

interface Tried {
  /** Null when it cannot be made smaller; it is kept as it is then. */
  readonly smaller: ShrinkResult | null;
  readonly trouble: ReturnType<typeof shrinkTrouble> | null;
}

async function tryToShrink(found: FuzzFailure, { mutants, runs, signal }: KeepOptions): Promise<Tried> {
  const { run, failure } = found;
  try {
    const promise = await promiseOf(found);
    const smaller = await shrinkFailure(run.scenario, { seed: run.seed, mutants, failure, ...promise, signal, runs, limits: { runs: AUTOMATIC_SHRINK_RUNS } });
    return { smaller: typeof smaller === 'string' ? null : smaller, trouble: null };
  } catch (error) {
    return { smaller: null, trouble: shrinkTrouble(subjectOf(found), error) };
  }
}

/** It is said where the run breaks another promise first. */
async function promiseOf({ run: { scenario }, result, failure: { invariant } }: FuzzFailure): Promise<{ readonly promise?: string }> {
  const { failureOf } = await import('../campaign/index.js');
  return failureOf({ scenario, result })?.invariant === invariant ? {} : { promise: invariant };
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
