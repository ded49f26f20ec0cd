import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { mistaken, parsed, type Mistake, type Parsed } from './mistake.js';
import { formatSize } from './quantities/index.js';
import { Source } from './source.js';

/** Bytes that a scenario or a trace file may have. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** A pipe without a writer would make a plain open wait for ever. Not every system knows the flag. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | ((constants as { O_NONBLOCK?: number }).O_NONBLOCK ?? 0);

export interface SourceFile {
  readonly source: Source;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads a text file that a person may have got wrong in any way: missing, a directory, a device, too large, binary.
 *
 * @param path where it is
 * @param name what messages call it
 */
export function readSource(path: string, name: string): Parsed<SourceFile> {
  const bytes = readBounded(path);
  if (!bytes.ok) return bytes;
  const text = decode(bytes.value, name);
  if (!text.ok) return text;
  return parsed({ source: new Source(name, text.value), sha256: createHash('sha256').update(bytes.value).digest('hex') });
}

function readBounded(path: string): Parsed<Uint8Array> {
  let handle: number;
  try {
    handle = openSync(path, READ_WITHOUT_WAITING);
  } catch (error) {
    return mistaken(systemMistake(error));
  }
  try {
    const stats = fstatSync(handle);
    if (!stats.isFile()) return mistaken({ code: 'QL_SCENARIO_NOT_A_FILE', message: `This is ${kindOf(stats)}, not a file.`, expected: 'a YAML file' });
    if (stats.size > MAX_FILE_BYTES) return mistaken(tooLarge(stats.size));
    const buffer = new Uint8Array(MAX_FILE_BYTES + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(handle, buffer, length, buffer.length - length, null);
    }
    return length > MAX_FILE_BYTES ? mistaken(tooLarge(length)) : parsed(buffer.subarray(0, length));
  } catch (error) {
    return mistaken(systemMistake(error));
  } finally {
    closeSync(handle);
  }
}

function tooLarge(bytes: number): Mistake {
  const message = `The file has ${bytes} bytes, more than the ${formatSize(MAX_FILE_BYTES)} that are read.`;
  return { code: 'QL_SCENARIO_TOO_LARGE', message };
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory';
  return stats.isFIFO() ? 'a pipe' : 'a device';
}

/** What the operating system says, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied', EPERM: 'operation not permitted', ELOOP: 'its symbolic links lead in a circle', ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open', ENFILE: 'too many files are open', EIO: 'the device reports an error', ENXIO: 'nothing is behind this device or socket',
};

function systemMistake(error: unknown): Mistake {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 'QL_SCENARIO_NOT_FOUND', message: 'There is no such file.' };
  if (code === 'EISDIR') return { code: 'QL_SCENARIO_NOT_A_FILE', message: 'This is a directory, not a file.', expected: 'a YAML file' };
  return { code: 'QL_SCENARIO_UNREADABLE', message: `The file cannot be read: ${REASONS[code ?? ''] ?? code ?? message}.` };
}

/** UTF-8, with or without a byte order mark, and no NUL: what is not that is not text. */
function decode(bytes: Uint8Array, name: string): Parsed<string> {
  const zero = bytes.indexOf(0);
  if (zero !== -1) return mistaken(notText(bytes, zero, name, 'a NUL byte'));
  try {
    return parsed(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return mistaken(notText(bytes, validPrefix(bytes), name, `the byte 0x${(bytes[validPrefix(bytes)] ?? 0).toString(16)}, which is not UTF-8`));
  }
}

function notText(bytes: Uint8Array, at: number, name: string, what: string): Mistake {
  const before = new Source(name, new TextDecoder().decode(bytes.subarray(0, at)));
  const { line, column } = before.position(before.text.length);
  return {
    code: 'QL_SCENARIO_NOT_TEXT',
    message: `The file is not text: line ${line}, column ${column} holds ${what}.`,
    expected: 'a YAML file in UTF-8',
  };
}

/** Length of the longest valid beginning. */
function validPrefix(bytes: Uint8Array): number {
  let length = tolerablePrefix(bytes);
  while (length > 0 && !isUtf8(bytes.subarray(0, length), false)) length -= 1;
  return length;
}

/** The same, but it may end in the middle of a character; by bisection, because a longer beginning of bad bytes stays bad. */
function tolerablePrefix(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isUtf8(bytes.subarray(0, middle), true)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isUtf8(bytes: Uint8Array, isPart: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isPart });
    return true;
  } catch {
    return false;
  }
}
