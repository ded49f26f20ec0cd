import { resolve } from 'node:path';
import type { NameTable, Recording, RecordingWindow as Window } from '../history/index.js';
import type { Explanation } from '../reports/index.js';
import type { RunResult } from '../scenarios/index.js';
import type { CommandContext } from './commands/command.js';
import { UsageError } from './errors.js';
import { rerun } from './rerun.js';
import { writeOutput } from './write-output.js';

/** What `--export` can write, and what for. */
export const EXPORT_KINDS = ['trace', 'mermaid', 'hgrm', 'jsonl'] as const;
type ExportKind = (typeof EXPORT_KINDS)[number];

interface Export {
  readonly kind: ExportKind;
  readonly file: string;
}

/** Events that an export holds at most, around what was broken first. */
const LIMIT_ROWS = 200_000;

/** `kind=file`, taken apart. @throws UsageError */
export function parseExports(given: readonly string[]): Export[] {
  return given.map((text) => {
    const at = text.indexOf('=');
    const kind = EXPORT_KINDS.find((known) => known === text.slice(0, at));
    if (at < 1 || kind === undefined || at === text.length - 1) throw new UsageError(`--export ${text}: say what and where to, as trace=FILE; what can be ${EXPORT_KINDS.join(', ')}.`);
    return { kind, file: text.slice(at + 1) };
  });
}

/** Writes what was asked for; the run is repeated once more when its events are wanted. */
export async function writeExports(exports: readonly Export[], result: RunResult, explanation: Explanation | undefined, context: CommandContext): Promise<void> {
  let recording: Recording | null = null;
  for (const { kind, file } of exports) {
    if (kind === 'trace') recording ??= (await keptRecording(result)) ?? (await recordingOf(result, explanation, context));
    // Kept histories are without checksums: lines come from a run.
    if (kind === 'jsonl') recording = await recordingOf(result, explanation, context);
    await writeOutput(resolve(context.cwd, file), await textOf(kind, { result, explanation, recording }));
  }
}

interface Sources {
  readonly result: RunResult;
  readonly explanation: Explanation | undefined;
  readonly recording: Recording | null;
}

async function textOf(kind: ExportKind, { result, explanation, recording }: Sources): Promise<string | Iterable<string>> {
  const { chromeTrace, hgrmOf, mermaidOf } = await import('../reports/index.js');
  if (kind === 'trace') return chromeTrace(recording!);
  if (kind === 'jsonl') return lines(recording!);
  if (kind === 'mermaid') {
    if (explanation === undefined) throw new UsageError('--export mermaid: there is nothing to draw: name a message with --message N.');
    return mermaidOf(explanation.steps);
  }
  const text = hgrmOf(result, 'endToEnd');
  if (text === null) throw new UsageError('--export hgrm: no message was handled, so there is no latency to write.');
  return text;
}

async function lines({ rows, names }: Recording): Promise<Iterable<string>> {
  const { jsonLines } = await import('../history/index.js');
  const table = { text: (id: number) => names[id] ?? '' };
  return (function* () {
    for (const line of jsonLines(rows, table)) yield `${line}\n`;
  })();
}

/** The history that a result keeps, when it is the whole of it. */
async function keptRecording({ history }: RunResult): Promise<Recording | null> {
  const { isReadable } = await import('../history/index.js');
  if (history === undefined || history.count !== history.runEvents || !isReadable(history)) return null;
  const { unpackRecording } = await import('../reports/index.js');
  return unpackRecording(history);
}

async function recordingOf(result: RunResult, explanation: Explanation | undefined, context: CommandContext): Promise<Recording> {
  const { RecordingWindow } = await import('../history/index.js');
  const aroundMicros = explanation?.violations[0]?.atMicros ?? explanation?.steps[0]?.atMicros ?? 0;
  let window: Window | null = null;
  const observe = (names: NameTable): Window => (window = new RecordingWindow({ names, limitRows: LIMIT_ROWS, aroundMicros }));
  await rerun(result, [], context, { observers: [observe] });
  return (window as unknown as Window).recording();
}
