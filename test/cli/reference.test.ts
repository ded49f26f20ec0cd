import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { queuelab, root } from './given.js';

const COMMANDS = [[], ['run'], ['check'], ['merge'], ['fuzz'], ['shrink'], ['replay'], ['report'], ['explain'], ['compare'], ['sweep'], ['capacity'], ['mutants'], ['list'], ['init']];

it('docs/command-line.md is what --help says (UPDATE=1 writes it)', async () => {
  const sections = await Promise.all(COMMANDS.map(async (command) => {
    const { stdout } = await queuelab([...command, '--help']);
    return `## ${['queuelab', ...command].join(' ')}\n\n\`\`\`text\n${stdout.trim()}\n\`\`\`\n`;
  }));
  const text = `<!-- Written by test/cli/reference.test.ts from --help: change the commands, not this file. -->\n\n# The command line\n\n${sections.join('\n')}`;
  const path = join(root, 'docs/command-line.md');
  if (process.env['UPDATE'] === '1') writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});
