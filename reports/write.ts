import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { ReportWriteError } from './errors.js';

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name. Folders that are missing
 * are made. What is no regular file (`/dev/stdout`, a pipe) is written to as it is.
 * @throws ReportWriteError
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`);
  try {
    const existing = await stat(path).catch(() => null);
    if (existing?.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
    if (existing !== null && !existing.isFile()) return await writeFile(path, text, 'utf8');
    await mkdir(folder, { recursive: true });
    await writeAndSync(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new ReportWriteError(path, error);
  }
}

async function writeAndSync(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text, 'utf8');
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
