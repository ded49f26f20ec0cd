import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import type { Recorded, RepeatedRuns, Replay, RunNote } from '../../campaign/index.js';
import type { RunResult, Scenario } from '../../scenarios/index.js';
import { UsageError, UserError } from '../errors.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { checkWritable } from '../output-files.js';
import { readRun } from '../read-run.js';
import { exitCodeOf } from '../verdict-code.js';
import { checkMutants } from '../mutant-names.js';
import { writeOutput } from '../write-output.js';
import type { CommandContext, CommandFactory } from './command.js';
import { withMutantFlag } from './mutant-flag.js';
import { withVerifyFlag } from './verify-flag.js';

interface ReplayArguments {
  readonly input: string;
  readonly record: string | undefined;
  readonly mutant: readonly string[];
  readonly verify: boolean;
}

/** `queuelab replay INPUT` */
export const replayCommand: CommandFactory<ReplayArguments> = (context, begin) => ({
  command: 'replay <input>',
  describe: 'make a recorded run again and say whether, or where, it comes out differently',
  builder: (yargs) =>
    withVerifyFlag(withMutantFlag(yargs
      .positional('input', { type: 'string', demandOption: true, describe: 'a recorded run, a file of results, a token, or a scenario (such as shrink leaves)' })
      .option('record', { type: 'string', requiresArg: true, describe: 'file to write the run to, with its events, for a replay by another version' })))
      .example('$0 replay ql1.…', 'a token, as `shrink` prints it')
      .example('$0 replay small.yaml --mutant NAME', 'a scenario that shrink made small under a deliberate bug')
      .example('$0 replay my.yaml --record run.json', 'record a run')
      .example('$0 replay run.json', 'make it again and compare') as unknown as Argv<ReplayArguments>,
  handler: (args) => begin(() => replayRun(args, context)),
});

async function replayRun({ input, record, mutant, verify }: ReplayArguments, context: CommandContext): Promise<ExitCode> {
  const { RepeatedRuns, recordingJson, recordRun, replay, verifyInTurns } = await import('../../campaign/index.js');
  const path = record === undefined ? null : resolve(context.cwd, record);
  if (path !== null) checkWritable(path);
  await checkMutants(mutant);
  const { scenario, seed, mutants: own, recorded, which = null, note = null } = await readRun(input, [], context.cwd);
  if (which !== null) context.stdout.line(which);
  const mutants = mutantsOf(own, { mutant, isRecorded: recorded !== null });
  const chosen = { seed: seed ?? scenario.seed, mutants };
  const signal = context.interrupt;
  const runs = verify ? await verifyInTurns(scenario, { ...chosen, signal }) : new RepeatedRuns({ scenario, ...chosen, verify });
  let code: ExitCode = EXIT_CODES.ok;
  if (recorded !== null) code = await say(await runs.makeInTurns((watch) => replay(scenario, { ...chosen, ...recorded, signal, watch })), recorded, context);
  else if (path === null) code = await sayUnrecorded(scenario, { ...chosen, runs, note }, context);
  if (path !== null) {
    const { reproduction } = await runs.makeInTurns((watch) => recordRun(scenario, { ...chosen, signal, watch }));
    await writeOutput(path, `${recordingJson(reproduction)}\n`);
    context.stdout.line(`Wrote ${record!}.`);
  }
  return code;
}

interface Unrecorded {
  readonly seed: string;
  readonly mutants: readonly string[];
  readonly runs: RepeatedRuns;
  readonly note: RunNote | null;
}

/** A scenario file is run, and compared with what it says of its run, as those that `shrink` leaves do. */
async function sayUnrecorded(scenario: Scenario, { note, runs, ...chosen }: Unrecorded, { stdout, interrupt }: CommandContext): Promise<ExitCode> {
  const { runScenarioAsync } = await import('../../scenarios/index.js');
  const result = await runs.makeInTurns((watch) => runScenarioAsync(scenario, { ...chosen, ...watch, signal: interrupt }));
  sayVerdicts(result, stdout);
  stdout.line(note === null ? 'Nothing was recorded of it to compare with; --record FILE does that.' : comparedWith(note, result, chosen.mutants));
  return exitCodeOf([result]);
}

