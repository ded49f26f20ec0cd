export type KernelErrorCode =
  /** A time or a duration that is not an integer number of microseconds in 0 … 2^53 - 1. */
  | 'QL_SIM_BAD_TIME'
  /** An event, or the end of a run, before `now`. */
  | 'QL_SIM_PAST_EVENT'
  /** The run fired `maxEvents` events and has more. */
  | 'QL_SIM_EVENT_LIMIT'
  /** The run fired `maxEventsAtOnce` events at one time and has more for that time. */
  | 'QL_SIM_STANDSTILL'
  /** The next event lies beyond `maxTimeMicros`. */
  | 'QL_SIM_TIME_LIMIT'
  /** More events are pending at once than a kernel can hold. */
  | 'QL_SIM_PENDING_LIMIT'
  /** An event handler tried to run the kernel that is running it. */
  | 'QL_SIM_NESTED_RUN'
  /** A parameter of a distribution, a random stream or a service pool is out of its range. */
  | 'QL_SIM_BAD_PARAMETER'
  /** More jobs wait for a service pool than it may hold. */
  | 'QL_SIM_SERVICE_QUEUE_LIMIT';

export type KernelErrorData = Readonly<Record<string, number | string>>;

/** Thrown when the simulated world misuses its kernel or reaches a limit of the run. `data` holds the values of the sentence. */
export class KernelError extends Error {
  readonly code: KernelErrorCode;
  readonly data: KernelErrorData;

  constructor(code: KernelErrorCode, message: string, data: KernelErrorData) {
    super(message);
    this.name = 'KernelError';
    this.code = code;
    this.data = data;
  }
}

/** @throws KernelError QL_SIM_BAD_PARAMETER unless the condition holds. */
export function requireParameter(holds: boolean, name: string, value: number, expected: string): void {
  if (holds) return;
  throw new KernelError('QL_SIM_BAD_PARAMETER', `${name} is ${value}; it must be ${expected}`, { name, value, expected });
}
