import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { folderWith, queuelab } from './given.js';

const picture = join(import.meta.dirname, '../../docs/pictures/consumer-crash.svg');

it('the picture in the README is what the program draws (UPDATE=1 writes it)', async () => {
  const cwd = folderWith({});
  await queuelab(['run', 'visibility-timeout/consumer-crash', '--quiet', '--reporter', 'json=run.json'], { cwd });
  const { code } = await queuelab(['explain', 'run.json', '--message', '1', '--diagram', 'drawn.svg'], { cwd });
  expect(code).toBe(0);
  const drawn = readFileSync(join(cwd, 'drawn.svg'), 'utf8');
  if (process.env['UPDATE'] === '1') {
    mkdirSync(dirname(picture), { recursive: true });
    writeFileSync(picture, drawn);
  }
  expect(readFileSync(picture, 'utf8')).toBe(drawn);
});
