export { PoolStoppedError, RunFaultError, type RunFaultKind } from './errors.js';
export { writeKeptHistory } from './history-file.js';
export { type FinishedRun, runInOrder } from './in-order.js';
export type { HistoryOutcome, RunJob, RunReply, Want } from './job.js';
export { runJob } from './run-job.js';
export { defaultMemoryMiB, MAX_WORKERS, RunPool, type RunPoolOptions } from './run-pool.js';
export { beat } from './pulse.js';
export { type LossKind, type Watchable, WorkerLostError, WorkerPool } from './worker-pool.js';
export { type RunSummary, summaryOf, type VerdictSummary } from './summary.js';
