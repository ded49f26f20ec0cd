import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createReporter } from '../../../reports/index.js';
import { folderWith } from '../../cli/given.js';
import { aCheck, aRun } from '../a-check.js';
import { brokenRun, heldRun } from '../fixtures.js';
import { Broken, keptContext } from '../streams.js';

const scenario = { name: 'one', file: 'one.yaml' };

it('writes a line a run to stdout as soon as it is over', async () => {
  const context = keptContext();
  const reporter = await createReporter({ name: 'jsonl', file: null }, context);
  reporter.onCheckedRun!(scenario, aRun('1'));
  await new Promise(setImmediate);
  expect(JSON.parse(context.stdout.text)).toEqual({ scenario: 'one', file: 'one.yaml', ...aRun('1') });
  reporter.onCheckedRun!(scenario, aRun('2'));
  await reporter.finishCheck!(aCheck());
  expect(context.stdout.text.trim().split('\n').map((line) => (JSON.parse(line) as { seed: string }).seed)).toEqual(['1', '2']);
});

it('writes the same of single runs, each once, and into a file whole', async () => {
  const file = join(folderWith(), 'runs.jsonl');
  const reporter = await createReporter({ name: 'jsonl', file }, keptContext());
  const results = [heldRun(), brokenRun()];
  reporter.onRunDone!(results[0]!);
  await reporter.finish(results);
  const lines = readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { outcome: string; unmet: string[] });
  expect(lines.map(({ outcome }) => outcome)).toEqual(['held', 'broken']);
  expect(lines[1]?.unmet.length).toBeGreaterThan(0);
  expect(Object.keys(lines[0]!).sort()).toEqual(Object.keys({ scenario: '', file: '', ...aRun('1') }).sort());
});

it('keeps quiet when its reader leaves, until the end', async () => {
  const reporter = await createReporter({ name: 'jsonl', file: null }, { ...keptContext(), stdout: new Broken() });
  reporter.onCheckedRun!(scenario, aRun('1'));
  reporter.onCheckedRun!(scenario, aRun('2'));
  await expect(reporter.finishCheck!(aCheck())).rejects.toMatchObject({ reason: 'EPIPE' });
});
