import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newerNodePath } from './newer-node.js';

it('runs a newer Node than the oldest supported one, and leaves the own one alone', async () => {
  const version = execFileSync(await newerNodePath(), ['--version'], { encoding: 'utf8' }).trim();
  expect(version).toMatch(/^v24\./);
  expect(existsSync(join(import.meta.dirname, '../../node_modules/.bin/node'))).toBe(false);
}, 120_000);
