import type { Argv } from 'yargs';
import { withChoiceOfRuns } from '../choose-runs.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { explainResult, type ExplainResultArguments } from '../explain-result.js';
import { loadScenarios } from '../load-scenarios.js';
import { codeForReader } from '../output.js';
import { describeTerminal } from '../reporters.js';
import { selectScenarios } from '../select-scenarios.js';
import { UsageError } from '../errors.js';
import type { CommandContext, CommandFactory } from './command.js';
import { withVerifyFlag } from './verify-flag.js';

interface ExplainArguments extends Omit<ExplainResultArguments, 'result'> {
  readonly result: string | undefined;
  readonly contract: string | undefined;
  readonly set: readonly string[];
}

/** `queuelab explain RESULT`, `queuelab explain --contract FILE` */
export const explainCommand: CommandFactory<ExplainArguments> = (context, begin) => ({
  command: 'explain [result]',
  describe: 'tell the life of a message step by step, or what a scenario promises under which fault',
  builder: (yargs) =>
    withVerifyFlag(withChoiceOfRuns(yargs))
      .positional('result', { type: 'string', describe: 'JSON file that `run --reporter json=FILE` wrote; its run is made again, unless --trace on kept its history' })
      .option('message', { type: 'number', requiresArg: true, describe: 'number of the message to tell; by default the messages of each broken promise are listed, and the first of each is told' })
      .option('diagram', { type: 'string', requiresArg: true, describe: 'SVG file to draw the message into: machines side by side, time downwards' })
      .option('scale', { choices: ['event', 'time'] as const, default: 'event' as const, describe: 'how time goes down the diagram: event by event, or to scale' })
      .option('export', { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none', describe: 'kind=file (repeatable): trace (Chrome trace, for Perfetto), mermaid (a sequence diagram), hgrm (HdrHistogram percentiles), jsonl, csv (events)' })
      .option('contract', {
        type: 'string', requiresArg: true,
        describe: 'scenario file, pattern, or name that `list` shows; nothing is run',
      })
      .option('set', {
        type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none',
        describe: 'change a setting first: path=value, or path=null for its default (repeatable)',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print JSON for programs: an object, or an array of several' })
      .option('no-color', { type: 'boolean', default: false, describe: 'print without colours' })
      .example('$0 explain run.json', 'which messages broke which promise, and the life of the first of each')
      .example('$0 explain run.json --message 7 --diagram message-7.svg', 'one message, as text and as a picture')
      .example('$0 explain run.json --export trace=trace.json', 'the events for ui.perfetto.dev')
      .example('$0 explain --contract consumer-crash', 'the contract of a scenario that comes with queuelab')
      .example('$0 explain --contract my.yaml --set broker.flush=never', 'what a setting would change') as unknown as Argv<ExplainArguments>,
  handler: (args) => begin(() => explain(args, context)),
});

async function explain(args: ExplainArguments, context: CommandContext): Promise<ExitCode> {
  const { contract, result, message } = args;
  if (message !== undefined && !(Number.isInteger(message) && message >= 1)) throw new UsageError('--message: the number of a message, from 1.');
  if (contract !== undefined && result !== undefined) throw new UsageError('Either a result or --contract: not both at once.');
  if (result !== undefined) return explainResult({ ...args, result }, context);
  if (contract === undefined) throw new UsageError('Say what to explain: `queuelab explain run.json`, or `queuelab explain --contract my-scenario.yaml`.');
  return explainContract({ ...args, contract }, context);
}

async function explainContract({ contract, set, json, noColor }: ExplainArguments & { readonly contract: string }, context: CommandContext): Promise<ExitCode> {
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
