import { ReporterFileError, UnknownReporterError } from './errors.js';
import type { Reporter, ReporterContext, ReporterSpec } from './reporter.js';

type Make = (file: string | null, context: ReporterContext) => Promise<Reporter>;

interface ReporterKind {
  /** What it is for, in one sentence; shown by `--help`. */
  readonly summary: string;
  /** Where it writes without a file. */
  readonly without: 'text' | 'stdout' | { readonly file: string };
  readonly make: Make;
}

/** Every reporter. Each is loaded when it is asked for, because drawing charts takes a large library. */
const kinds = {
  pretty: {
    summary: 'For the terminal: verdicts, figures, faults, the first violation with its life story.',
    without: 'text',
    make: async (_file, context) => (await import('./pretty/pretty-reporter.js')).createPrettyReporter(context),
  },
  json: {
    summary: 'The whole result as JSON: one run as an object, several as an array.',
    without: 'stdout',
    make: async (file, context) => (await import('./json/json-reporter.js')).createJsonReporter(file, context),
  },
  csv: {
    summary: 'The time series as CSV: one row per scenario and time step.',
    without: 'stdout',
    make: async (file, context) => (await import('./csv/csv-reporter.js')).createCsvReporter(file, context),
  },
  html: {
    summary: 'One self-contained page with charts, which opens from disk without a network.',
    without: { file: 'queuelab-report.html' },
    make: async (file) => (await import('./html/html-reporter.js')).createHtmlReporter(file ?? 'queuelab-report.html'),
  },
} as const satisfies Readonly<Record<string, ReporterKind>>;

export type ReporterName = keyof typeof kinds;

/** The names that `--reporter` takes. */
export const reporterNames = Object.keys(kinds) as readonly ReporterName[];

/** What each reporter is for, in one sentence. */
export const reporterSummaries: Readonly<Record<ReporterName, string>> = {
  pretty: kinds.pretty.summary,
  json: kinds.json.summary,
  csv: kinds.csv.summary,
  html: kinds.html.summary,
};

/** True when the report itself goes to stdout, so that text for people belongs on stderr. */
export function takesStdout(spec: ReporterSpec): boolean {
  return spec.file === null && kindOf(spec.name).without === 'stdout';
}

/**
 * Makes the reporter of a name.
 * @throws UnknownReporterError
 * @throws ReporterFileError when the reporter takes no file and one is given.
 */
export async function createReporter(spec: ReporterSpec, context: ReporterContext): Promise<Reporter> {
  const kind = kindOf(spec.name);
  if (kind.without === 'text' && spec.file !== null) throw new ReporterFileError(spec.name, spec.file);
  return kind.make(spec.file, context);
}

function kindOf(name: string): ReporterKind {
  if (!Object.hasOwn(kinds, name)) throw new UnknownReporterError(name, reporterNames);
  return kinds[name as ReporterName];
}
