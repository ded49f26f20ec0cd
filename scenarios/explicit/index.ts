export { type Explicit, makeExplicit } from './make-explicit.js';
export { terseFault, terseSchedule } from './terse-faults.js';
export { MAX_LOGGED_SENDS, WorkloadTooLargeError } from './workload-recorder.js';
