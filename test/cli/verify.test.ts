import { describe, expect, it } from 'vitest';
import { folderWith, queuelab, quickScenario } from './given.js';

describe('--verify', () => {
  it.each([['run'], ['check', '--seeds', '1..2', '-j', '1'], ['fuzz', '--runs', '3', '-j', '1', '--corpus', 'none', '--quiet']])('lets a %s that repeats itself say what it says without', async (...command) => {
    const cwd = folderWith({ 'quick.yaml': quickScenario('quick') });
    const [name, ...flags] = command as [string, ...string[]];
    const plain = await queuelab([name, 'quick.yaml', ...flags], { cwd });
    const verified = await queuelab([name, 'quick.yaml', ...flags, '--verify'], { cwd });
    expect(verified.code).toBe(0);
    expect(verified.stdout).toBe(plain.stdout);
  });
});
