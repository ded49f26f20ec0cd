import { EXIT_CODES } from './exit-codes.js';

/**
 * A signal that is aborted when the user interrupts (or the system asks the process to end): the run in work is given
 * up, and what was finished is written. A second interrupt ends the process at once; reports are written whole or not
 * at all, so that leaves none half-written.
 */
export function watchInterrupts(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}
