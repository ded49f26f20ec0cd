import { asTyped } from './as-typed.js';
import type { CommandContext } from './commands/command.js';
import { RunFault, UserError } from './errors.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { packageVersion } from './package-root.js';
import { runProgram } from './program.js';

/** The whole command line: whatever happens, it ends with an exit code and a text that fits who is at fault. */
export async function runCli(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { stdout, stderr } = context;
  let code: ExitCode;
  try {
    code = await runProgram(args, context);
    await stdout.drain();
    if (stdout.failure !== null) throw stdout.failure;
  } catch (error) {
    if (error instanceof UserError) {
      stderr.line(describeError(error.code, asTyped(error.message, args)));
      return error.exitCode;
    }
    // By name, so that the rooms of a run are not loaded for a command that needs none.
    if (error instanceof Error && error.name === 'InterruptedError') {
      stderr.line(`Interrupted: ${error.message}`);
      return EXIT_CODES.interrupted;
    }
    stderr.line(describeFault(error, args));
    return EXIT_CODES.internalFault;
  }
  return code;
}

/** As every error begins: what searches and scripts can hold on to comes before the words, which may change. */
const describeError = (code: string, message: string): string => `queuelab: error[${code}]: ${message}`;

/** Our own fault: everything that is needed to find it. */
function describeFault(error: unknown, args: readonly string[]): string {
  const cause = error instanceof RunFault ? error.cause : error;
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const run = error instanceof RunFault ? [`  scenario  ${error.scenario}`, `  seed      ${error.seed}`] : [];
  return [
    describeError(error instanceof RunFault ? error.code : 'QL_CLI_FAULT', 'this is a fault of queuelab, not of yours.'),
    '',
    stack,
    '',
    ...run,
    `  command   queuelab ${args.map(quoteArgument).join(' ')}`,
    `  versions  queuelab ${packageVersion()}, Node ${process.version}, ${process.platform} ${process.arch}`,
    '',
    'Please report it with all of the above and the scenario file: the same scenario, seed and version fail the same way.',
  ].join('\n');
}

const quoteArgument = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
