import type { CommandModule } from 'yargs';
import type { ExitCode } from '../exit-codes.js';
import type { Output } from '../output.js';

/** What a command may touch, handed in so that it can be called from anywhere. */
export interface CommandContext {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts. */
  readonly interrupt: AbortSignal;
}

/**
 * Takes what a command is to do, to be done when the arguments are read. (A handler that returns a promise would make
 * yargs lay out the whole help text, in case it is needed.)
 */
export type Begin = (work: () => ExitCode | Promise<ExitCode>) => void;

/** One file a command. */
export type CommandFactory<Arguments> = (context: CommandContext, begin: Begin) => CommandModule<object, Arguments>;
