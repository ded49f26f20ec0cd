import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderPersonalities } from '../../../engine/personality/render-personalities.js';

const path = join(import.meta.dirname, '../../../docs/personalities.md');
const text = renderPersonalities();
const row = (title: string, after = '#'): string[] => {
  const line = text.slice(text.indexOf(after)).split('\n').find((one) => one.startsWith(`| ${title} |`)) ?? '';
  return line.split(' | ').slice(1).map((cell) => cell.replace(/ \|$/, ''));
};

it('docs/personalities.md is what the settings say; `UPDATE=1 npx vitest run test/engine/personality/render-personalities.test.ts` writes it', () => {
  if (process.env['UPDATE'] === '1') writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

describe('personalities side by side', () => {
  it('tell apart what is sent twice, what comes back, and what is too large', () => {
    expect(row('Sent twice')).toEqual(['stored twice', 'stored once within 5 minutes of the first', 'stored twice', 'stored twice']);
    expect(row('What comes back is put').slice(0, 3)).toEqual(['behind the others', 'where it was in its group', 'where it was']);
    expect(row('Largest message')).toEqual(['1 MiB', '1 MiB', '16 MiB', '16 MiB']);
  });

  it('list of the versions of RabbitMQ only what differs', () => {
    const versions = '## Versions of RabbitMQ';
    expect(row('Largest message', versions)).toEqual(['128 MiB', '16 MiB', '16 MiB', '128 MiB', '16 MiB', '16 MiB']);
    expect(row('Delivered too often', versions)[5]).toContain('a basic.nack does not count');
    expect(row('Sent twice', versions)).toEqual([]);
  });

  it('leave no cell empty and no number unread', () => {
    for (const line of text.split('\n').filter((one) => one.startsWith('| ') && !one.startsWith('| |'))) expect(line).not.toMatch(/\| +\||undefined|NaN|Infinity|null/);
  });
});
