import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../../scenarios/index.js';
import { folderWith, queuelab, quickScenario } from './given.js';

let good: string;
let result: RunResult;

beforeAll(async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'queuelab-cli-'));
  writeFileSync(join(cwd, 'one.yaml'), quickScenario('one'));
  good = (await queuelab(['run', 'one.yaml', '--reporter', 'json', '--quiet'], { cwd })).stdout;
  result = JSON.parse(good) as RunResult;
  rmSync(cwd, { recursive: true });
});

/** A result that was made from the good one on purpose, without its digest. */
function forged(over: Partial<Record<keyof RunResult, unknown>>): string {
  const { digest: _, ...rest } = result;
  return JSON.stringify({ ...rest, ...over });
}

interface BadFile {
  readonly text: () => string;
  /** What every command says of it. */
  readonly words: RegExp;
}

const files: Readonly<Record<string, BadFile>> = {
  'of a newer format': { text: () => forged({ schema: 'queuelab/run-result/2' }), words: /its format queuelab\/run-result\/2 is that of a newer version of queuelab: use that version/ },
  truncated: { text: () => good.slice(0, 2_000), words: /cut off/ },
  'edited, its figures': { text: () => JSON.stringify({ ...result, outcome: 'broken' }), words: /it was changed after queuelab wrote it: its content does not match its digest/ },
  'edited, its fingerprint': { text: () => JSON.stringify({ ...result, fingerprint: '0'.repeat(32) }), words: /it was changed after queuelab wrote it/ },
  empty: { text: () => '\n', words: /it is empty|it is not JSON, or it is cut off/ },
  'without a run': { text: () => '[]', words: /holds no run|neither a recorded run nor a file of results/ },
  'another JSON': { text: () => '{ "a": 1 }', words: /it is not a result of queuelab|neither a recorded run nor a file of results/ },
};

const commands: readonly (readonly [number, readonly string[]])[] = [
  [2, ['report', 'bad.json', '--reporter', 'html=page.html']],
  [2, ['explain', 'bad.json', '--message', '3', '--diagram', 'three.svg', '--export', 'trace=trace.json']],
  [2, ['compare', 'good.json', 'bad.json', '--reporter', 'html=page.html']],
  [2, ['compare', 'good.json', '--baseline', 'old', '--reporter', 'html=page.html']],
  [3, ['replay', 'bad.json', '--record', 'recorded.json']],
];

describe.each(Object.entries(files))('a result that is %s', (_name, { text, words }) => {
  it.each(commands)('is refused with code %i by %j, and nothing is written', async (expected, args) => {
    const cwd = folderWith({ 'good.json': good, 'bad.json': text(), '.queuelab/baselines/old.json': text() });
    const before = readdirSync(cwd);
    const { code, stdout, stderr } = await queuelab(args, { cwd });
    expect([code, stdout, stderr]).toEqual([expected, '', expect.stringMatching(words) as string]);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(readdirSync(cwd)).toEqual(before);
  });
});

describe('a result that a Windows shell wrote', () => {
  it.each<[string, () => Uint8Array]>([
    ['UTF-8 with its mark', () => Buffer.from(`\uFEFF${good}`)],
    ['UTF-16', () => Buffer.from(`\uFEFF${good}`, 'utf16le')],
  ])('is read like any other (%s)', async (_what, bytes) => {
    const cwd = folderWith({ 'good.json': good });
    writeFileSync(join(cwd, 'marked.json'), bytes());
    for (const args of [['report'], ['explain', '--message', '3']]) {
      const [command = '', ...flags] = args;
      const [marked, plain] = [await queuelab([command, 'marked.json', ...flags], { cwd }), await queuelab([command, 'good.json', ...flags], { cwd })];
      expect([marked.code, marked.stdout, marked.stderr]).toEqual([0, plain.stdout.replaceAll('good.json', 'marked.json'), '']);
    }
  });
});

describe('two results', () => {
  it.each<[string, () => string, RegExp]>([
    ['of a run that was cut short', () => forged({ run: { ...result.run, limit: 'More than 10 events.' } }), /bad\.json cannot be compared: its run with seed 1 was cut short \(More than 10 events\)/],
    ['of an engine with a deliberate bug', () => forged({ mutants: ['ack-lost'] }), /bad\.json cannot be compared: its run with seed 1 had deliberate bugs switched on \(ack-lost\)/],
    ['with the same seed twice', () => `[${good},${good}]`, /bad\.json cannot be compared: it holds the same seed twice/],
  ])('that cannot be compared say why (%s)', async (_what, text, words) => {
    const cwd = folderWith({ 'good.json': good, 'bad.json': text() });
    const { code, stdout, stderr } = await queuelab(['compare', 'good.json', 'bad.json', '--reporter', 'html=page.html'], { cwd });
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(words) as string]);
    expect(readdirSync(cwd)).toEqual(['bad.json', 'good.json']);
  });
});

describe('an explanation of nothing', () => {
  it.each([
    [['--message', '51'], /--message 51: there is no such message\. The run's messages are 1 to 50; the nearest is 50/],
    [['--message', '1.5'], /the number of a message, from 1/],
    [['--diagram', 'x.svg'], /--diagram: no promise was broken, so there is nothing to draw: name a message/],
    [['--export', 'hgrm=x.hgrm', '--export', 'mermaid=x.mmd'], /--export mermaid: no promise was broken/],
  ])('is refused, and nothing is written (%j)', async (args, words) => {
    const cwd = folderWith({ 'good.json': good });
    const { code, stdout, stderr } = await queuelab(['explain', 'good.json', ...args], { cwd });
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(words) as string]);
    expect(readdirSync(cwd)).toEqual(['good.json']);
  });
});

it('the good result is good', async () => {
  const cwd = folderWith({ 'good.json': good });
  for (const [, args] of commands) {
    if (args.includes('--baseline')) continue;
    expect((await queuelab(args.map((arg) => (arg === 'bad.json' ? 'good.json' : arg)), { cwd })).code).toBe(0);
  }
  expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toContain('<!doctype html>');
});
