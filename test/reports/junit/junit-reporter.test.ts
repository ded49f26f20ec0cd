import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { createReporter } from '../../../reports/index.js';
import { folderWith } from '../../cli/given.js';
import { aCheck, brokenPromise } from '../a-check.js';
import { brokenRun, heldRun, hostileText } from '../fixtures.js';
import { keptContext } from '../streams.js';

interface Xml {
  readonly testsuites: Attributes & { readonly testsuite: readonly (Attributes & { readonly testcase: readonly Testcase[] })[] };
}
type Attributes = Readonly<Record<`@_${string}`, string>>;
type Testcase = Attributes & { readonly failure?: Attributes & { readonly '#text': string }; readonly skipped?: Attributes; readonly error?: Attributes };

function parsed(text: string): Xml {
  expect(XMLValidator.validate(text)).toBe(true);
  return new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testsuite' || name === 'testcase' }).parse(text) as Xml;
}

async function reported(of: 'runs' | 'check'): Promise<string> {
  const context = keptContext();
  const reporter = await createReporter({ name: 'junit', file: null }, context);
  await (of === 'runs' ? reporter.finish([heldRun(), brokenRun()]) : reporter.finishCheck!(aCheck()));
  return context.stdout.text;
}

describe('the JUnit report of a check', () => {
  it('has a suite a scenario and a case a promise, with counts that agree', async () => {
    const { testsuites } = parsed(await reported('check'));
    expect(testsuites.testsuite.map((suite) => [suite['@_tests'], suite['@_failures'], suite['@_errors'], suite['@_skipped']])).toEqual([['2', '0', '0', '1'], ['3', '2', '0', '1']]);
    expect([testsuites['@_tests'], testsuites['@_failures']]).toEqual(['5', '2']);
    expect(testsuites.testsuite[0]?.testcase.map((entry) => entry['@_name'])).toEqual([brokenPromise, 'lease-not-early']);
    expect(testsuites.testsuite[0]?.testcase[1]?.skipped?.['@_message']).toBe('not exercised in any of 2 seeds');
  });

  it('tells of a failure how often, in which seeds, where it is expected, the life story and how to run it again', async () => {
    const { testsuites: { testsuite: [, suite] } } = parsed(await reported('check'));
    const [promise, , threshold] = suite?.testcase ?? [];
    expect([promise?.['@_file'], promise?.['@_line']]).toEqual(['scenarios/broken.yaml', '12']);
    expect(promise?.failure?.['@_message']).toBe('violated in 1, held in 1 of 2 seeds, expected: holds; seed 1');
    expect(promise?.failure?.['#text']).toContain('Life of message');
    expect(promise?.failure?.['#text']).toContain(`Run it again: ${brokenRun().replay.split(' ').slice(0, 3).join(' ')}`);
    expect(threshold?.failure?.['@_message']).toBe('missed in 1 of 2 seeds (seed 2: 61ms); seed 2');
  });

  it('is XML whatever the texts hold', async () => {
    const text = await reported('check');
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    const { testsuites: { testsuite: [, suite] } } = parsed(text);
    expect(suite?.['@_name']).toBe(`broken ${hostileText.replace('\uD800', '\uFFFD')}`);
  });

  it('fails for what was never put to the test when the check is strict, and for a missing shard', async () => {
    const context = keptContext();
    const reporter = await createReporter({ name: 'junit', file: null }, context);
    await reporter.finishCheck!(aCheck({ strict: true, missingShards: ['2/4'] }));
    const { testsuites: { testsuite: suites } } = parsed(context.stdout.text);
    expect(suites.at(-1)?.testcase.map((entry) => entry['@_name'])).toEqual(['lease-not-early is never put to the test', 'shard 2/4']);
    expect([suites.at(-1)?.['@_failures'], suites.at(-1)?.['@_errors']]).toEqual(['1', '1']);
  });
});

describe('the JUnit report of runs', () => {
  it('has a suite a run', async () => {
    const { testsuites: { testsuite: [held, broken] } } = parsed(await reported('runs'));
    expect(held?.['@_name']).toContain(`${heldRun().scenario.name}, seed `);
    expect(held?.['@_failures']).toBe('0');
    expect(Number(broken?.['@_failures'])).toBeGreaterThan(0);
  });

  it('goes into a file', async () => {
    const file = join(folderWith(), 'reports/junit.xml');
    await (await createReporter({ name: 'junit', file }, keptContext())).finish([heldRun()]);
    parsed(readFileSync(file, 'utf8'));
  });
});
