import { basename, dirname, join, resolve } from 'node:path';
import type { CheckPlan, CheckResult, ShrinkResult, SmallestFailure } from '../campaign/index.js';
import type { RunResult, Scenario } from '../scenarios/index.js';
import type { CommandContext } from './commands/command.js';
import { asOutputError } from './output-files.js';
import type { Output } from './output.js';
import { AUTOMATIC_SHRINK_RUNS, commandOf, shrinkFailure, shrinkWords } from './shrink-failure.js';
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

/** The check with what is left of its failures, and what to tell people of them. */
export interface ShrunkCheck {
  readonly check: CheckResult;
  readonly lines: readonly string[];
  /** What failed meanwhile, to be thrown when all reports are written; null for nothing. The failures concerned are left as they are. */
  readonly trouble: Error | null;
}

/** Makes the first failure of each kind as small as it can be and writes it down. */
export async function shrinkCheck(options: ShrinkCheckOptions): Promise<ShrunkCheck> {
  const { check, plan, out, text, context } = options;
  if (out === undefined && text === null) return { check, lines: [], trouble: null };
  const { runFileNames } = await import('../campaign/index.js');
  const nameOf = runFileNames(plan.scenarios, out === undefined ? '' : join(out, 'smallest'), 'yaml');
  const { kinds, others } = await kindsOf(check, plan);
  const lines: string[] = [];
  let trouble: Error | null = null;
  const smallest = new Map<RunResult, SmallestFailure>();
  for (const { scenario, result } of others) lines.push(`${scenario.name}, seed ${result.seed}, is left as it is: ${await reasonOf(result)}`);
  if (kinds.length > 0) text?.line(`Making ${kinds.length === 1 ? 'the failure' : `${Math.min(kinds.length, MAX_SHRUNK)} failures`} as small as can be; --no-shrink leaves that out.`);
  for (const [index, failed] of kinds.entries()) {
    const { scenario, result } = failed;
    const left = reasonToLeave(index, result, context);
    if (left === null) {
      try {
        lines.push(...await shrinkOne(failed, nameOf(scenario, result.seed), smallest, options));
      } catch (error) {
        const own = shrinkTrouble({ file: scenario.file, seed: result.seed }, error);
        trouble ??= own;
        lines.push(`${scenario.name}, seed ${result.seed}, is left as it is: ${troubleWords(own)}`);
      }
    } else lines.push(`${scenario.name}, seed ${result.seed}, is not made smaller (${left}): ${shrinkCommand(result)} does it.`);
  }
  lines.push(...brokenToo(check, smallest));
  return { check: withSmallest(check, smallest), lines, trouble };
}

/** Of a run that breaks several promises one is made smaller: the command that does the others. */
function brokenToo({ scenarios }: CheckResult, smallest: ReadonlyMap<RunResult, SmallestFailure>): string[] {
  return scenarios.flatMap(({ scenario, failures }) => {
    const done = new Set(failures.map(({ result }) => smallest.get(result)?.invariant));
    if (failures.every(({ result }) => !smallest.has(result))) return [];
    return failures.flatMap(({ causes, result }) => result.verdicts
      .filter(({ invariant, first }) => causes.includes(invariant) && first !== null && !done.has(invariant))
      .map(({ invariant }) => `${invariant} of ${scenario.name}, seed ${result.seed}, was broken too: ${shrinkCommand(result)} --promise ${invariant} makes that smaller.`));
  });
}

function reasonToLeave(index: number, { run }: RunResult, { interrupt }: CommandContext): string | null {
  if (index >= MAX_SHRUNK) return `${MAX_SHRUNK} are enough for one check`;
  if (run.events > MAX_EVENTS_OF_RUN) return 'the run is long';
  return interrupt.aborted ? 'interrupted' : null;
}

function withSmallest(check: CheckResult, smallest: ReadonlyMap<RunResult, SmallestFailure>): CheckResult {
  const scenarios = check.scenarios.map((scenario) => ({
    ...scenario,
    failures: scenario.failures.map((failure) => {
      const found = smallest.get(failure.result);
      return found === undefined ? failure : { ...failure, smallest: found };
    }),
  }));
  return { ...check, scenarios };
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

/** Notes what is left in `smallest`, and answers what to tell people. */
async function shrinkOne({ scenario, result }: Failed, file: string, smallest: Map<RunResult, SmallestFailure>, { mutants, runMillis, verify = false, out, context }: ShrinkCheckOptions): Promise<string[]> {
  const { seed, run } = result;
  const runs = Math.max(10, Math.min(AUTOMATIC_SHRINK_RUNS, Math.floor(MAX_EVENTS / run.events)));
  const smaller = await shrinkFailure(scenario, { seed, mutants, limits: { runs }, runMillis, verify, signal: context.interrupt });
  if (typeof smaller === 'string') return [`${scenario.name}, seed ${seed}, is left as it is: ${smaller}`];
  if (out !== undefined) await write(resolve(context.cwd, file), file, smaller);
  const { command: replay, condition } = out === undefined ? await tokenCommand(smaller, mutants) : { command: commandOf(file, mutants), condition: '' };
  const { failure: { invariant }, after: { faults, messages } } = smaller;
  smallest.set(result, { invariant, file: out === undefined ? null : file, replay, faults, messages });
  const told = `${invariant} of ${scenario.name}, seed ${seed}, made smaller: ${shrinkWords(smaller)}.`;
  const again = `  run it again${condition}  ${replay}`;
  return out === undefined ? [told, again, `  as a file     ${shrinkCommand(result)} --out FILE`] : [told, `Wrote ${file}.`, again];
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
const shrinkCommand = ({ replay }: RunResult): string => replay.replace('npx queuelab run ', 'npx queuelab shrink ');
