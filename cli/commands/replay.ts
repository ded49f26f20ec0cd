import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import type { Replay } from '../../campaign/index.js';
import { UsageError } from '../errors.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { asOutputError, checkWritable } from '../output-files.js';
import { readRun } from '../read-run.js';
import { exitCodeOf } from '../verdict-code.js';
import type { CommandContext, CommandFactory } from './command.js';

interface ReplayArguments {
  readonly input: string;
  readonly record: string | undefined;
}

/** `queuelab replay INPUT` */
export const replayCommand: CommandFactory<ReplayArguments> = (context, begin) => ({
  command: 'replay <input>',
  describe: 'make a recorded run again and say whether, or where, it comes out differently',
  builder: (yargs) =>
    yargs
      .positional('input', { type: 'string', demandOption: true, describe: 'a recorded run, a file of results, a token, or with --record a scenario' })
      .option('record', { type: 'string', requiresArg: true, describe: 'file to write the run to, with its events, for a replay by another version' })
      .example('$0 replay ql1.…', 'a token, as `shrink` prints it')
      .example('$0 replay my.yaml --record run.json', 'record a run')
      .example('$0 replay run.json', 'make it again and compare') as unknown as Argv<ReplayArguments>,
  handler: (args) => begin(() => replayRun(args, context)),
});

async function replayRun({ input, record }: ReplayArguments, context: CommandContext): Promise<ExitCode> {
  const { recordRun, replay } = await import('../../campaign/index.js');
  const path = record === undefined ? null : resolve(context.cwd, record);
  if (path !== null) checkWritable(path);
  const { scenario, seed, mutants, recorded } = await readRun(input, [], context.cwd);
  if (recorded === null && path === null) throw new UsageError(`${input} is a scenario: run it with \`queuelab run\`, or record it here with --record FILE.`);
  const chosen = { seed: seed ?? scenario.seed, mutants };
  let code: ExitCode = EXIT_CODES.ok;
  if (recorded !== null) code = await say(replay(scenario, { ...chosen, ...recorded }), recorded, context);
  if (path !== null) {
    try {
      writeFileSync(path, `${JSON.stringify(recordRun(scenario, chosen).reproduction)}\n`);
    } catch (error) {
      throw asOutputError(record!, error);
    }
    context.stdout.line(`Wrote ${record!}.`);
  }
  return code;
}

/**
 * | fingerprint | version | exit code                                        |
 * | ----------- | ------- | ------------------------------------------------ |
 * | the same    | any     | what the run says: 0, 1, 5 or 6                  |
 * | another     | another | what the run says; where they part is told       |
 * | another     | the same | 70: a fault of queuelab                         |
 */
async function say({ result, isSame, isSameVersion, parting }: Replay, recorded: { readonly version: string; readonly fingerprint: string }, { stdout, stderr }: CommandContext): Promise<ExitCode> {
  const { describeParting } = await import('../../campaign/index.js');
  for (const verdict of result.verdicts) {
    if (!verdict.met && verdict.first !== null) stdout.line(`${verdict.invariant} is ${verdict.verdict}: ${verdict.first.text}`);
  }
  stdout.line(`The run is ${result.outcome}; fingerprint ${result.fingerprint}.`);
  if (isSame) {
    stdout.line('It is the recorded run again, event by event.');
    return exitCodeOf([result]);
  }
  const lines = [`It is not the recorded run, which had the fingerprint ${recorded.fingerprint}.`, ...(parting === null ? [] : describeParting(parting))];
  if (isSameVersion) {
    for (const line of lines) stderr.line(line);
    stderr.line('The same version must give the same run: this is a fault of queuelab. Please report it with the recorded run.');
    return EXIT_CODES.internalFault;
  }
  for (const line of lines) stdout.line(line);
  stdout.line(`Version ${recorded.version} recorded it: another version may run differently. The exit code is that of this run.`);
  return exitCodeOf([result]);
}
