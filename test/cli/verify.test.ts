import { describe, expect, it } from 'vitest';
import { folderWith, queuelab, quickScenario } from './given.js';

describe('--verify', () => {
  it.each([['run'], ['check', '--seeds', '1..2', '-j', '1'], ['fuzz', '--runs', '3', '-j', '1', '--corpus', 'none', '--quiet'],
    ['compare', 'quick.yaml', '--seeds', '1', '-j', '1'], ['sweep', '--set', 'consumers.worker.concurrency=1,2', '--seeds', '1', '-j', '1'],
    ['capacity', '--until', 'p99(endToEnd) < 1s', '--seeds', '1', '-j', '1', '--precision', '50%']])('lets a %s that repeats itself say what it says without', async (...command) => {
    const cwd = folderWith({ 'quick.yaml': quickScenario('quick') });
    const [name, ...flags] = command as [string, ...string[]];
    const plain = await queuelab([name, 'quick.yaml', ...flags], { cwd });
    const verified = await queuelab([name, 'quick.yaml', ...flags, '--verify'], { cwd });
    expect(verified.code).toBe(0);
    expect(verified.stdout).toBe(plain.stdout);
  });

  it.each([['replay', 'run.json'], ['shrink', 'busy.yaml', '--mutant', 'acknowledge-after-work', '--runs', '20'], ['explain', 'run.json'],
    ['mutants', 'one-delivery-too-few', '--hunts', '1', '--runs', '10', '--strategy', 'swarm', '-j', '1', '--no-shrink', '--reporter', 'json']])('lets a %s %s that repeats itself say what it says without', async (...command) => {
    const busy = quickScenario('busy').replace('worker: { queue: orders }', 'worker: { queue: orders, handler: { kind: ack-first, time: 1500ms } }');
    const cwd = folderWith({ 'busy.yaml': busy });
    await queuelab(['run', 'busy.yaml', '--mutant', 'acknowledge-after-work', '--reporter', 'json=run.json'], { cwd });
    const plain = await queuelab(command, { cwd });
    const verified = await queuelab([...command, '--verify'], { cwd });
    const timeless = (text: string): string => text.replaceAll(/"\w*[mM]illis": [\d.]+/g, '');
    expect([verified.code, timeless(verified.stdout)]).toEqual([plain.code, timeless(plain.stdout)]);
  });
});
