import { resolve } from 'node:path';
import type { FinishedHunt, HuntOutcome, HuntTask, MutantsReport } from '../campaign/index.js';
import type { Scenario } from '../scenarios/index.js';
import { parseWorkers } from './check-arguments.js';
import type { CommandContext } from './commands/command.js';
import { UsageError } from './errors.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { loadScenarios } from './load-scenarios.js';
import { checkMutants } from './mutant-names.js';
import { mutantsTable } from './mutants-table.js';
import { codeForReader } from './output.js';
import { checkWritable } from './output-files.js';
import { parseRunTimeout } from './run-timeout.js';
import { selectScenarios } from './select-scenarios.js';
import { AUTOMATIC_SHRINK_RUNS } from './shrink-failure.js';

export interface MutantsArguments {
  readonly names: readonly string[] | undefined;
  readonly hunts: string;
  readonly runs: string;
  readonly strategy: string;
  readonly jobs: string | undefined;
  readonly runTimeout: string;
  readonly reporter: string | undefined;
  /** Whether finds are left as they are, and not made small. */
  readonly noShrink: boolean;
  readonly verify: boolean;
  readonly quiet: boolean;
}

const MAX_HUNTS = 1000;
const MAX_RUNS = 1_000_000;

/** Hunts the mutants that the arguments name and says how hard each was to find. */
export async function huntMutants(args: MutantsArguments, context: CommandContext): Promise<ExitCode> {
  const { aloneTasks, huntAll, shrinkTasks, summarise } = await import('../campaign/index.js');
  const names = args.names ?? [];
  await checkMutants(names, 'mutants');
  const plan = {
    names, hunts: whole('--hunts', args.hunts, MAX_HUNTS), maxRuns: whole('--runs', args.runs, MAX_RUNS), strategies: await strategies(args.strategy), verify: args.verify,
  };
  const workers = await parseWorkers(args.jobs);
  const runMillis = await parseRunTimeout(args.runTimeout);
  const file = jsonTarget(args.reporter, context.cwd);
  const tasks = await tasksOf(plan, context.cwd);
  const text = file === '' ? context.stderr : context.stdout;
  const outcomes = await huntAll(tasks, { workers, runMillis, signal: context.interrupt, onOutcome: args.quiet ? undefined : progress(tasks, context) });
  const finished = finishedOf(tasks, outcomes);
  const once = async (again: readonly HuntTask[]): Promise<FinishedHunt[]> =>
    finishedOf(again, await huntAll(again, { workers, runMillis, signal: context.interrupt, onOutcome: args.quiet ? undefined : progress(again, context) }));
  const alone = await once(names.length === 0 ? aloneTasks(finished) : []);
  const shrunk = await once(args.noShrink ? [] : shrinkTasks(finished, AUTOMATIC_SHRINK_RUNS));
  const report = summarise(finished, plan.maxRuns, { alone, shrunk });
  if (file !== null) await writeJson(report, file, context);
  if (!args.quiet) text.line(mutantsTable(report));
  return codeForReader(context.stdout, file !== null && file !== '', exitCode(report, [...finished, ...alone, ...shrunk], context));
}

const finishedOf = (tasks: readonly HuntTask[], outcomes: readonly (HuntOutcome | null)[]): FinishedHunt[] =>
  tasks.flatMap((task, index) => (outcomes[index] === null || outcomes[index] === undefined ? [] : [{ task, outcome: outcomes[index] }]));

function exitCode({ problems }: MutantsReport, hunts: readonly FinishedHunt[], { interrupt, stderr }: CommandContext): ExitCode {
  const unrepeatable = hunts.find(({ outcome }) => outcome.isUnrepeatable === true);
  if (unrepeatable !== undefined) {
    stderr.line(`queuelab: error[QL_REPLAY_UNREPEATABLE]: ${unrepeatable.outcome.fault ?? ''}`);
    return EXIT_CODES.internalFault;
  }
  if (interrupt.aborted) {
    stderr.line('Interrupted: the hunts that were over are reported.');
    return EXIT_CODES.interrupted;
  }
  return problems.length === 0 ? EXIT_CODES.ok : EXIT_CODES.promiseBroken;
}

interface Plan {
  readonly names: readonly string[];
  readonly hunts: number;
  readonly maxRuns: number;
  readonly strategies: readonly HuntTask['strategy'][];
  readonly verify: boolean;
}

/** By mutant, then by strategy, then by base seed. */
async function tasksOf({ names, hunts, maxRuns, strategies: chosen, verify }: Plan, cwd: string): Promise<HuntTask[]> {
  const { MUTANTS } = await import('../engine/index.js');
  const { huntingGroundOf } = await import('../campaign/index.js');
  const mutants = names.length === 0 ? MUTANTS : MUTANTS.filter(({ name }) => names.includes(name));
  const grounds = new Map<string, Scenario>();
  const tasks: HuntTask[] = [];
  for (const { name, invariant } of mutants) {
    const ground = huntingGroundOf(name);
    const key = JSON.stringify(ground);
    const scenario = grounds.get(key) ?? (await loadScenarios(await selectScenarios([ground.scenario], cwd), ground.set))[0]!;
    grounds.set(key, scenario);
    for (const strategy of chosen) {
      for (let number = 1; number <= hunts; number++) {
        tasks.push({ mutant: name, invariant, scenario, beyondContract: ground.beyondContract, strategy, baseSeed: String(number), maxRuns, ...(verify ? { verify } : {}) });
      }
    }
  }
  return tasks;
}

/** One line on standard error, drawn anew after each hunt; nothing when that is no terminal. */
function progress(tasks: readonly HuntTask[], { stderr }: CommandContext): ((task: HuntTask, outcome: HuntOutcome) => void) | undefined {
  if (!stderr.isTTY) return undefined;
  let done = 0;
  return ({ mutant, strategy }, { found, runs }) => {
    done++;
    const what = found ? `found after ${runs}` : 'not found';
    const line = `${done} of ${tasks.length} hunts: ${mutant}, ${strategy}, ${what}`.slice(0, stderr.columns - 1);
    stderr.write(`\r\u001B[2K${done === tasks.length ? '' : line}`);
  };
}

function whole(flag: string, given: string, most: number): number {
  const value = /^[0-9]+$/.test(given) ? Number(given) : 0;
  if (value < 1 || value > most) throw new UsageError(`${flag} ${given}: give a whole number from 1 to ${most}.`);
  return value;
}

async function strategies(given: string): Promise<readonly HuntTask['strategy'][]> {
  const { STRATEGY_NAMES } = await import('../campaign/index.js');
  const chosen = given === 'all' ? STRATEGY_NAMES : STRATEGY_NAMES.filter((name) => name === given);
  if (chosen.length === 0) throw new UsageError(`--strategy ${given}: there are ${STRATEGY_NAMES.join(', ')}, and all.`);
  return chosen;
}

/** The file of `--reporter json=file`; empty for standard output, null for no report. */
function jsonTarget(reporter: string | undefined, cwd: string): string | null {
  if (reporter === undefined) return null;
  if (reporter === 'json') return '';
  const file = /^json=(.+)$/.exec(reporter)?.[1];
  if (file === undefined) throw new UsageError(`--reporter ${reporter}: this command writes json, or json=file.`);
  const path = resolve(cwd, file);
  checkWritable(path);
  return path;
}

async function writeJson(report: MutantsReport, file: string, { stdout }: CommandContext): Promise<void> {
  const { writeFileAtomically } = await import('../reports/index.js');
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (file === '') stdout.write(text);
  else await writeFileAtomically(file, text);
}
