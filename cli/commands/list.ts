import { bundledScenarios } from '../bundled.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { codeForReader, type Output } from '../output.js';
import type { CommandContext, CommandFactory } from './command.js';

interface ListArguments {
  readonly json: boolean;
}

/** `queuelab list` */
export const listCommand: CommandFactory<ListArguments> = (context, begin) => ({
  command: 'list',
  describe: 'show the scenarios that come with queuelab',
  builder: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'print a JSON array of name, description and file' })
      .example('$0 list', 'names with one line each; run one by its name')
      .example('$0 list --json', 'the same for programs'),
  handler: ({ json }) => begin(() => list(context, json)),
});

async function list({ stdout }: CommandContext, json: boolean): Promise<ExitCode> {
  // Loads the YAML reader, which no other command needs before it loads everything.
  const { describeBundled } = await import('../describe-bundled.js');
  const rows = bundledScenarios().map((scenario) => ({ ...scenario, description: describeBundled(scenario) }));
  if (json) stdout.line(JSON.stringify(rows.map(({ name, description, file }) => ({ name, description, file })), null, 2));
  else printTable(stdout, rows);
  await stdout.drain();
  return codeForReader(stdout, false, EXIT_CODES.ok);
}

function printTable(stdout: Output, rows: readonly { readonly name: string; readonly description: string }[]): void {
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, description } of rows) stdout.line(`${name.padEnd(width)}  ${description}`.trimEnd());
}
