import { systemCode, systemReason } from './system-reason.js';

/** Base of the errors of this room: a stable code, and a sentence for people. */
export abstract class ReportError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Thrown when a report cannot be written; nothing half-written is left behind. */
export class ReportWriteError extends ReportError {
  readonly code = 'QL_REPORT_WRITE';
  /** The file, or `stdout` or `stderr`. */
  readonly path: string;
  /** The operating system's code, such as `ENOSPC`, or `UNKNOWN`. A closed pipe is `EPIPE`. */
  readonly reason: string;

  constructor(path: string, cause: unknown) {
    super(`The report ${path} cannot be written: ${systemReason(cause) ?? ownWords(cause)}.`, { cause });
    this.path = path;
    this.reason = systemCode(cause) ?? 'UNKNOWN';
  }
}

/** Thrown when a reporter is asked for by a name that does not exist. */
export class UnknownReporterError extends ReportError {
  readonly code = 'QL_REPORT_UNKNOWN_REPORTER';
  readonly reporter: string;

  constructor(reporter: string, known: readonly string[]) {
    super(`There is no reporter "${reporter}". The reporters are ${known.join(', ')}.`);
    this.reporter = reporter;
  }
}

/** Thrown when a reporter that only writes to the terminal is given a file, or the like. */
export class ReporterFileError extends ReportError {
  readonly code = 'QL_REPORT_FILE';

  constructor(reporter: string, file: string) {
    super(`The reporter ${reporter} writes to the terminal and takes no file, but was given "${file}".`);
  }
}

const ownWords = (cause: unknown): string => (cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause));
