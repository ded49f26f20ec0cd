import { basename, dirname, join, resolve } from 'node:path';
import type { CheckPlan, CheckResult, ShrinkResult, ShrinkRuns, SmallestFailure } from '../campaign/index.js';
import type { RunResult, Scenario } from '../scenarios/index.js';
import type { CommandContext } from './commands/command.js';
import { asOutputError } from './output-files.js';
import type { Output } from './output.js';
import { AUTOMATIC_SHRINK_RUNS, commandOf, SHRINK_MILLIS, SHRINK_TIME, shrinkFailure, shrinkWords } from './shrink-failure.js';
import { tokenCommand } from './token-command.js';
import { shrinkTrouble, troubleWords } from './shrink-trouble.js';

export interface ShrinkCheckOptions {
  readonly plan: CheckPlan;
  readonly check: CheckResult;
  readonly mutants: readonly string[];
  /** Whether each run is made twice. Default false. */
  readonly verify?: boolean;
  /** Real time that one run may take, in milliseconds. */
  readonly runMillis: number;
  /** Real time after which none is begun. Default {@link SHRINK_MILLIS}. */
  readonly millis?: number;
  /** Folder of `--out`; the smaller ones are printed as tokens without it. */
  readonly out: string | undefined;
  /** Where text for people goes; null for none. */
  readonly text: Output | null;
  readonly context: CommandContext;
}

/** Failures that one check makes smaller; the command that does it is told of the others. */
const MAX_SHRUNK = 20;
/** Events that one failure may take beside its runs, so that what is found depends on no machine. */
const MAX_EVENTS = 20_000_000;
/** A run with more events than this is made smaller on demand only. */
const MAX_EVENTS_OF_RUN = 1_000_000;

/** A promise that is broken in a run, in a way of its own. */
interface Failed {
  readonly scenario: Scenario;
  readonly result: RunResult;
  readonly invariant: string;
  /** Whether it is what the run is told by. */
  readonly isFirst: boolean;
}

/** The check with what is left of its failures, and what to tell people of them. */
export interface ShrunkCheck {
  readonly check: CheckResult;
  readonly lines: readonly string[];
  /** What failed meanwhile, to be thrown when all reports are written; null for nothing. The failures concerned are left as they are. */
  readonly trouble: Error | null;
}

/** For each promise that is broken, in each way in which it is, makes the first run that shows it as small as it can be, and writes it down. */
export async function shrinkCheck(options: ShrinkCheckOptions): Promise<ShrunkCheck> {
  const { check, plan, out, text, millis = SHRINK_MILLIS, runMillis, verify = false, context } = options;
  if (out === undefined && text === null) return { check, lines: [], trouble: null };
  const { ShrinkPool } = await import('../campaign/index.js');
  const { kinds, others } = await kindsOf(check, plan);
  const lines = await Promise.all(others.map(async ({ scenario, result }) => `${scenario.name}, seed ${result.seed}, is left as it is: ${await reasonOf(result)}`));
  if (kinds.length > 0) text?.line(announcement(kinds.length));
  const nameOf = await namesIn(options);
  const end = performance.now() + millis;
  const smallest = new Map<RunResult, SmallestFailure[]>();
  let trouble: Error | null = null;
  const runs = new ShrinkPool({ runMillis, verify, signal: context.interrupt });
  for (const [index, failed] of kinds.entries()) {
    const left = performance.now() >= end ? `the ${SHRINK_TIME} that all of them may take are over` : reasonToLeave(index, failed.result, context);
    if (left === null) {
      try {
        lines.push(...await shrinkOne(failed, nameOf(failed), smallest, { ...options, runs }));
      } catch (error) {
        const own = shrinkTrouble({ file: failed.scenario.file, seed: failed.result.seed }, error);
        trouble ??= own;
        lines.push(`${subjectOf(failed)} is left as it is: ${troubleWords(own)}`);
      }
    } else lines.push(`${subjectOf(failed)} is not made smaller (${left}): ${shrinkCommand(failed)} does it.`);
  }
  await runs.close();
  return { check: withSmallest(check, smallest), lines, trouble };
}

function announcement(kinds: number): string {
  const what = kinds === 1 ? 'the failure' : `${Math.min(kinds, MAX_SHRUNK)} failures`;
  return `Making ${what} as small as can be${kinds === 1 ? '' : `, none begun after ${SHRINK_TIME}`}; --no-shrink leaves that out.`;
}

const subjectOf = ({ scenario, result, invariant, isFirst }: Failed): string => `${isFirst ? '' : `${invariant} of `}${scenario.name}, seed ${result.seed},`;

/** Of a run that breaks several promises each has a file of its own. */
async function namesIn({ plan, out }: ShrinkCheckOptions): Promise<(failed: Failed) => string> {
  const { runFileNames } = await import('../campaign/index.js');
  const folder = out === undefined ? '' : join(out, 'smallest');
  return ({ scenario, result, invariant, isFirst }) => runFileNames(plan.scenarios, folder, isFirst ? 'yaml' : `${invariant}.yaml`)(scenario, result.seed);
}

