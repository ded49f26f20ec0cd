import { writeSync } from 'node:fs';
import { removeUnfinished } from '../reports/index.js';
import { EXIT_CODES } from './exit-codes.js';

/** One Ctrl-C can arrive more than once: the terminal sends it to all, and npm passes its own on. */
const ECHO_MILLIS = 100;

/**
 * A signal that is aborted when the user interrupts (or the system asks the process to end): the run in work is given
 * up, and what was finished is written. A second interrupt ends the process at once, with a sentence; reports are written
 * whole or not at all, so that leaves none half-written.
 */
export function watchInterrupts(): AbortSignal {
  const controller = new AbortController();
  let firstMillis = 0;
  const onSignal = (): void => {
    if (!controller.signal.aborted) {
      firstMillis = performance.now();
      controller.abort();
    } else if (performance.now() - firstMillis > ECHO_MILLIS) endAtOnce();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return controller.signal;
}

function endAtOnce(): never {
  removeUnfinished();
  try {
    writeSync(process.stderr.fd, 'Interrupted twice: ended at once; reports that were not written by now are not there.\n');
  } catch {
    // Nobody reads it.
  }
  process.exit(EXIT_CODES.interrupted);
}
