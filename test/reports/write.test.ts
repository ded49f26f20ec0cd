import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReporter, ReportWriteError, writeFileAtomically } from '../../reports/index.js';
import { writeToStream } from '../../reports/write.js';
import { heldRun } from './fixtures.js';
import { Broken, keptContext } from './streams.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'queuelab-write-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('writeFileAtomically', () => {
  it('writes a file, makes its folder and leaves nothing else', async () => {
    await writeFileAtomically(join(folder, 'out', 'a.txt'), 'whole µ');
    expect(await readFile(join(folder, 'out', 'a.txt'), 'utf8')).toBe('whole µ');
    expect(await readdir(join(folder, 'out'))).toEqual(['a.txt']);
  });

  it('replaces an older report', async () => {
    await writeFile(join(folder, 'a.txt'), 'a much longer older report');
    await writeFileAtomically(join(folder, 'a.txt'), 'new');
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('new');
  });

  it('writes through a symbolic link, also of one whose target is not there yet', async () => {
    await mkdir(join(folder, 'real'));
    await writeFile(join(folder, 'real', 'a.txt'), 'older');
    await symlink(join('real', 'a.txt'), join(folder, 'link'));
    await symlink('link', join(folder, 'link-to-link'));
    await symlink(join('real', 'new.txt'), join(folder, 'dangling'));
    await writeFileAtomically(join(folder, 'link-to-link'), 'new');
    await writeFileAtomically(join(folder, 'dangling'), 'first');
    expect(await readFile(join(folder, 'real', 'a.txt'), 'utf8')).toBe('new');
    expect(await readFile(join(folder, 'real', 'new.txt'), 'utf8')).toBe('first');
    for (const link of ['link', 'link-to-link', 'dangling']) expect((await lstat(join(folder, link))).isSymbolicLink()).toBe(true);
    expect(await readdir(join(folder, 'real'))).toEqual(['a.txt', 'new.txt']);
  });

  it('says so when links lead in a circle', async () => {
    await symlink('b', join(folder, 'a'));
    await symlink('a', join(folder, 'b'));
    await expect(writeFileAtomically(join(folder, 'a'), 'x')).rejects.toMatchObject({ reason: 'ELOOP' });
    expect((await readdir(folder)).sort()).toEqual(['a', 'b']);
  });

  it('refuses a folder, in words, and leaves nothing behind', async () => {
    await mkdir(join(folder, 'taken'));
    const failure = writeFileAtomically(join(folder, 'taken'), 'x');
    await expect(failure).rejects.toThrow(ReportWriteError);
    await expect(failure).rejects.toMatchObject({ code: 'QL_REPORT_WRITE', reason: 'EISDIR', path: join(folder, 'taken'), message: expect.stringContaining('it is a directory') });
    expect(await readdir(folder)).toEqual(['taken']);
  });

  it('takes a name that ends like a folder for one, though nothing is there', async () => {
    await expect(writeFileAtomically(`${join(folder, 'new')}/`, 'x')).rejects.toMatchObject({ reason: 'EISDIR' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('says so when a part of the path is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(writeFileAtomically(join(folder, 'file', 'a.txt'), 'x')).rejects.toMatchObject({ code: 'QL_REPORT_WRITE' });
    expect(await readdir(folder)).toEqual(['file']);
  });

  // Root may write anywhere.
  it.skipIf(process.getuid?.() === 0)('says so when permission is denied', async () => {
    await chmod(folder, 0o500);
    await expect(writeFileAtomically(join(folder, 'a.txt'), 'x')).rejects.toMatchObject({ reason: 'EACCES' });
    await chmod(folder, 0o700);
  });

  it.runIf(process.platform === 'linux')('says that the disk is full, and leaves a device a device', async () => {
    await expect(writeFileAtomically('/dev/full', 'x')).rejects.toMatchObject({ reason: 'ENOSPC', message: 'The report /dev/full cannot be written: no space left on the device.' });
    await writeFileAtomically('/dev/null', 'x');
  });

  it('keeps the older report when the new one cannot be written', async () => {
    const path = join(folder, 'a.json');
    await writeFile(path, 'older');
    const reporter = await createReporter({ name: 'json', file: path }, keptContext());
    const circular = { ...heldRun() } as { self?: unknown };
    circular.self = circular;
    await expect(reporter.finish([circular as never])).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe('older');
    expect(await readdir(folder)).toEqual(['a.json']);
  });
});

it('a closed pipe is an error with its own reason', async () => {
  await expect(writeToStream(new Broken(), 'stdout', 'x')).rejects.toMatchObject({ code: 'QL_REPORT_WRITE', reason: 'EPIPE', path: 'stdout' });
  for (const name of ['pretty', 'json', 'csv']) {
    const reporter = await createReporter({ name, file: null }, { ...keptContext(), stdout: new Broken() });
    reporter.onRunDone?.(heldRun());
    await expect(reporter.finish([heldRun()])).rejects.toMatchObject({ reason: 'EPIPE' });
  }
});
