import type { Writable } from 'node:stream';
import { systemReason } from '../reports/index.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { cannotWrite, type OutputError } from './errors.js';

/**
 * Standard output or error, which may go away while it is written to: the reader of a pipe leaves, a disk runs full.
 * Writing to one that is gone does nothing; the command asks `isClosed` and `failure` when it has a choice.
 */
export class Output {
  readonly stream: Writable;
  readonly isTTY: boolean;
  readonly columns: number;
  #isClosed = false;
  #failure: OutputError | null = null;

  constructor(stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }, name: string) {
    this.stream = stream;
    this.isTTY = stream.isTTY === true;
    this.columns = stream.columns ?? 80;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#isClosed = true;
      if (error.code !== 'EPIPE') this.#failure = cannotWrite(name, systemReason(error) ?? error.message);
    });
  }

  write(text: string): void {
    if (!this.#isClosed) this.stream.write(text);
  }

  line(text: string): void {
    this.write(`${text}\n`);
  }

  /** True when nobody reads any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Why it can no longer be written to, unless the reader simply left. */
  get failure(): OutputError | null {
    return this.#failure;
  }

  /** Waits until what was written has left the process, or has failed to. */
  async drain(): Promise<void> {
    if (this.#isClosed) return;
    await new Promise<void>((done) => this.stream.write('', () => done()));
  }
}

/** The exit code of a command when its reader may have left; what went into files counts on its own. */
export function codeForReader(stdout: Output, hasFiles: boolean, code: ExitCode): ExitCode {
  return stdout.isClosed && !hasFiles ? EXIT_CODES.closedPipe : code;
}
