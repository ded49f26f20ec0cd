import { RunFault, UserError } from './errors.js';

/** The run that was to be made smaller. */
interface Subject {
  /** The scenario's file. */
  readonly file: string;
  readonly seed: string;
}

/**
 * What kept a failure from being made smaller or written down. The failure itself stands as it was found, so this is thrown
 * only when everything else is told and written.
 */
export const shrinkTrouble = ({ file, seed }: Subject, error: unknown): UserError | RunFault =>
  (error instanceof UserError ? error : new RunFault(file, seed, error));

/** The same in words, beside the failure. */
export const troubleWords = (trouble: UserError | RunFault): string =>
  (trouble instanceof UserError ? trouble.message : 'a fault of queuelab came in between, which is told at the end.');
