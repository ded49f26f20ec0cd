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

/** Takes the exit code of the command that was run. */
export type Conclude = (code: ExitCode) => void;

/** One file a command. */
export type CommandFactory<Arguments> = (context: CommandContext, conclude: Conclude) => CommandModule<object, Arguments>;
