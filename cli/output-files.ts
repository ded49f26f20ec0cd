import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { linkTarget, systemReason } from '../reports/index.js';
import { cannotWrite } from './errors.js';

/**
 * Finds out before a run whether a file can be written after it. Nothing is left behind.
 *
 * @throws OutputError when it cannot
 */
export function checkWritable(path: string): void {
  try {
    const target = linkTarget(path);
    const probe = join(nearestFolder(dirname(target)), `.${basename(target)}.${process.pid}.probe`);
    if (existsSync(path)) {
      if (statSync(path).isDirectory()) throw cannotWrite(path, 'it is a directory');
      closeSync(openSync(path, 'r+'));
      if (!statSync(path).isFile()) return;
    }
    closeSync(openSync(probe, 'wx'));
    rmSync(probe);
  } catch (error) {
    throw asOutputError(path, error);
  }
}

/** Folders that are missing are made when the report is written. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

/** Makes a folder for reports, with those above it. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw code === 'EEXIST' ? cannotWrite(path, 'it is a file, not a folder') : asOutputError(path, error);
  }
}

/** A failed system call as a sentence for the user; anything else as it is. */
export function asOutputError(path: string, error: unknown): unknown {
  const reason = systemReason(error);
  return reason === null ? error : cannotWrite(path, reason);
}
