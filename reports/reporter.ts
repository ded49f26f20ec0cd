import type { Writable } from 'node:stream';
import type { Recording } from '../history/index.js';
import type { CheckedRun, CheckProgress, CheckResult, RunResult } from './run-result.js';

/** How far a run has come. */
export interface Progress {
  readonly scenario: string;
  /** Virtual time so far, and at most. */
  readonly virtualMicros: number;
  readonly totalMicros: number;
  /** Events so far. */
  readonly events: number;
  /** `story`: the run is repeated, to tell the story of its first violation. */
  readonly stage: 'run' | 'story';
}

/**
 * Something that shows results: of runs, or of a check, which is many seeds of some scenarios. The methods are called in this
 * order: any number of runs, then `finish` or `finishCheck` once.
 */
export interface Reporter {
  readonly name: string;
  /** The file that `finish` writes, as given; null when it writes to a stream. */
  readonly file: string | null;
  /** Called now and then while a run goes on. */
  onProgress?(progress: Progress): void;
  /** Whether `onRunDone` is to be given a recording of the run. */
  readonly takesRecordings?: boolean;
  /** Called when a run is over. */
  onRunDone?(result: RunResult, recording?: Recording): void;
  /**
   * Writes what is left to write; with the runs that were finished, also after an interruption.
   * @throws ReportWriteError when the file or stream cannot be written.
   */
  finish(results: readonly RunResult[]): Promise<void>;
  /** Called now and then while a check goes on. */
  onCheckProgress?(progress: CheckProgress): void;
  /** Called when a run of a check is over, in the order of its plan. */
  onCheckedRun?(scenario: { readonly name: string; readonly file: string }, run: CheckedRun): void;
  /**
   * Writes what is left to write of a check. A reporter without it shows runs only.
   * @throws ReportWriteError when the file or stream cannot be written.
   */
  finishCheck?(check: CheckResult): Promise<void>;
}

/** `--reporter name[=file]`, taken apart. */
export interface ReporterSpec {
  readonly name: string;
  readonly file: string | null;
}

/** Where reporters write, and what can be seen there. */
export interface ReporterContext {
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Whether text for people may be coloured; the caller has looked at `--no-color` and the environment. */
  readonly color: boolean;
  /** Whether stderr is a terminal that can redraw a line; progress is shown only then. False in CI. */
  readonly isTTY: boolean;
  /** Where text for people goes; `stderr` when a report goes to stdout. Default `stdout`. */
  readonly textTo?: 'stdout' | 'stderr';
  /** Whether the terminal shows symbols beyond ASCII. Default true. */
  readonly unicode?: boolean;
  /** Width of the terminal in characters, at least 60; default 80. */
  readonly columns?: number;
  /** The environment, where a build service says what it offers. Default empty. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folder to which the files of scenarios are relative. Default `.`. */
  readonly cwd?: string;
}
