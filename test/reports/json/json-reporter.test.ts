import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createReporter } from '../../../reports/index.js';
import type { RunResult } from '../../../scenarios/index.js';
import { brokenRun, emptyRun, heldRun } from '../fixtures.js';
import { keptContext } from '../streams.js';

async function written(...results: ReturnType<typeof heldRun>[]): Promise<unknown> {
  const context = keptContext();
  const reporter = await createReporter({ name: 'json', file: null }, context);
  for (const result of results) reporter.onRunDone?.(result);
  await reporter.finish(results);
  expect(context.stderr.text).toBe('');
  return JSON.parse(context.stdout.text);
}

it('one run is an object, and nothing is lost; its digest is that of the rest', async () => {
  const { digest, ...rest } = (await written(heldRun())) as RunResult;
  expect(rest).toEqual(heldRun());
  expect(digest).toBe(createHash('sha256').update(JSON.stringify(rest)).digest('hex'));
});

it('several runs are an array in their order', async () => {
  const runs = [brokenRun({ seed: '2' }), emptyRun({ seed: '10' }), heldRun({ seed: '1' })];
  expect(((await written(...runs)) as { seed: string }[]).map((run) => run.seed)).toEqual(['2', '10', '1']);
});

it('no run is an empty array', async () => {
  expect(await written()).toEqual([]);
});
