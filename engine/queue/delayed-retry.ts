/**
 * What comes back waits before it is handed out again. `failed`: what a consumer rejected, or held when its channel ended. `returned`: what it gave back with a negative
 * acknowledgement. (RabbitMQ 4.3: x-delayed-retry-type, -min and -max, of quorum queues.)
 */
export interface DelayedRetry {
  readonly type: 'all' | 'failed' | 'returned';
  /** For each failed delivery so far, but at least once. */
  readonly minMicros: number;
  readonly maxMicros: number;
}

/** For how long a message waits that comes back; null: not at all. `failures`: how many of its deliveries failed, this one included if it did. */
export function retryDelay(retry: DelayedRetry | null, hasFailed: boolean, failures: number): number | null {
  if (retry === null || (retry.type === 'failed' && !hasFailed) || (retry.type === 'returned' && hasFailed)) return null;
  return Math.min(retry.minMicros * Math.max(failures, 1), retry.maxMicros);
}
