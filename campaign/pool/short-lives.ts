import { setFlagsFromString } from 'node:v8';

/**
 * V8 learns which objects live long, and makes the next of their kind where the old ones are. All that a run makes lives as long as the
 * run: of one that is over, such an object keeps whatever hangs on it until everything is collected, which then comes often and stops
 * all threads. A worker makes one run after another, so nothing is to be taken for old before it is. For the whole process, and for threads that
 * are started later.
 */
export function takeNothingForOld(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
