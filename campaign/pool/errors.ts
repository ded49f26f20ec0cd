/**
 * How a run came to grief. None of these may be caused by a scenario: each is a fault of queuelab. Only of `did-not-end` that cannot be
 * known: a scenario may be larger than the limit on real time allows.
 */
export type RunFaultKind = 'threw' | 'out-of-memory' | 'worker-died' | 'did-not-end';

const HAPPENED: Readonly<Record<RunFaultKind, (runMillis: number) => string>> = {
  threw: () => 'threw an error',
  'out-of-memory': () => 'took more memory than its worker may have',
  'worker-died': () => 'ended its worker',
  'did-not-end': (runMillis) => `did not end within ${runMillis / 1000}s of real time`,
};

export interface RunFault {
  /** The scenario's file, as the user gave it. */
  readonly scenario: string;
  readonly seed: string;
  /** Real time that the run had, in milliseconds. */
  readonly runMillis?: number;
  readonly cause: unknown;
}

/** Thrown for a run that failed instead of giving a result. The worker, if it died, was replaced; other runs go on. */
export class RunFaultError extends Error {
  readonly code = 'QL_POOL_RUN_FAULT';
  readonly kind: RunFaultKind;
  /** The scenario's file, as the user gave it. */
  readonly scenario: string;
  readonly seed: string;

  constructor(kind: RunFaultKind, { scenario, seed, runMillis = Infinity, cause }: RunFault) {
    super(`The run of ${scenario} with seed ${seed} ${HAPPENED[kind](runMillis)}.`, { cause });
    this.name = 'RunFaultError';
    this.kind = kind;
    this.scenario = scenario;
    this.seed = seed;
  }
}

/** Thrown for a run that was given to a pool that is closed, or was not over when it was stopped. */
export class PoolStoppedError extends Error {
  readonly code = 'QL_POOL_STOPPED';
  constructor() {
    super('The pool of workers was stopped before this run was over.');
    this.name = 'PoolStoppedError';
  }
}
