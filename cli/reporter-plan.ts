import { isAbsolute, join, resolve } from 'node:path';
import type { ReporterSpec } from '../reports/index.js';
import { UsageError } from './errors.js';

/** What the command line says of reports. */
export interface ReporterArguments {
  /** `name` or `name=file`, in the order given. */
  readonly reporter: readonly string[];
  /** Folder of the files. */
  readonly out: string | undefined;
  readonly quiet: boolean;
  readonly noColor: boolean;
}

/** Names that reports get in the folder of `--out` when the command line gives none. */
const FILES_IN_FOLDER: Readonly<Record<string, string>> = {
  html: 'report.html', json: 'results.json', csv: 'series.csv', junit: 'junit.xml', tap: 'results.tap', jsonl: 'runs.jsonl',
};

/** What `--out` alone asks for. A check writes its result there of itself. */
const WITH_FOLDER_ALONE = { runs: ['html', 'json'], check: [] } as const;

/**
 * Which reporters to use and where they write. Text for people comes with every run, unless `--quiet`; it goes to
 * stderr when a report takes stdout.
 *
 * @throws UsageError
 */
export function planReporters({ reporter, out, quiet }: ReporterArguments, cwd: string, of: 'runs' | 'check' = 'runs'): ReporterSpec[] {
  const given = reporter.map(parseReporter);
  const asked = out !== undefined && given.length === 0 ? WITH_FOLDER_ALONE[of].map((name) => ({ name, file: null })) : given;
  const specs = asked.map(({ name, file }) => ({ name, file: fileOf(name, file, out, cwd) }));
  rejectSharedTargets(specs);
  const text = quiet || specs.some(({ name }) => name === 'pretty') ? [] : [{ name: 'pretty', file: null }];
  return [...text, ...specs];
}

function parseReporter(text: string): ReporterSpec {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (name === '') throw new UsageError(`--reporter ${text}: say a name, or name=file.`);
  if (file === '') throw new UsageError(`--reporter ${text}: the name of the file is missing.`);
  return { name, file: file ?? null };
}

function fileOf(name: string, file: string | null, out: string | undefined, cwd: string): string | null {
  const named = file ?? (out === undefined ? undefined : FILES_IN_FOLDER[name]);
  if (named === undefined) return null;
  if (isAbsolute(named)) return named;
  return out === undefined ? inWorkingDirectory(named, cwd) : join(inWorkingDirectory(out, cwd), named);
}

/** As given when that leads there, so that messages say what the user said. */
const inWorkingDirectory = (path: string, cwd: string): string => (cwd === process.cwd() ? path : resolve(cwd, path));

/** Two reports in one place would destroy each other. */
function rejectSharedTargets(specs: readonly ReporterSpec[]): void {
  const targets = new Set<string>();
  for (const { name, file } of specs) {
    const target = file === null ? `the terminal (${name})` : resolve(file);
    if (targets.has(target)) throw new UsageError(`Two reporters would write to ${file ?? target}.`);
    targets.add(target);
  }
}