function reasonToLeave(index: number, { run }: RunResult, { interrupt }: CommandContext): string | null {
  if (index >= MAX_SHRUNK) return `${MAX_SHRUNK} are enough for one check`;
  if (run.events > MAX_EVENTS_OF_RUN) return 'the run is long';
  return interrupt.aborted ? 'interrupted' : null;
}

function withSmallest(check: CheckResult, found: ReadonlyMap<RunResult, readonly SmallestFailure[]>): CheckResult {
  const scenarios = check.scenarios.map((scenario) => ({
    ...scenario,
    failures: scenario.failures.map((failure) => {
      const [smallest, ...smallestOfOthers] = found.get(failure.result) ?? [];
      return smallest === undefined ? failure : { ...failure, smallest, ...(smallestOfOthers.length === 0 ? {} : { smallestOfOthers }) };
    }),
  }));
  return { ...check, scenarios };
}

interface Kinds {
  /** The first of each kind over all runs, those of a promise of which there is none before first. */
  readonly kinds: readonly Failed[];
  /** Failing runs of which no smaller one can be found. */
  readonly others: readonly Pick<Failed, 'scenario' | 'result'>[];
}

async function kindsOf({ scenarios }: CheckResult, plan: CheckPlan): Promise<Kinds> {
  const { failureKey, failuresOf } = await import('../campaign/index.js');
  const checked = [...new Set(plan.scenarios)];
  const known = new Set<string>();
  const kinds: { readonly failed: Failed; readonly rank: number }[] = [];
  const others: Pick<Failed, 'scenario' | 'result'>[] = [];
  for (const [index, { failures }] of scenarios.entries()) {
    const scenario = checked[index]!;
    for (const { result } of failures) {
      const ways = failuresOf({ scenario, result });
      if (ways.length === 0) others.push({ scenario, result });
      for (const [place, way] of ways.entries()) {
        const key = `${index} ${failureKey(way)}`;
        const rank = kinds.filter(({ failed }) => failed.scenario === scenario && failed.invariant === way.invariant).length;
        if (!known.has(key)) kinds.push({ failed: { scenario, result, invariant: way.invariant, isFirst: place === 0 }, rank });
        known.add(key);
      }
    }
  }
  return { kinds: kinds.sort((left, right) => left.rank - right.rank).map(({ failed }) => failed), others };
}

async function reasonOf(result: RunResult): Promise<string> {
  const { whyNotShrinkable } = await import('../campaign/index.js');
  return whyNotShrinkable(result);
}

/** Notes what is left in `smallest`, and answers what to tell people. */
async function shrinkOne(failed: Failed, file: string, smallest: Map<RunResult, SmallestFailure[]>, { mutants, runs, out, context }: ShrinkCheckOptions & { readonly runs: ShrinkRuns }): Promise<string[]> {
  const { scenario, result, isFirst } = failed;
  const { seed, run } = result;
  const limits = { runs: Math.max(10, Math.min(AUTOMATIC_SHRINK_RUNS, Math.floor(MAX_EVENTS / run.events))) };
  const smaller = await shrinkFailure(scenario, { seed, mutants, limits, runs, signal: context.interrupt, ...(isFirst ? {} : { promise: failed.invariant }) });
  if (typeof smaller === 'string') return [`${subjectOf(failed)} is left as it is: ${smaller}`];
  if (out !== undefined) await write(resolve(context.cwd, file), file, smaller);
  const { command: replay, condition } = out === undefined ? await tokenCommand(smaller, mutants) : { command: commandOf(file, mutants), condition: '' };
  const { failure: { invariant }, after: { faults, messages } } = smaller;
  smallest.set(result, [...(smallest.get(result) ?? []), { invariant, file: out === undefined ? null : file, replay, faults, messages }]);
  const told = `${invariant} of ${scenario.name}, seed ${seed}, made smaller: ${shrinkWords(smaller)}.`;
  const again = `  run it again${condition}  ${replay}`;
  return out === undefined ? [told, again, `  as a file     ${shrinkCommand(failed)} --out FILE`] : [told, `Wrote ${file}.`, again];
}

async function write(path: string, shown: string, { yaml }: ShrinkResult): Promise<void> {
  const { writeCorpusFile } = await import('../campaign/index.js');
  try {
    await writeCorpusFile(dirname(path), basename(path), yaml);
  } catch (error) {
    throw asOutputError(shown, error);
  }
}

/** It takes the flags that a run takes. */
const shrinkCommand = ({ result: { replay }, invariant, isFirst }: Failed): string =>
  `${replay.replace('npx queuelab run ', 'npx queuelab shrink ')}${isFirst ? '' : ` --promise ${invariant}`}`;
