import { randomUUID } from 'node:crypto';
import { rmSync, type Stats } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { Writable } from 'node:stream';
import { ReportWriteError } from './errors.js';
import { isOfTheSystem, linkTarget } from './link-target.js';

/** Temporary files of reports that are being written. */
const unfinished = new Set<string>();

/** For a process that ends at once: takes away what is half-written. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name. Folders that are missing
 * are made; text may come in pieces. A symbolic link stays, and what it leads to is written. What is no regular file (`/dev/stdout`, a pipe) is written
 * to as it is.
 * @throws ReportWriteError
 */
export async function writeFileAtomically(path: string, text: string | Iterable<string>): Promise<void> {
  let temporary = '';
  try {
    const target = linkTarget(path);
    const folder = dirname(target);
    const existing = await statIfThere(target);
    if (existing?.isDirectory() || isFolderName(path)) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    if (existing !== null && (!existing.isFile() || isOfTheSystem(target))) return await writeFile(target, text, { encoding: 'utf8', flag: 'a' });
    await mkdir(folder, { recursive: true });
    temporary = join(folder, `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`);
    unfinished.add(temporary);
    await writeAndSync(temporary, text);
    await rename(temporary, target);
  } catch (error) {
    if (temporary !== '') await rm(temporary, { force: true }).catch(() => undefined);
    throw new ReportWriteError(path, error);
  } finally {
    unfinished.delete(temporary);
  }
}

/** Nothing need be there yet: what ends like a folder is the name of one. */
const isFolderName = (path: string): boolean => path.endsWith('/') || path.endsWith(sep);

async function statIfThere(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function writeAndSync(path: string, text: string | Iterable<string>): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await writeFile(file, text, 'utf8');
    // A disk may only now find that it is full.
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Writes to a stream and waits until the text is taken.
 * @throws ReportWriteError with reason `EPIPE` when the reader has gone.
 */
export async function writeToStream(stream: Writable, name: 'stdout' | 'stderr', text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) reject(new ReportWriteError(name, error));
      else resolve();
    });
  });
}

/**
 * Writes a report to its file, or to stdout when it has none.
 * @throws ReportWriteError
 */
export function writeFileOrStdout(file: string | null, stdout: Writable, text: string): Promise<void> {
  return file === null ? writeToStream(stdout, 'stdout', text) : writeFileAtomically(file, text);
}
