import type { Scenario } from '../model.js';

/** Queues that somebody consumes, or will: those whose consumers have all stopped as they were told to keep what they have. */
export function consumedQueues({ consumers }: Pick<Scenario, 'consumers'>, nowMicros: number): ReadonlySet<string> {
  return new Set(consumers.filter(({ stopMicros = null }) => stopMicros === null || nowMicros < stopMicros).map(({ queue }) => queue));
}
