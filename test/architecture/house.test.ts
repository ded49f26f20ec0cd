import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const rooms = ['engine', 'sim', 'live', 'history', 'invariants', 'measures', 'scenarios', 'campaign', 'reports', 'cli'];

const subRooms = ['engine', 'sim', 'campaign'].flatMap((room) =>
  readdirSync(join(root, room), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${room}/${entry.name}`),
);

describe.each(rooms)('%s/', (room) => {
  it('says in its README what it is for', () => {
    expect(readFileSync(join(root, room, 'README.md'), 'utf8').trim().split('\n').length).toBeGreaterThan(3);
  });

  it('names its files in kebab-case', () => {
    const files = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    expect(files.filter((path) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/.test(path))).toEqual([]);
  });
});

// Nothing imports the command line: it has a front step and no door.
it.each([...rooms.filter((room) => room !== 'cli'), ...subRooms])('%s/ has a door', (room) => {
  expect(existsSync(join(root, room, 'index.ts'))).toBe(true);
});

it('the lock file names no host, so that any registry can serve it', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { readonly resolved?: string; readonly integrity?: string }>;
  };
  const names = Object.keys(packages).filter((name) => name !== '');
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => packages[name]?.resolved !== undefined)).toEqual([]);
  expect(names.filter((name) => packages[name]?.integrity === undefined)).toEqual([]);
});
