import { type Case, isBad, type Suite } from '../cases/suite.js';
import { counted } from '../words/numbers.js';

/** GitHub takes 1 MiB a step; beyond this, stories are left out. */
const MAX_LENGTH = 900_000;

const SYMBOLS: Readonly<Record<Case['status'], string>> = { passed: '✅', failed: '❌', error: '⚠️', skipped: '➖' };

/** The summary of a job as Markdown: a row a scenario, and what failed with its story. */
export function jobSummary(suites: readonly Suite[], notes: readonly string[]): string {
  const bad = suites.filter(({ cases }) => cases.some(isBad));
  const head = headOf(suites.filter(({ file }) => file !== ''), bad);
  const lines = [
    `## queuelab: ${head}`,
    '',
    '| | scenario | held | failed | not exercised |',
    '| --- | --- | ---: | ---: | ---: |',
    ...suites.map(row),
    '',
    ...notes.flatMap((note) => [markdown(note), '']),
  ];
  let length = lines.join('\n').length;
  for (const block of bad.flatMap(failureBlocks)) {
    length += block.length;
    if (length > MAX_LENGTH) return [...lines, 'More failed than fits here: see the log.', ''].join('\n');
    lines.push(block, '');
  }
  return lines.join('\n');
}

/** What concerns the check as a whole has no file, and is no scenario. */
function headOf(scenarios: readonly Suite[], bad: readonly Suite[]): string {
  const failed = scenarios.filter((suite) => bad.includes(suite)).length;
  if (failed > 0) return `❌ ${failed} of ${counted(scenarios.length, 'scenario')} did not hold`;
  return bad.length > 0 ? '❌ the check as a whole failed' : `✅ ${counted(scenarios.length, 'scenario')} held`;
}

function row({ name, cases }: Suite): string {
  const having = (status: Case['status']): number => cases.filter((entry) => entry.status === status).length;
  const failed = having('failed') + having('error');
  return `| ${failed > 0 ? SYMBOLS.failed : SYMBOLS.passed} | ${markdown(name)} | ${having('passed')} | ${failed} | ${having('skipped')} |`;
}

function failureBlocks({ name, cases }: Suite): string[] {
  return cases.filter(isBad).map((entry) => [
    `### ${SYMBOLS[entry.status]} ${markdown(name)}: ${markdown(entry.name)}`,
    '',
    markdown(entry.message),
    ...(entry.body === '' ? [] : ['', '<details><summary>What happened, and how to run it again</summary>', '', fenced(entry.body), '', '</details>']),
  ].join('\n'));
}

/** Text that is not read as markup. */
const markdown = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&').replace(/\s+/g, ' ');

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
