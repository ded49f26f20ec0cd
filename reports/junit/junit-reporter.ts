import { type Case, isBad, type Suite } from '../cases/suite.js';
import { suitesOfCheck } from '../cases/suites-of-check.js';
import { suitesOfRuns } from '../cases/suites-of-runs.js';
import type { Reporter, ReporterContext } from '../reporter.js';
import { writeFileOrStdout } from '../write.js';
import { xmlAttribute, xmlText } from './xml.js';

/** JUnit's XML, as build services read it: a suite a scenario, a case a promise. */
export function createJunitReporter(file: string | null, context: Pick<ReporterContext, 'stdout'>): Reporter {
  return {
    name: 'junit',
    file,
    finish: (results) => writeFileOrStdout(file, context.stdout, junitText(suitesOfRuns(results))),
    finishCheck: (check) => writeFileOrStdout(file, context.stdout, junitText(suitesOfCheck(check))),
  };
}

export function junitText(suites: readonly Suite[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="queuelab" ${countsOf(suites.flatMap(({ cases }) => cases))}>`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteLines({ name, file, cases }: Suite): string[] {
  const where = file === '' ? '' : ` file="${xmlAttribute(file)}"`;
  return [
    `  <testsuite name="${xmlAttribute(name)}"${where} ${countsOf(cases)}>`,
    ...cases.flatMap((entry) => caseLines(entry, name, file)),
    '  </testsuite>',
  ];
}

function countsOf(cases: readonly Case[]): string {
  const having = (status: Case['status']): number => cases.filter((entry) => entry.status === status).length;
  return `tests="${cases.length}" failures="${having('failed')}" errors="${having('error')}" skipped="${having('skipped')}"`;
}

function caseLines(entry: Case, suite: string, file: string): string[] {
  const place = entry.place === null ? '' : ` line="${entry.place.line}"`;
  const where = file === '' ? '' : ` file="${xmlAttribute(file)}"${place}`;
  const head = `    <testcase classname="${xmlAttribute(suite)}" name="${xmlAttribute(entry.name)}"${where}`;
  const inside = insideLines(entry);
  return inside.length === 0 ? [`${head}/>`] : [`${head}>`, ...inside, '    </testcase>'];
}

function insideLines(entry: Case): string[] {
  const message = xmlAttribute(entry.message);
  if (entry.status === 'skipped') return [`      <skipped message="${message}"/>`];
  if (!isBad(entry)) return entry.message === '' ? [] : [`      <system-out>${xmlText(entry.message)}</system-out>`];
  const element = entry.status === 'failed' ? 'failure' : 'error';
  return [`      <${element} message="${message}" type="${element}">${xmlText(`${entry.message}\n\n${entry.body}`.trim())}</${element}>`];
}
