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
    summary: 'The whole result as JSON: one run as an object, several as an array; a check as an object.',
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
  junit: {
    summary: "JUnit's XML for build services: a suite a scenario, a case a promise.",
    without: 'stdout',
    make: async (file, context) => (await import('./junit/junit-reporter.js')).createJunitReporter(file, context),
  },
  tap: {
    summary: 'TAP 14: a subtest a scenario, a test point a promise.',
    without: 'stdout',
    make: async (file, context) => (await import('./tap/tap-reporter.js')).createTapReporter(file, context),
  },
  jsonl: {
    summary: 'JSON Lines: one line a run, as soon as it is over.',
    without: 'stdout',
    make: async (file, context) => (await import('./jsonl/jsonl-reporter.js')).createJsonlReporter(file, context),
  },
  github: {
    summary: "For GitHub Actions: annotations at the lines of `expect:`, and the job's summary.",
    without: 'text',
    make: async (_file, context) => (await import('./github/github-reporter.js')).createGithubReporter(context),
  },
} as const satisfies Readonly<Record<string, ReporterKind>>;

export type ReporterName = keyof typeof kinds;

/** The names that `--reporter` takes. */
export const reporterNames = Object.keys(kinds) as readonly ReporterName[];

/** What each reporter is for, in one sentence. */
export const reporterSummaries = Object.fromEntries(reporterNames.map((name) => [name, kinds[name].summary])) as Readonly<Record<ReporterName, string>>;

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
