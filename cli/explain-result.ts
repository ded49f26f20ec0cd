import { resolve } from 'node:path';
import type { RepeatedRuns } from '../campaign/index.js';
import type { Explanation } from '../reports/index.js';
import type { RunResult } from '../scenarios/index.js';
import { chooseRuns, type ChoiceOfRuns } from './choose-runs.js';
import type { CommandContext } from './commands/command.js';
import { UsageError } from './errors.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { exportRecorder, type ExportRecorder, parseExports, writeExports } from './export-run.js';
import { codeForReader } from './output.js';
import { checkWritable } from './output-files.js';
import { readResults } from './read-results.js';
import { describeTerminal } from './reporters.js';
import { rerun } from './rerun.js';
import { scenarioOfResult } from './scenario-of-result.js';
import { toldFromHistory } from './told-from-history.js';
import { writeOutput } from './write-output.js';

export interface ExplainResultArguments extends ChoiceOfRuns {
  readonly result: string;
  readonly message: number | undefined;
  readonly diagram: string | undefined;
  readonly export: readonly string[];
  readonly scale: 'event' | 'time';
  readonly json: boolean;
  readonly verify: boolean;
  readonly noColor: boolean;
}

/** Violations that are explained at once. */
const MAX_MESSAGES = 20;

/** `queuelab explain RESULT [--message ID]`: the messages are told from the history that the result keeps, or else from that of the run made again. */
export async function explainResult(args: ExplainResultArguments, context: CommandContext): Promise<ExitCode> {
  const exports = parseExports(args.export);
  // The run takes long to repeat: what cannot be written shows before.
  for (const file of [...(args.diagram === undefined ? [] : [args.diagram]), ...exports.map((wanted) => wanted.file)]) checkWritable(resolve(context.cwd, file));
  const result = chosenRun(await readResults([args.result], context.cwd), args);
  const messages = await messagesOf(result, args);
  const runs = args.verify ? await verifyResult(result, context) : null;
  const recorder = await exportRecorder(exports, result, messages[0]);
  const explanations = await explanationsOf(result, messages, { recorder, runs, context });
  rejectPicturesOfNothing(explanations, args, exports);
  const { stdout, stderr } = context;
  if (args.json) stdout.line(JSON.stringify(args.message === undefined ? explanations : explanations[0], null, 2));
  else {
    const { breachesText, explainText } = await import('../reports/index.js');
    const terminal = describeTerminal(args, context, 'stdout');
    if (explanations.length === 0) stdout.line(await nothingToTell(result));
    if (args.message === undefined) stdout.write(breachesText(result, terminal));
    stdout.write(explanations.map((explanation) => explainText(explanation, terminal)).join('\n'));
  }
  if (args.diagram !== undefined) await writeDiagram(args.diagram, explanations[0], args, context);
  await writeExports(exports, { result, explanation: explanations[0], recorder }, context);
  if (!args.json) for (const file of [...(args.diagram === undefined ? [] : [args.diagram]), ...exports.map((wanted) => wanted.file)]) stderr.line(`Wrote ${file}`);
  await stdout.drain();
  return codeForReader(stdout, args.diagram !== undefined, EXIT_CODES.ok);
}

async function verifyResult(result: RunResult, { cwd, interrupt }: CommandContext): Promise<RepeatedRuns> {
  const { verifyInTurns } = await import('../campaign/index.js');
  const scenario = await scenarioOfResult(result, cwd);
  return verifyInTurns(scenario, { seed: result.seed, mutants: result.mutants ?? [], signal: interrupt });
}

/** A breach need not be of a message: that queues did not drain is one of the run. */
async function nothingToTell(result: RunResult): Promise<string> {
  const { brokenPromises } = await import('../reports/index.js');
  const texts = brokenPromises(result).flatMap(({ invariant, first }) => (first === null ? [] : [`${invariant}: ${first.text}`]));
  return [...texts, `${texts.length === 0 ? 'No promise was broken, so there is nothing to explain' : 'What was broken concerns no message'}: name a message with --message N.`].join('\n');
}

/** Before anything is said or written. */
function rejectPicturesOfNothing([first]: readonly Explanation[], { diagram }: ExplainResultArguments, exports: ReturnType<typeof parseExports>): void {
  if (first !== undefined) return;
  const flag = diagram !== undefined ? '--diagram' : exports.some(({ kind }) => kind === 'mermaid') ? '--export mermaid' : null;
  if (flag !== null) throw new UsageError(`${flag}: no promise was broken, so there is nothing to draw: name a message with --message N.`);
}

/** Of several runs that are meant, the first that did not turn out as expected, or else the first. */
function chosenRun(results: readonly RunResult[], args: ExplainResultArguments): RunResult {
  if (results.length === 0) throw new UsageError(`${args.result} holds no run.`);
  const chosen = chooseRuns(results, args, args.result);
  return chosen.find(({ outcome }) => outcome === 'broken') ?? chosen[0]!;
}

async function messagesOf(result: RunResult, { message }: ExplainResultArguments): Promise<readonly number[]> {
  const { messagesToExplain } = await import('../reports/index.js');
  return message === undefined ? messagesToExplain(result).slice(0, MAX_MESSAGES) : [message];
}

interface ToExplain {
  readonly recorder: ExportRecorder | null;
  /** That were made to verify it. */
  readonly runs: RepeatedRuns | null;
  readonly context: CommandContext;
}

/** Runs nothing when the result keeps its whole history and no export needs more, and otherwise once. @throws UsageError when the message that is asked for is not there */
async function explanationsOf(result: RunResult, messages: readonly number[], { recorder, runs, context }: ToExplain): Promise<Explanation[]> {
  if (messages.length === 0 && recorder === null) return [];
  const { explanationOf } = await import('../reports/index.js');
  const kept = recorder === null ? await toldFromHistory(result, messages, context) : null;
  const { stories, messages: sent } = kept ?? (await rerun(result, messages, context, { observers: recorder === null ? [] : [recorder.observe], runs }));
  const missing = messages.find((id) => stories.get(id)?.length === 0);
  if (missing !== undefined) throw notThere(missing, sent);
  return messages.map((id) => explanationOf(result, id, stories.get(id) ?? []));
}

function notThere(message: number, sent: number): UsageError {
  if (sent === 0) return new UsageError(`--message ${message}: the run sent no message at all.`);
  const nearest = Math.min(Math.max(1, message), sent);
  return new UsageError(`--message ${message}: there is no such message. The run's messages are 1 to ${sent}; the nearest is ${nearest}.`);
}

async function writeDiagram(file: string, explanation: Explanation | undefined, { scale }: ExplainResultArguments, { cwd }: CommandContext): Promise<void> {
  if (explanation === undefined) throw new UsageError('--diagram: there is nothing to draw: name a message with --message N.');
  const { spaceTimeDiagram } = await import('../reports/index.js');
  const { scenario, message, steps, violations } = explanation;
  const [first] = violations;
  const violation = first === undefined ? null : { atMicros: first.atMicros, text: first.text, isAllowed: first.verdict !== 'violated' };
  await writeOutput(resolve(cwd, file), `${spaceTimeDiagram(steps, { title: `${scenario.name}: message ${message}`, violation, scale })}\n`);
}
