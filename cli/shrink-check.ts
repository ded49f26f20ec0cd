import { basename, dirname, join, resolve } from 'node:path';
import type { CheckPlan, CheckResult, ShrinkResult } from '../campaign/index.js';
import type { RunResult, Scenario } from '../scenarios/index.js';
import type { CommandContext } from './commands/command.js';
import { asOutputError } from './output-files.js';
import type { Output } from './output.js';
import { AUTOMATIC_SHRINK_RUNS, commandOf, shrinkFailure, shrinkWords } from './shrink-failure.js';

export interface ShrinkCheckOptions {
  readonly plan: CheckPlan;
  readonly check: CheckResult;
  readonly mutants: readonly string[];
  /** Folder of `--out`; the smaller ones are printed as tokens without it. */
  readonly out: string | undefined;
  /** Where text for people goes; null for none. */
  readonly text: Output | null;
  readonly context: CommandContext;
}

/** Failures that one check makes smaller; the command that does it is told of the others. */
const MAX_SHRUNK = 5;
/** Events that one failure may take beside its runs, so that what is found depends on no machine. */
const MAX_EVENTS = 20_000_000;
/** A run with more events than this is made smaller on demand only. */
const MAX_EVENTS_OF_RUN = 1_000_000;

/** A failure of its own kind. */
interface Failed {
  readonly scenario: Scenario;
  readonly result: RunResult;
}

/** Makes the first failure of each kind as small as it can be, writes it down, and says where it lies and how to see it again. */
export async function shrinkCheck(options: ShrinkCheckOptions): Promise<void> {
  const { check, plan, out, text, context } = options;
  if (out === undefined && text === null) return;
  const { runFileNames } = await import('../campaign/index.js');
  const nameOf = runFileNames(plan.scenarios, out === undefined ? '' : join(out, 'smallest'), 'yaml');
  const { kinds, others } = await kindsOf(check, plan);
  for (const { scenario, result } of others) text?.line(`${scenario.name}, seed ${result.seed}, is left as it is: ${await reasonOf(result)}`);
  if (kinds.length > 0) text?.line(`Making ${kinds.length === 1 ? 'the failure' : `${Math.min(kinds.length, MAX_SHRUNK)} failures`} as small as can be; --no-shrink leaves that out.`);
  for (const [index, failed] of kinds.entries()) {
    const { scenario, result } = failed;
    const left = index >= MAX_SHRUNK ? `${MAX_SHRUNK} are enough for one check` : result.run.events > MAX_EVENTS_OF_RUN ? 'the run is long' : context.interrupt.aborted ? 'interrupted' : null;
    if (left === null) await shrinkOne(failed, nameOf(scenario, result.seed), options);
    else text?.line(`${scenario.name}, seed ${result.seed}, is not made smaller (${left}): ${shrinkCommand(result)} does it.`);
  }
}

/** The first failure of each kind, over all scenarios; and those of which no smaller one can be found. */
async function kindsOf({ scenarios }: CheckResult, plan: CheckPlan): Promise<{ readonly kinds: Failed[]; readonly others: Failed[] }> {
  const { failureKey, failureOf } = await import('../campaign/index.js');
  const checked = [...new Set(plan.scenarios)];
  const known = new Set<string>();
  const kinds: Failed[] = [];
  const others: Failed[] = [];
  for (const [index, { failures }] of scenarios.entries()) {
    const scenario = checked[index]!;
    for (const { result } of failures) {
      const failure = failureOf({ scenario, result });
      const key = failure === null ? null : `${index} ${failureKey(failure)}`;
      if (key === null) others.push({ scenario, result });
      else if (!known.has(key)) kinds.push({ scenario, result });
      if (key !== null) known.add(key);
    }
  }
  return { kinds, others };
}

async function reasonOf(result: RunResult): Promise<string> {
  const { whyNotShrinkable } = await import('../campaign/index.js');
  return whyNotShrinkable(result);
}

async function shrinkOne({ scenario, result }: Failed, file: string, { mutants, out, text, context }: ShrinkCheckOptions): Promise<void> {
  const { seed, run } = result;
  const runs = Math.max(10, Math.min(AUTOMATIC_SHRINK_RUNS, Math.floor(MAX_EVENTS / run.events)));
  const smaller = await shrinkFailure(scenario, { seed, mutants, limits: { runs }, signal: context.interrupt });
  if (typeof smaller === 'string') {
    text?.line(`${scenario.name}, seed ${seed}, is left as it is: ${smaller}`);
    return;
  }
  text?.line(`${smaller.failure.invariant} of ${scenario.name}, seed ${seed}, made smaller: ${shrinkWords(smaller)}.`);
  if (out !== undefined) await write(resolve(context.cwd, file), file, smaller);
  for (const line of out === undefined ? [...await tokenLines(smaller, mutants), `  as a file     ${shrinkCommand(result)} --out FILE`] : [`Wrote ${file}.`, `  run it again  ${commandOf(file, mutants)}`]) text?.line(line);
}

async function write(path: string, shown: string, { yaml }: ShrinkResult): Promise<void> {
  const { writeCorpusFile } = await import('../campaign/index.js');
  try {
    await writeCorpusFile(dirname(path), basename(path), yaml);
  } catch (error) {
    throw asOutputError(shown, error);
  }
}

async function tokenLines({ yaml, result: { fingerprint } }: ShrinkResult, mutants: readonly string[]): Promise<string[]> {
  const { encodeToken } = await import('../campaign/index.js');
  const { VERSION } = await import('../scenarios/index.js');
  return [`  run it again  npx queuelab replay ${encodeToken({ source: yaml, mutants, fingerprint, version: VERSION })}`];
}

/** It takes the flags that a run takes. */
const shrinkCommand = ({ replay }: RunResult): string => replay.replace('npx queuelab run ', 'npx queuelab shrink ');
