import { expect, it } from 'vitest';
import type { DiskFile } from '../../engine/index.js';
import type { CreateFixture, HostFixture } from './host-suite.js';
import { bytesOf, openFile, outcomeOf, readAll, resultOf, withFixture, writeAll } from './with-fixture.js';

async function namesIn(fixture: HostFixture, directory: string): Promise<readonly string[]> {
  return resultOf<readonly string[]>(fixture, (done) => fixture.one.host.disk.list(directory, done));
}

export function diskFolderRules(create: CreateFixture): void {
  it(
    'a file is made only when asked for',
    withFixture(create, async (fixture) => {
      const { disk } = fixture.one.host;
      const missing = await outcomeOf<DiskFile | null>(fixture, (done) => disk.open('log', { create: false }, done));
      expect(missing.error?.code).toBe('ENOENT');
      expect(missing.value).toBe(null);
      const file = await openFile(fixture, fixture.one, 'log');
      await writeAll(fixture, file, 0, bytesOf(1));
      const again = await outcomeOf<DiskFile | null>(fixture, (done) => disk.open('log', { create: false }, done));
      expect(again.error).toBe(null);
      expect((await openFile(fixture, fixture.one, 'log')).sizeBytes).toBe(1);
    }),
  );

  it(
    'a folder is made with its parents, and making it again is no error',
    withFixture(create, async (fixture) => {
      const { disk } = fixture.one.host;
      const early = await outcomeOf<DiskFile | null>(fixture, (done) => disk.open('a/b/log', { create: true }, done));
      expect(early.error?.code).toBe('ENOENT');
      await resultOf(fixture, (done) => disk.makeDirectory('a/b', done));
      await resultOf(fixture, (done) => disk.makeDirectory('a/b', done));
      await openFile(fixture, fixture.one, 'a/b/log');
      expect(await namesIn(fixture, '')).toEqual(['a']);
      expect(await namesIn(fixture, 'a')).toEqual(['b']);
      expect(await namesIn(fixture, 'a/b')).toEqual(['log']);
    }),
  );

  it(
    'names are listed in ascending code-unit order, and an absent folder is empty',
    withFixture(create, async (fixture) => {
      for (const name of ['b', 'a', 'Z', '10', '9', 'é']) await openFile(fixture, fixture.one, name);
      expect(await namesIn(fixture, '')).toEqual(['10', '9', 'Z', 'a', 'b', 'é']);
      expect(await namesIn(fixture, 'nowhere')).toEqual([]);
    }),
  );

  it(
    'a removed file is gone',
    withFixture(create, async (fixture) => {
      const { disk } = fixture.one.host;
      await openFile(fixture, fixture.one, 'log');
      await resultOf(fixture, (done) => disk.remove('log', done));
      expect(await namesIn(fixture, '')).toEqual([]);
      expect((await outcomeOf(fixture, (done) => disk.remove('log', done))).error?.code).toBe('ENOENT');
      expect((await openFile(fixture, fixture.one, 'log')).sizeBytes).toBe(0);
    }),
  );

  it(
    'renaming replaces the target and keeps the bytes',
    withFixture(create, async (fixture) => {
      const { disk } = fixture.one.host;
      const fresh = await openFile(fixture, fixture.one, 'checkpoint.new');
      const old = await openFile(fixture, fixture.one, 'checkpoint');
      await writeAll(fixture, fresh, 0, bytesOf(2, 2));
      await writeAll(fixture, old, 0, bytesOf(1));
      await resultOf(fixture, (done) => disk.rename('checkpoint.new', 'checkpoint', done));
      expect(await namesIn(fixture, '')).toEqual(['checkpoint']);
      expect(await readAll(fixture, await openFile(fixture, fixture.one, 'checkpoint'))).toEqual(bytesOf(2, 2));
      expect((await outcomeOf(fixture, (done) => disk.rename('nothing', 'x', done))).error?.code).toBe('ENOENT');
    }),
  );

  it(
    'an open file keeps its bytes when it is renamed',
    withFixture(create, async (fixture) => {
      const { disk } = fixture.one.host;
      const file = await openFile(fixture, fixture.one, 'before');
      await resultOf(fixture, (done) => disk.rename('before', 'after', done));
      await writeAll(fixture, file, 0, bytesOf(5));
      expect(await readAll(fixture, await openFile(fixture, fixture.one, 'after'))).toEqual(bytesOf(5));
    }),
  );

  it(
    'a folder can be synced, an absent one cannot',
    withFixture(create, async (fixture) => {
      const { disk } = fixture.one.host;
      await resultOf(fixture, (done) => disk.makeDirectory('a', done));
      await resultOf(fixture, (done) => disk.syncDirectory('a', done));
      await resultOf(fixture, (done) => disk.syncDirectory('', done));
      expect((await outcomeOf(fixture, (done) => disk.syncDirectory('b', done))).error?.code).toBe('ENOENT');
    }),
  );

  it(
    'the disk says how many bytes are free',
    withFixture(create, (fixture) => {
      const free = fixture.one.host.disk.freeBytes();
      expect(free).toBeGreaterThan(0);
      return Promise.resolve();
    }),
  );
}
