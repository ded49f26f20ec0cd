import { resolve } from 'node:path';
import type { NameTable, Recording, RecordingOptions, RecordingWindow as Window } from '../history/index.js';
import type { Explanation } from '../reports/index.js';
import type { RunResult } from '../scenarios/index.js';
import type { CommandContext } from './commands/command.js';
import { UsageError } from './errors.js';
import { keptRecording } from './kept-history.js';
import { writeOutput } from './write-output.js';

/** What `--export` can write, and what for. */
export const EXPORT_KINDS = ['trace', 'mermaid', 'hgrm', 'jsonl', 'csv'] as const;
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

/** Records, in a run that is made again, what exports need of its events; null when they need none, or the result keeps them. */
export interface ExportRecorder {
  readonly observe: (names: NameTable) => Window;
  recording(): Recording;
}

/** @param message whose life is in the middle of it, unless it broke something: then that */
export async function exportRecorder(exports: readonly Export[], result: RunResult, message: number | undefined): Promise<ExportRecorder | null> {
  // Kept histories are without checksums: lines come from a run.
  const needed = exports.some(({ kind }) => kind === 'jsonl' || kind === 'csv') || (exports.some(({ kind }) => kind === 'trace') && (await wholeRecording(result)) === null);
  if (!needed) return null;
  const { RecordingWindow } = await import('../history/index.js');
  let window: Window | null = null;
  const around = await aroundOf(result, message);
  return {
    observe: (names) => (window = new RecordingWindow({ names, limitRows: LIMIT_ROWS, ...around })),
    recording: () => window!.recording(),
  };
}

async function aroundOf(result: RunResult, message: number | undefined): Promise<Pick<RecordingOptions, 'aroundMicros' | 'aroundMessage'>> {
  const { explanationOf } = await import('../reports/index.js');
  if (message === undefined) return { aroundMicros: 0 };
  const [violation] = explanationOf(result, message, []).violations;
  return violation === undefined ? { aroundMicros: null, aroundMessage: message } : { aroundMicros: violation.atMicros };
}

/** Writes what was asked for. */
export async function writeExports(exports: readonly Export[], sources: Omit<Sources, 'recording'> & { readonly recorder: ExportRecorder | null }, { cwd }: CommandContext): Promise<void> {
  const { recorder, ...others } = sources;
  const recording = recorder?.recording() ?? (await wholeRecording(sources.result));
  for (const { kind, file } of exports) await writeOutput(resolve(cwd, file), await textOf(kind, { ...others, recording }));
}

interface Sources {
  readonly result: RunResult;
  readonly explanation: Explanation | undefined;
  readonly recording: Recording | null;
}

async function textOf(kind: ExportKind, { result, explanation, recording }: Sources): Promise<string | Iterable<string>> {
  const { chromeTrace, eventsCsv, hgrmOf, mermaidOf } = await import('../reports/index.js');
  if (kind === 'trace') return chromeTrace(recording!);
  if (kind === 'jsonl') return lines(recording!);
  if (kind === 'csv') return eventsCsv(recording!);
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
async function wholeRecording(result: RunResult): Promise<Recording | null> {
  const recording = await keptRecording(result);
  return recording !== null && recording.rows.length === recording.runEvents ? recording : null;
}
