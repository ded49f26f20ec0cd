import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import type { ShrinkResult, ShrinkStop } from '../../campaign/index.js';
import type { InvariantId } from '../../invariants/index.js';
import { RunFault, UsageError, UserError } from '../errors.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { checkMutants } from '../mutant-names.js';
import { checkWritable } from '../output-files.js';
import { readRun } from '../read-run.js';
import { ENDLESS_ADVICE, parseRunTimeout, RUN_TIMEOUTS } from '../run-timeout.js';
import { checkSeed } from '../seed.js';
import { tokenCommand } from '../token-command.js';
import { parseTimeLimit } from '../time-limit.js';
import { writeOutput } from '../write-output.js';
import type { CommandContext, CommandFactory } from './command.js';
import { withMutantFlag } from './mutant-flag.js';
import { withRunTimeoutFlag } from './run-timeout-flag.js';
import { withVerifyFlag } from './verify-flag.js';

interface ShrinkArguments {
  readonly input: string;
  readonly seed: string | undefined;
  readonly promise: string | undefined;
  readonly set: readonly string[];
  readonly out: string | undefined;
  readonly runs: string | undefined;
  readonly for: string | undefined;
  readonly runTimeout: string;
  readonly quiet: boolean;
  readonly mutant: readonly string[];
  readonly verify: boolean;
}

/** `queuelab shrink INPUT` */
export const shrinkCommand: CommandFactory<ShrinkArguments> = (context, begin) => ({
  command: 'shrink <input>',
  describe: 'make a failing run as small as it can be, and write it as a scenario',
  builder: (yargs) =>
    withVerifyFlag(withMutantFlag(
      withRunTimeoutFlag(yargs, RUN_TIMEOUTS.check)
        .positional('input', { type: 'string', demandOption: true, describe: 'a scenario, a file of results (the first that is broken), or a recorded run' })
        .option('seed', { type: 'string', requiresArg: true, describe: "seed of the failing run; by default the input's own" })
        .option('promise', { type: 'string', requiresArg: true, describe: 'the broken promise to keep, by its name, where the run breaks several; by default the first in time' })
        .option('set', { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none', describe: 'change a setting of the scenario: path=value (repeatable)' })
        .option('out', { type: 'string', requiresArg: true, describe: 'file to write; by default it is printed' })
        .option('runs', { type: 'string', requiresArg: true, describe: 'runs to make at most; by default 3000' })
        .option('for', { type: 'string', requiresArg: true, describe: 'time to take at most, such as 30s; what is found then depends on the machine' })
        .option('quiet', { type: 'boolean', default: false, describe: 'print nothing but errors and the scenario' }),
    ))
      .example('$0 shrink my.yaml --seed 17 --out smallest.yaml', 'the smallest scenario that fails as seed 17 does')
      .example('$0 shrink results.json', 'of what `run --reporter json=results.json` wrote') as unknown as Argv<ShrinkArguments>,
  handler: (args) => begin(() => shrinkRun(args, context)),
});

async function shrinkRun(args: ShrinkArguments, context: CommandContext): Promise<ExitCode> {
  const limits = await limitsOf(args);
  const runMillis = await parseRunTimeout(args.runTimeout);
  checkSeed(args.seed);
  await checkMutants(args.mutant);
  const promise = await promiseOf(args);
  const out = args.out === undefined ? null : resolve(context.cwd, args.out);
  if (out !== null) checkWritable(out);
  const given = await readRun(args.input, args.set, context.cwd);
  const { shrink, ShrinkPool } = await import('../../campaign/index.js');
  const mutants = args.mutant.length > 0 ? args.mutant : given.mutants;
  const seed = args.seed ?? given.seed ?? given.scenario.seed;
  const runs = new ShrinkPool({ runMillis, verify: args.verify, signal: context.interrupt });
  try {
    const found = await shrink(given.scenario, { seed, mutants, limits, signal: context.interrupt, runs, ...(promise === undefined ? {} : { promise }) });
    await report(found, mutants, args, out, context);
    return context.interrupt.aborted ? EXIT_CODES.interrupted : EXIT_CODES.ok;
  } catch (error) {
    throw await asUserError(error);
  } finally {
    await runs.close();
  }
}

async function asUserError(error: unknown): Promise<unknown> {
  const { NothingToShrinkError, RunFaultError } = await import('../../campaign/index.js');
  if (error instanceof NothingToShrinkError) return new UserError(error.code, error.message, EXIT_CODES.nothingSelected);
  if (!(error instanceof RunFaultError)) return error;
  if (error.kind === 'did-not-end') return new UserError('QL_CLI_RUN_ENDLESS', `${error.message}\n\n${ENDLESS_ADVICE}`, EXIT_CODES.inconclusive);
  return new RunFault(error.scenario, error.seed, error.kind === 'threw' ? error.cause : error);
}

async function promiseOf({ promise }: ShrinkArguments): Promise<InvariantId | undefined> {
  if (promise === undefined) return undefined;
  const { INVARIANTS } = await import('../../invariants/index.js');
  const { nearest } = await import('../../scenarios/index.js');
  const ids = INVARIANTS.map(({ id }) => id);
  const known = ids.find((id) => id === promise);
  if (known !== undefined) return known;
  const near = nearest(promise, ids);
  throw new UsageError(`--promise: there is no promise "${promise}". ${near === null ? 'docs/invariants.md lists them.' : `Did you mean ${near}?`}`);
}

async function limitsOf({ runs, for: time }: ShrinkArguments): Promise<{ readonly runs?: number; readonly millis?: number }> {
  if (runs !== undefined && !/^[1-9]\d{0,8}$/.test(runs)) throw new UsageError(`--runs ${runs}: say a whole number of runs, at least 1.`);
  return { ...(runs === undefined ? {} : { runs: Number(runs) }), ...(time === undefined ? {} : { millis: await parseTimeLimit('--for', time) }) };
}

const STOPPED: Readonly<Record<ShrinkStop, string>> = {
  runs: 'The limit on runs was reached: a smaller one may exist.',
  time: 'The limit on time was reached: a smaller one may exist, and another machine may find another.',
  'lost-runs': 'Several runs did not end, or took their thread along: a smaller one may exist. That is a fault of queuelab: please report it with the scenario file.',
  interrupted: 'Interrupted: this is the smallest that was found until then.',
};

async function report(found: ShrinkResult, mutants: readonly string[], { quiet, out: shown }: ShrinkArguments, out: string | null, { stdout, stderr }: CommandContext): Promise<void> {
  const { before, after, runs, stopped, failure, yaml } = found;
  if (out === null) stdout.write(yaml);
  else await writeOutput(out, yaml);
  if (quiet) return;
  const anywhere = await tokenCommand(found, mutants);
  for (const line of [
    `${failure.invariant} is still broken with ${after.messages} of ${before.messages} messages, ${after.faults} of ${before.faults} faults and ${after.machines} of ${before.machines} machines (${runs} runs).`,
    ...(stopped === null ? [] : [STOPPED[stopped]]),
    ...(out === null ? [] : [`Wrote ${shown!}.`]),
    `Anywhere${anywhere.condition}: ${anywhere.command}`,
  ]) stderr.line(line);
}
