import { EXIT_CODES, type ExitCode } from './exit-codes.js';

/** A mistake that the user can correct: a sentence, a stable code, an exit code, and never a stack. */
export class UserError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, exitCode: ExitCode = EXIT_CODES.usage) {
    super(message);
    this.name = 'UserError';
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** Thrown when the command line itself is wrong: an unknown command or flag, a value that cannot be. */
export class UsageError extends UserError {
  constructor(message: string) {
    super('QL_CLI_USAGE', message);
    this.name = 'UsageError';
  }
}

/** Thrown when no scenario matches what the command line names. */
export class NothingSelectedError extends UserError {
  constructor(message: string) {
    super('QL_CLI_NOTHING_SELECTED', message, EXIT_CODES.nothingSelected);
    this.name = 'NothingSelectedError';
  }
}

/** Thrown when a file that was asked for cannot be written: before a run when that shows, or when the disk is full. */
export class OutputError extends UserError {
  constructor(message: string) {
    super('QL_CLI_OUTPUT', message);
    this.name = 'OutputError';
  }
}

export const cannotWrite = (path: string, reason: string): OutputError => new OutputError(`${path} cannot be written: ${reason}.`);

/** Thrown when a run itself fails, which no scenario may cause: a fault of queuelab. `cause` has the stack. */
export class RunFault extends Error {
  readonly code = 'QL_CLI_RUN_FAULT';
  readonly scenario: string;
  readonly seed: string;

  constructor(scenario: string, seed: string, cause: unknown) {
    super(`The run of ${scenario} with seed ${seed} failed.`, { cause });
    this.name = 'RunFault';
    this.scenario = scenario;
    this.seed = seed;
  }
}
