import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { createReporter } from '../../../reports/index.js';
import { aCheck, brokenPromise } from '../a-check.js';
import { keptContext } from '../streams.js';

async function lines(): Promise<string[]> {
  const context = keptContext();
  await (await createReporter({ name: 'tap', file: null }, context)).finishCheck!(aCheck());
  return context.stdout.text.split('\n');
}

it('is TAP 14 with a subtest a scenario, whose plans and numbers agree', async () => {
  const all = await lines();
  expect(all.slice(0, 2)).toEqual(['TAP version 14', '1..2']);
  expect(all.filter((line) => /^(not )?ok/.test(line))).toEqual(['ok 1 - held', expect.stringMatching(/^not ok 2 - broken /)]);
  expect(all.filter((line) => /^ {4}1\.\./.test(line))).toEqual(['    1..2', '    1..3']);
  expect(all.filter((line) => /^ {4}(not )?ok/.test(line))).toEqual([
    `    ok 1 - ${brokenPromise}`, '    ok 2 - lease-not-early # SKIP not exercised in any of 2 seeds',
    `    not ok 1 - ${brokenPromise}`, '    ok 2 - lease-not-early # SKIP not exercised in any of 2 seeds', '    not ok 3 - p99(endToEnd) < 50ms',
  ]);
});

it('tells of a failure in a block of YAML', async () => {
  const all = await lines();
  const begin = all.indexOf('      ---');
  const block = parse(all.slice(begin + 1, all.indexOf('      ...')).join('\n')) as { message: string; story: string[] };
  expect(block.message).toContain('violated in 1');
  expect(block.story.some((line) => line.startsWith('Life of message'))).toBe(true);
});
