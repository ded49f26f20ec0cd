import { appendFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { isBad, type Suite } from '../cases/suite.js';
import { suitesOfCheck } from '../cases/suites-of-check.js';
import { suitesOfRuns } from '../cases/suites-of-runs.js';
import { ReportWriteError } from '../errors.js';
import type { Reporter, ReporterContext } from '../reporter.js';
import type { CheckResult } from '../run-result.js';
import { endSentences, openSentences } from '../words/check.js';
import { writeToStream } from '../write.js';
import { jobSummary } from './job-summary.js';
import { annotation } from './workflow-command.js';

/** More annotations than GitHub shows are of no use. */
const MAX_ANNOTATIONS = 50;

/**
 * For GitHub Actions: an annotation for each broken promise, at the line that expects it, and the job's summary where
 * `GITHUB_STEP_SUMMARY` asks for it.
 */
export function createGithubReporter(context: ReporterContext): Reporter {
  return {
    name: 'github',
    file: null,
    finish: (results) => report(suitesOfRuns(results), [], context),
    finishCheck: (check) => report(suitesOfCheck(check), notesOf(check), context),
  };
}

const notesOf = (check: CheckResult): string[] => [...endSentences(check), ...openSentences(check)];

async function report(suites: readonly Suite[], notes: readonly string[], context: ReporterContext): Promise<void> {
  const stream = context.textTo ?? 'stdout';
  const failed = suites.flatMap((suite) => suite.cases.filter(isBad).map((entry) => ({ suite, entry })));
  const lines = failed.slice(0, MAX_ANNOTATIONS).map(({ suite, entry }) => annotation(
    'error',
    { file: inRepository(suite.file, context), title: `${suite.name}: ${entry.name}`, ...entry.place },
    `${entry.message}\n\n${entry.body}`.trim(),
  ));
  const warnings = notes.map((note) => annotation('warning', { file: '', title: 'queuelab' }, note));
  const text = [...lines, ...warnings].map((line) => `${line}\n`).join('');
  if (text !== '') await writeToStream(context[stream], stream, text);
  const summaryFile = context.env?.['GITHUB_STEP_SUMMARY'] ?? '';
  if (summaryFile !== '') await appendSummary(summaryFile, jobSummary(suites, notes));
}

/** Other steps may have written to it. */
async function appendSummary(file: string, text: string): Promise<void> {
  try {
    await appendFile(file, `${text}\n`, 'utf8');
  } catch (error) {
    throw new ReportWriteError(file, error);
  }
}

/** GitHub knows files by their path in the repository, wherever the command ran. */
function inRepository(file: string, { cwd = '.', env = {} }: ReporterContext): string {
  const root = env['GITHUB_WORKSPACE'] ?? '';
  if (file === '' || root === '') return file;
  const path = relative(root, resolve(cwd, file));
  return path.startsWith('..') ? file : path;
}
