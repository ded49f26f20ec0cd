import { type Case, isBad, type Suite } from '../cases/suite.js';
import { suitesOfCheck } from '../cases/suites-of-check.js';
import { suitesOfRuns } from '../cases/suites-of-runs.js';
import type { Reporter, ReporterContext } from '../reporter.js';
import { writeFileOrStdout } from '../write.js';

/** TAP 14: a subtest a scenario, a test point a promise. */
export function createTapReporter(file: string | null, context: Pick<ReporterContext, 'stdout'>): Reporter {
  return {
    name: 'tap',
    file,
    finish: (results) => writeFileOrStdout(file, context.stdout, tapText(suitesOfRuns(results))),
    finishCheck: (check) => writeFileOrStdout(file, context.stdout, tapText(suitesOfCheck(check))),
  };
}

export function tapText(suites: readonly Suite[]): string {
  const lines = suites.flatMap((suite, index) => [
    `# Subtest: ${onOneLine(suite.name)}`,
    `    1..${suite.cases.length}`,
    ...suite.cases.flatMap(caseLines).map((line) => `    ${line}`),
    `${suite.cases.some(isBad) ? 'not ok' : 'ok'} ${index + 1} - ${description(suite.name)}`,
  ]);
  return ['TAP version 14', `1..${suites.length}`, ...lines, ''].join('\n');
}

function caseLines(entry: Case, index: number): string[] {
  const point = `${isBad(entry) ? 'not ok' : 'ok'} ${index + 1} - ${description(entry.name)}`;
  if (entry.status === 'skipped') return [`${point} # SKIP ${onOneLine(entry.message)}`];
  if (entry.message === '' && entry.body === '') return [point];
  const story = entry.body === '' ? [] : ['story:', ...entry.body.split('\n').map((line) => `  - ${JSON.stringify(line)}`)];
  // Every JSON string is one of YAML.
  return [point, ...['---', `severity: ${isBad(entry) ? entry.status : 'comment'}`, `message: ${JSON.stringify(entry.message)}`, ...story, '...'].map((line) => `  ${line}`)];
}

/** A hash would begin a directive. */
const description = (text: string): string => onOneLine(text).replace(/[\\#]/g, '\\$&');

// eslint-disable-next-line no-control-regex
const onOneLine = (text: string): string => text.replace(/[\u0000-\u001F\u007F]+/g, ' ');
