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
});
