import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderWith, quickScenario, root } from './given.js';

const main = join(root, 'dist/queuelab.js');

beforeAll(() => {
  if (!existsSync(main)) throw new Error('dist/ is missing: `npm run build` first.');
});

/** Machines that do not compute the same twice, in their worker threads too. */
const MACHINES = {
  /** Now and then, what the fingerprint multiplies comes out one too large. */
  'counts wrong': `
const steady = Math.imul;
let calls = 0;
Math.imul = (left, right) => steady(left, right) + (right === 0x239b961b && ++calls % 4_999 === 0 ? 1 : 0);
`,
  /** Now and then, something of the network takes a microsecond longer. */
  'takes its time': `
const steady = Math.round;
let calls = 0;
Math.round = (value) => steady(value) + (value > 100 && value < 50_000 && ++calls % 101 === 0 ? 1 : 0);
`,
} as const;

function onMachine(machine: keyof typeof MACHINES, args: readonly string[], files: Readonly<Record<string, string>> = {}): { readonly code: number; readonly stderr: string } {
  const cwd = folderWith({ 'quick.yaml': quickScenario('quick'), 'unsteady.mjs': MACHINES[machine], ...files });
  try {
    execFileSync(process.execPath, [main, ...args], { cwd, stdio: 'pipe', encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: `--import=file://${join(cwd, 'unsteady.mjs')}` } });
    return { code: 0, stderr: '' };
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string };
    return { code: status, stderr };
  }
}

describe('--verify, on a machine that does not compute the same twice', { timeout: 120_000 }, () => {
  it.each([
    ['run', 'quick.yaml'], ['check', 'quick.yaml', '--seeds', '1..2', '-j', '1', '--no-shrink'],
    ['compare', 'quick.yaml', 'quick.yaml', '--seeds', '1', '-j', '1'], ['sweep', 'quick.yaml', '--set', 'consumers.worker.concurrency=1,2', '--seeds', '1', '-j', '1'],
    ['capacity', 'quick.yaml', '--until', 'p99(endToEnd) < 1s', '--seeds', '1', '-j', '1', '--precision', '50%'],
  ])('lets no %s pass', (...command) => {
    expect(onMachine('counts wrong', command).code).toBe(0);
    const { code, stderr } = onMachine('counts wrong', [...command, '--verify']);
    expect(code).toBe(70);
    expect(stderr).toContain('The run of quick.yaml with seed 1 came out differently the second time.');
  });

  it.each([
    ['replay', 'quick.yaml'], ['shrink', 'quick.yaml'], ['mutants', 'one-delivery-too-few', '--hunts', '1', '--runs', '5', '--strategy', 'swarm', '-j', '1', '--no-shrink'],
  ])('lets no %s pass', (...command) => {
    const { code, stderr } = onMachine('counts wrong', [...command, '--verify']);
    expect([code, stderr]).toEqual([70, expect.stringContaining('came out differently the second time.')]);
  });

  it.each([
    ['run', 'broken.yaml'], ['check', 'broken.yaml', '--seeds', '1', '-j', '1', '--no-shrink'], ['shrink', 'broken.yaml'], ['replay', 'broken.yaml'],
    ['fuzz', 'quick.yaml', '--runs', '5', '-j', '1', '--corpus', 'none'], ['mutants', 'one-delivery-too-few', '--hunts', '1', '--runs', '5', '--strategy', 'swarm', '-j', '1', '--no-shrink'],
  ])('names the first event that differs of a %s', (...command) => {
    const broken = quickScenario('broken', 'expect: { no-phantom: violated }\n');
    const { code, stderr } = onMachine('takes its time', [...command, '--verify'], { 'broken.yaml': broken });
    expect([code, stderr]).toEqual([70, expect.stringMatching(/came out differently the second time\.\n *The runs part at event \d+:\n {2}expected .*\n {2}seen .*\n {2}differs .*: expected .*, seen /)]);
  });
});
