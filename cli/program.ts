import yargs, { type Argv } from 'yargs';
import type { Begin, CommandContext, CommandFactory } from './commands/command.js';
import { capacityCommand } from './commands/capacity.js';
import { checkCommand } from './commands/check.js';
import { compareCommand } from './commands/compare.js';
import { explainCommand } from './commands/explain.js';
import { fuzzCommand } from './commands/fuzz.js';
import { initCommand } from './commands/init.js';
import { listCommand } from './commands/list.js';
import { mergeCommand } from './commands/merge.js';
import { mutantsCommand } from './commands/mutants.js';
import { reportCommand } from './commands/report.js';
import { replayCommand } from './commands/replay.js';
import { runCommand } from './commands/run.js';
import { shrinkCommand } from './commands/shrink.js';
import { sweepCommand } from './commands/sweep.js';
import { UsageError } from './errors.js';
import { EXIT_CODES, describeExitCodes, type ExitCode } from './exit-codes.js';
import { packageVersion } from './package-root.js';

const HELP_WIDTH = 100;

/** In the order in which help lists them. Each knows its own arguments; here they are all alike. */
const COMMANDS = [
  runCommand, checkCommand, fuzzCommand, mergeCommand, shrinkCommand, replayCommand, reportCommand,
  explainCommand, compareCommand, sweepCommand, capacityCommand, mutantsCommand, listCommand, initCommand,
] as unknown as readonly CommandFactory<object>[];

/** Reads the arguments and runs the command that they name. */
export async function runProgram(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  let work: () => ExitCode | Promise<ExitCode> = () => EXIT_CODES.ok;
  const program = describeProgram(args, context, (chosen) => {
    work = chosen;
  });
  let printed = '';
  try {
    await program.parseAsync([...args], {}, (_error: unknown, _argv: unknown, output: string) => {
      printed = output;
    });
  } catch (error) {
    throw error instanceof UsageError ? new UsageError(await withNearest(error.message, args, context)) : error;
  }
  if (printed !== '') context.stdout.line(printed);
  return work();
}

function describeProgram(args: readonly string[], context: CommandContext, begin: Begin): Argv {
  const start = yargs([...args]);
  for (const command of COMMANDS) start.command(command(context, begin));
  const program = start
    .scriptName('queuelab')
    .usage('$0 <command>\n\nA laboratory for message queues: a real broker in a simulated world, faults, and a judge.')
    .example('$0 list', 'the scenarios that come with queuelab')
    .example('$0 run consumer-crash', 'run one of them')
    .example('$0 check scenarios/ --seeds 1..200', 'run them with many seeds, for a build')
    .example('$0 fuzz my-scenario.yaml --runs 1000', 'draw hostile mixes of faults until something breaks')
    .example('$0 shrink my-scenario.yaml --seed 17', 'make a failing run as small as it can be')
    .example('$0 replay small.yaml', 'make a recorded or shrunk run again')
    .example('$0 merge shard-1 shard-2', 'join the results of a check that was run in parts')
    .example('$0 explain --contract consumer-crash', 'what a scenario promises under which fault, in words')
    .example('$0 mutants', 'judge the judge: every known bug of the engine must be caught')
    .example('$0 report results.json', 'show again what `run --reporter json=results.json` wrote')
    .example('$0 init my-scenario', 'write one of your own')
    .epilogue(describeExitCodes())
    .version(packageVersion())
    .help()
    .alias({ help: 'h', version: 'v' })
    .locale('en')
    // yargs lays the page out whether it is shown or not, and most of that is wrapping.
    .wrap(args.some((arg) => arg === '--help' || arg === '-h') ? Math.min(HELP_WIDTH, Math.max(60, context.stdout.columns)) : null)
    .parserConfiguration({
      'boolean-negation': false,
      'dot-notation': false,
      'duplicate-arguments-array': true,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .demandCommand(1, 'Say what to do: run, check, fuzz, explain or another command. `queuelab --help` shows them all.')
    .check(rejectRepeated)
    .strict()
    .exitProcess(false);
  return program.fail((message: string | null, error: Error | undefined) => {
    throw error === undefined || error.name === 'YError' ? new UsageError(message ?? error?.message ?? '') : error;
  });
}

/** Flags that mean one thing; yargs would make a list of them. */
const SINGLE_FLAGS = ['seed', 'seeds', 'out', 'trace', 'contract', 'jobs', 'shard', 'bail', 'duration', 'hunts', 'runs', 'strategy', 'for', 'record'];

function rejectRepeated(given: Readonly<Record<string, unknown>>): true {
  const repeated = SINGLE_FLAGS.find((flag) => Array.isArray(given[flag]));
  if (repeated !== undefined) throw new UsageError(`--${repeated} is given more than once: say which.`);
  return true;
}

/** What there is to choose from: the names of the commands, and the flags of one. */
function vocabulary(context: CommandContext, args: readonly string[]): { readonly commands: readonly string[]; readonly flags: readonly string[] } {
  const described = COMMANDS.map((command) => command(context, () => undefined));
  const nameOf = ({ command = '' }: (typeof described)[number]): string => String(command).split(' ')[0]!;
  const chosen = described.find((one) => args.includes(nameOf(one)));
  const program = yargs([]);
  if (typeof chosen?.builder === 'function') void chosen.builder(program);
  const { key } = (program as unknown as { getOptions(): { readonly key: Readonly<Record<string, unknown>> } }).getOptions();
  return { commands: described.map(nameOf), flags: [...Object.keys(key), 'help', 'version'].filter((flag) => flag.length > 1).map((flag) => `--${flag}`) };
}

/** The sentence in our words, with the nearest name for one that is unknown. */
async function withNearest(message: string, args: readonly string[], context: CommandContext): Promise<string> {
  const unknown = /^Unknown (arguments?|commands?): (.*)$/.exec(message);
  if (unknown === null) return inOurWords(message);
  const { nearest } = await import('../scenarios/index.js');
  const word = (unknown[2] as string).split(', ')[0] as string;
  const isFlag = args.some((arg) => arg.startsWith('-') && arg.replace(/^-+/, '').split('=')[0] === word);
  const written = isFlag ? `--${word}` : word;
  const { commands, flags } = vocabulary(context, args);
  const one = isFlag ? null : tooMany(args, written, context);
  if (one !== null) return one;
  const near = nearest(written, isFlag ? flags : commands);
  const hint = near === null ? '`queuelab --help` shows what there is.' : `Did you mean ${near}?`;
  return `There is no ${isFlag ? 'flag' : 'command'} ${written}. ${hint}`;
}

/** What a command says of a word beyond those that it takes; null when the word is to be a command itself. */
function tooMany(args: readonly string[], word: string, context: CommandContext): string | null {
  const [first] = args.filter((arg) => !arg.startsWith('-'));
  const usage = COMMANDS.map((command) => String(command(context, () => undefined).command)).find((one) => one.split(' ')[0] === first);
  if (usage === undefined || first === word) return null;
  const [name, ...takes] = usage.split(' ');
  const what = name === 'fuzz' ? 'one scenario' : takes.length === 0 ? 'no names' : `one ${takes[0]!.replace(/[[\]<>]/g, '')}`;
  return `${name} takes ${what}, and ${word} is one word too many.`;
}

/** What the library says of a word that is missing. */
function inOurWords(message: string): string {
  if (message.startsWith('Not enough non-option arguments')) return 'A name or a file is missing: `--help` after the command shows what it takes.';
  const flag = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  return flag === undefined ? message : `--${flag}: its value is missing.`;
}
