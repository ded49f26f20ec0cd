/** How a run came to grief. None of these may be caused by a scenario: each is a fault of queuelab. */
export type RunFaultKind = 'threw' | 'out-of-memory' | 'worker-died';

const HAPPENED: Readonly<Record<RunFaultKind, string>> = {
  threw: 'threw an error',
  'out-of-memory': 'took more memory than its worker may have',
  'worker-died': 'ended its worker',
};

/** Thrown for a run that failed instead of giving a result. The worker, if it died, was replaced; other runs go on. */
export class RunFaultError extends Error {
  readonly code = 'QL_POOL_RUN_FAULT';
  readonly kind: RunFaultKind;
  /** The scenario's file, as the user gave it. */
  readonly scenario: string;
  readonly seed: string;

  constructor(kind: RunFaultKind, scenario: string, seed: string, cause: unknown) {
    super(`The run of ${scenario} with seed ${seed} ${HAPPENED[kind]}.`, { cause });
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
