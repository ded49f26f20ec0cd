import type { Argv } from 'yargs';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { loadScenarios } from '../load-scenarios.js';
import { codeForReader } from '../output.js';
import { describeTerminal } from '../reporters.js';
import { selectScenarios } from '../select-scenarios.js';
import { UsageError } from '../errors.js';
import type { CommandContext, CommandFactory } from './command.js';

interface ExplainArguments {
  readonly contract: string | undefined;
  readonly set: readonly string[];
  readonly json: boolean;
  readonly noColor: boolean;
}

/** `queuelab explain --contract FILE` */
export const explainCommand: CommandFactory<ExplainArguments> = (context, begin) => ({
  command: 'explain',
  describe: 'say in plain words what a scenario promises under which fault, and what it does not',
  builder: (yargs) =>
    yargs
      .option('contract', {
        type: 'string', requiresArg: true,
        describe: 'scenario file, pattern, or name that `list` shows; nothing is run',
      })
      .option('set', {
        type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none',
        describe: 'change a setting first: path=value, or path=null for its default (repeatable)',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print JSON for programs: an object, or an array for several scenarios' })
      .option('no-color', { type: 'boolean', default: false, describe: 'print without colours' })
      .example('$0 explain --contract consumer-crash', 'the contract of a scenario that comes with queuelab')
      .example('$0 explain --contract my.yaml --set broker.flush=never', 'what a setting would change') as unknown as Argv<ExplainArguments>,
  handler: (args) => begin(() => explain(args, context)),
});

async function explain({ contract, set, json, noColor }: ExplainArguments, context: CommandContext): Promise<ExitCode> {
  if (contract === undefined) throw new UsageError('Say what to explain: `queuelab explain --contract my-scenario.yaml`.');
  const scenarios = await loadScenarios(await selectScenarios([contract], context.cwd), set);
  const { explainScenario } = await import('../../scenarios/index.js');
  const contracts = scenarios.map(explainScenario);
  const { stdout } = context;
  if (json) stdout.line(JSON.stringify(contracts.length === 1 ? contracts[0] : contracts, null, 2));
  else {
    const { renderContract } = await import('../../reports/index.js');
    const terminal = describeTerminal({ noColor }, context, 'stdout');
    stdout.write(contracts.map((entry) => renderContract(entry, terminal)).join('\n\n'));
  }
  await stdout.drain();
  return codeForReader(stdout, false, EXIT_CODES.ok);
}
