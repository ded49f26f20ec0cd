import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { annotation } from '../../../reports/github/workflow-command.js';
import { createReporter } from '../../../reports/index.js';
import { folderWith } from '../../cli/given.js';
import { aCheck, brokenPromise } from '../a-check.js';
import { brokenRun, heldRun } from '../fixtures.js';
import { keptContext } from '../streams.js';

describe('annotation', () => {
  it('escapes what would end the message or a property', () => {
    expect(annotation('error', { file: 'a,b:c.yaml', line: 3, column: 5, title: '50%' }, 'one\r\ntwo: 50%, done'))
      .toBe('::error file=a%2Cb%3Ac.yaml,line=3,col=5,title=50%25::one%0D%0Atwo: 50%25, done');
  });
});

describe('the report for GitHub Actions', () => {
  it('points at the lines of a check that expect what failed', async () => {
    const context = keptContext();
    await (await createReporter({ name: 'github', file: null }, context)).finishCheck!(aCheck());
    const lines = context.stdout.text.trim().split('\n');
    expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(2);
    expect(lines[0]).toMatch(new RegExp(`^::error file=scenarios/broken\\.yaml,line=12,col=3,title=broken .*%3A ${brokenPromise}::violated in 1`));
    expect(lines[0]).toContain('%0ALife of message');
    expect(lines[1]).toMatch(/^::error file=scenarios\/broken\.yaml,line=15,col=7,/);
    expect(lines[2]).toBe('::warning title=queuelab::Never put to the test: lease-not-early.');
  });

  it('says in the titles of a strict check what is wrong', async () => {
    const context = keptContext();
    await (await createReporter({ name: 'github', file: null }, context)).finishCheck!(aCheck({ strict: true, neverJudged: ['drains'] }));
    const titles = context.stdout.text.split('\n').map((line) => /title=the check as a whole%3A ([^:]*)::/.exec(line)?.[1]).filter((title) => title !== undefined);
    expect(titles).toEqual(['lease-not-early is never put to the test', 'drains is left open in every run']);
    expect(context.stdout.text).toContain('::warning title=queuelab::Put to the test, but left open in every run: drains.');
  });

  it('counts as scenarios what is one', async () => {
    const headOf = async (check: ReturnType<typeof aCheck>): Promise<string> => {
      const file = join(folderWith({ 'summary.md': '' }), 'summary.md');
      await (await createReporter({ name: 'github', file: null }, keptContext({ env: { GITHUB_STEP_SUMMARY: file } }))).finishCheck!(check);
      return readFileSync(file, 'utf8').split('\n')[0]!;
    };
    const strict = aCheck({ strict: true, neverJudged: ['drains'] });
    expect(await headOf(strict)).toBe('## queuelab: ❌ 1 of 2 scenarios did not hold');
    expect(await headOf({ ...strict, scenarios: strict.scenarios.slice(0, 1) })).toBe('## queuelab: ❌ the check as a whole failed');
  });

  it('knows files by their path in the repository', async () => {
    const context = keptContext({ cwd: '/repo/services/orders', env: { GITHUB_WORKSPACE: '/repo' } });
    await (await createReporter({ name: 'github', file: null }, context)).finishCheck!(aCheck());
    expect(context.stdout.text).toContain('::error file=services/orders/scenarios/broken.yaml,line=12');
  });

  it('goes where text for people goes', async () => {
    const context = keptContext({ textTo: 'stderr' });
    await (await createReporter({ name: 'github', file: null }, context)).finish([brokenRun()]);
    expect(context.stdout.text).toBe('');
    expect(context.stderr.text).toMatch(/^::error /);
  });

  it('adds to the summary of the job, in Markdown that no text breaks out of', async () => {
    const file = join(folderWith({ 'summary.md': 'before\n' }), 'summary.md');
    await (await createReporter({ name: 'github', file: null }, keptContext({ env: { GITHUB_STEP_SUMMARY: file } }))).finishCheck!(aCheck());
    const summary = readFileSync(file, 'utf8');
    expect(summary).toMatch(/^before\n## queuelab: ❌ 1 of 2 scenarios did not hold\n/);
    expect(summary).toContain('| ✅ | held | 1 | 0 | 1 |');
    expect(summary.replace(/```text\n[^`]*```/g, '')).not.toContain('<script>');
    expect(summary).toMatch(/```text\n[^`]*Life of message[^`]*```/);
  });

  it('says nothing when all held, but in the summary', async () => {
    const file = join(folderWith(), 'summary.md');
    const context = keptContext({ env: { GITHUB_STEP_SUMMARY: file } });
    await (await createReporter({ name: 'github', file: null }, context)).finish([heldRun()]);
    expect(context.stdout.text).toBe('');
    expect(readFileSync(file, 'utf8')).toContain('✅ 1 scenario held');
  });

  it('says which file cannot be written', async () => {
    const reporter = await createReporter({ name: 'github', file: null }, keptContext({ env: { GITHUB_STEP_SUMMARY: '/dev/null/summary.md' } }));
    await expect(reporter.finish([heldRun()])).rejects.toMatchObject({ code: 'QL_REPORT_WRITE', path: '/dev/null/summary.md' });
  });
});
