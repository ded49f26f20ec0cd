/** What the operating system says, as a clause that follows a colon. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'a part of the path is a file',
  ENOENT: 'the folder does not exist',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its symbolic links lead in a circle',
  EFBIG: 'the file would be too large',
  EIO: 'the device reports an error',
  EPIPE: 'the reader has closed the pipe',
};

/** A system error in words; null for an error that is none. */
export function systemReason(error: unknown): string | null {
  const code = systemCode(error);
  return code === null ? null : (REASONS[code] ?? code);
}

/** The operating system's code, such as `ENOSPC`; null for an error that is none of its own. */
export function systemCode(error: unknown): string | null {
  const isOfTheSystem = error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code);
  return isOfTheSystem ? (error.code as string) : null;
}
