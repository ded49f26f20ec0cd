import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { folderWith, queuelab, quickScenario } from './given.js';

async function given(text = quickScenario('one')): Promise<string> {
  const cwd = folderWith({ 'one.yaml': text });
  await queuelab(['run', 'one.yaml', '--quiet', '--reporter', 'json=run.json'], { cwd });
  return cwd;
}

it('a chart of a run is a picture of its own, with title, description and ground, the same each time', async () => {
  const cwd = await given();
  const args = ['report', 'run.json', '--quiet', '--chart', 'throughput=a/throughput.svg', '--chart', 'latency-distribution=nines.svg'];
  expect((await queuelab(args, { cwd })).code).toBe(0);
  const svg = readFileSync(join(cwd, 'a/throughput.svg'), 'utf8');
  expect(XMLValidator.validate(svg)).toBe(true);
  expect((new XMLParser().parse(svg) as { svg: { title: string; desc: string } }).svg).toMatchObject({ title: 'Throughput', desc: expect.stringContaining('virtual time') as string });
  expect(svg).toContain('fill="#ffffff"');
  expect(svg).not.toMatch(/NaN|undefined|var\(/);
  expect(readFileSync(join(cwd, 'nines.svg'), 'utf8')).toContain('percentile of messages');
  await queuelab(args, { cwd });
  expect(readFileSync(join(cwd, 'a/throughput.svg'), 'utf8')).toBe(svg);
});

it.each([
  [['--chart', 'througput=x.svg'], /--chart througput: there is no such chart\. There are throughput, backlog, /],
  [['--chart', 'throughput'], /say which chart and where to, as throughput=throughput\.svg/],
  [['--chart', 'throughput=x.svg', '--chart', 'backlog=.'], /cannot be written: it is a directory/],
  [['run.json', '--chart', 'throughput=x.svg'], /--chart draws one run, and there are 2/],
])('what cannot be drawn is refused, and nothing is written (%j)', async (args, words) => {
  const cwd = await given();
  const before = readdirSync(cwd);
  const { code, stdout, stderr } = await queuelab(['report', 'run.json', ...args], { cwd });
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(words) as string]);
  expect(readdirSync(cwd)).toEqual(before);
});

it('a chart of something that was not there says so', async () => {
  const cwd = await given(quickScenario('one').replace(/consumers: .*\n/, ''));
  expect(await queuelab(['report', 'run.json', '--chart', 'consumers=x.svg'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('No consumer received anything') as string });
});
