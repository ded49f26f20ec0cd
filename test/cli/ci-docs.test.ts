import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { folderWith, queuelab, quickScenario, root } from './given.js';

const text = readFileSync(join(root, 'docs/ci.md'), 'utf8');
const examples = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => yaml);
const commands = [...text.matchAll(/npx queuelab (.*?)$/gm)].map(([, command = '']) => command);

describe('docs/ci.md', () => {
  it('has examples that are YAML', () => {
    expect(examples).toHaveLength(3);
    for (const yaml of examples) expect(parseDocument(yaml, { uniqueKeys: true }).errors).toEqual([]);
  });

  it('has commands that are what it says', { timeout: 60_000 }, async () => {
    expect(commands.length).toBeGreaterThan(5);
    const cwd = folderWith({ 'scenarios/orders.yaml': quickScenario('orders', 'expect: { acked-send-not-lost: holds }') });
    for (const shard of ['1', '2']) {
      const command = commands.find((line) => line.includes('CI_NODE_INDEX'))!
        .replaceAll('$CI_NODE_INDEX', shard).replaceAll('$CI_NODE_TOTAL', '2').replace('1..2000', '1..4');
      expect(await queuelab([...command.split(' '), '-j', '1'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
    }
    const merge = commands.find((line) => line.startsWith('merge') && !line.includes('github'))!.replace('shards/*', 'shards/1 shards/2');
    const { code, stdout } = await queuelab(merge.split(' '), { cwd });
    // No lease of this scenario runs out, so nothing could have ended one early, and --strict says so.
    expect([code, stdout]).toEqual([1, expect.stringContaining('lease-not-early')]);
    expect(readFileSync(join(cwd, 'junit.xml'), 'utf8')).toContain('<testsuites');
    for (const compare of commands.filter((line) => line.startsWith('compare'))) expect((await queuelab([...compare.split(' '), '--seeds', '1,2', '-j', '1'], { cwd })).code).toBe(0);
    const run = commands.find((line) => line.startsWith('run'))!;
    expect((await queuelab(run.split(' '), { cwd })).code).toBe(0);
  });

  it('has flags that exist', async () => {
    const flags = new Set([...text.matchAll(/ (--[a-z][a-z-]*)/g)].map(([, flag = '']) => flag));
    const helps = await Promise.all(['check', 'merge', 'run', 'compare', 'shrink'].map(async (command) => (await queuelab([command, '--help'])).stdout));
    expect([...flags].filter((flag) => !helps.some((help) => help.includes(flag)))).toEqual([]);
  });
});
