import { parseTimeLimit } from './time-limit.js';

/** Real time that one run may take when the command line does not say. A drawn run is short; a scenario may be as long as it likes. */
export const RUN_TIMEOUTS = { check: '10m', drawn: '1m' } as const;

/**
 * Reads `--run-timeout`, in milliseconds of real time.
 *
 * @throws UsageError
 */
export const parseRunTimeout = (text: string): Promise<number> => parseTimeLimit('--run-timeout', text);

/** What to do about a run that did not end. */
export const ENDLESS_ADVICE = 'What is long needs a longer --run-timeout, or fewer messages. A run that never ends is a fault of queuelab: please report it with the scenario file.';