/** The file may have been changed since, which is no fault of anyone. */
function comparedWith({ fingerprint, version, mutants }: RunNote, result: RunResult, chosen: readonly string[]): string {
  if ([...mutants].sort().join() !== [...chosen].sort().join()) {
    return `The run that the file was left with had ${mutants.length === 0 ? 'no deliberate bug' : mutants.map((mutant) => `--mutant ${mutant}`).join(' ')}, so this one is not compared with it.`;
  }
  if (fingerprint === result.fingerprint) return 'It is the run that the file was left with, event by event.';
  return `It is not the run that the file was left with, which had the fingerprint ${fingerprint} (queuelab ${version}): the file was changed since, or this version runs differently. The exit code is that of this run.`;
}

function sayVerdicts(result: RunResult, stdout: CommandContext['stdout']): void {
  for (const verdict of result.verdicts) {
    if (!verdict.met && verdict.first !== null) stdout.line(`${verdict.invariant} is ${verdict.verdict}: ${verdict.first.text}`);
  }
  stdout.line(`The run is ${result.outcome}; fingerprint ${result.fingerprint}.`);
}

/** A recorded run names its own deliberate bugs; a scenario has those that it is given. */
function mutantsOf(own: readonly string[], { mutant, isRecorded }: { readonly mutant: readonly string[]; readonly isRecorded: boolean }): readonly string[] {
  if (!isRecorded || mutant.length === 0) return isRecorded ? own : mutant;
  const isSame = [...own].sort().join() === [...mutant].sort().join();
  if (isSame) return own;
  throw new UsageError(`--mutant ${mutant.join(' --mutant ')}: the recorded run ${own.length === 0 ? 'had no deliberate bug' : `had ${own.join(' and ')}`}, and a replay has the same.`);
}

/** Whether all events of the recorded run are known. */
const isWhole = ({ events }: Recorded): boolean => events !== undefined && events.count !== null && events.count <= Math.max(events.marks.length, events.lines.length);

function nothingParts(recorded: Recorded): string {
  const { events, history } = recorded;
  if (history !== undefined) return `All events that the result keeps, ${history.rows.length} of ${history.runEvents}, are the same, but for checksums, which it does not keep.`;
  if (events === undefined) return 'Of its events nothing is known: `replay FILE --record` keeps them, and so does `run --trace on --reporter json=FILE`.';
  if (isWhole(recorded)) return 'Every event is as it was recorded, and the fingerprint alone is another.';
  return `Its first ${Math.max(events.marks.length, events.lines.length)} events are the same; later ones were not recorded.`;
}

/**
 * | fingerprint | version | exit code                                        |
 * | ----------- | ------- | ------------------------------------------------ |
 * | the same    | any     | what the run says: 0, 1, 5 or 6                  |
 * | another     | another | what the run says; where they part is told       |
 * | another     | the same | 70: a fault of queuelab; 3 when every event is as recorded |
 */
async function say({ result, isSame, isSameVersion, parting }: Replay, recorded: Recorded, { stdout, stderr }: CommandContext): Promise<ExitCode> {
  const { describeParting } = await import('../../campaign/index.js');
  sayVerdicts(result, stdout);
  if (isSame) {
    stdout.line('It is the recorded run again, event by event.');
    return exitCodeOf([result]);
  }
  const lines = [`It is not the recorded run, which had the fingerprint ${recorded.fingerprint}.`, ...(parting === null ? [nothingParts(recorded)] : describeParting(parting))];
  if (isSameVersion && parting === null && isWhole(recorded)) {
    throw new UserError('QL_CLI_RUN_FILE', `${lines.join(' ')} The recording was changed: record the run again.`, EXIT_CODES.invalidScenario);
  }
  if (isSameVersion) {
    for (const line of lines) stderr.line(line);
    stderr.line('The same version must give the same run: this is a fault of queuelab. Please report it with the recorded run.');
    return EXIT_CODES.internalFault;
  }
  for (const line of lines) stdout.line(line);
  stdout.line(`Version ${recorded.version} recorded it: another version may run differently. The exit code is that of this run.`);
  return exitCodeOf([result]);
}
