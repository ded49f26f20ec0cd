import type { Happening } from '../../invariants/index.js';
import { FAULTS } from '../../sim/index.js';
import { consumerTimeouts } from './consumer-timeouts.js';
import type { ProducerSpec, QueueSpec, Scenario } from '../model.js';

/** What certainly does not happen in a run of this scenario, whatever its seed. */
export function neverHappens(scenario: Scenario): Happening[] {
  const absent: Readonly<Record<Happening, boolean>> = {
    delay: scenario.queues.every(({ delayMicros, push }) => delayMicros === 0 && (push?.delayedRetry ?? null) === null) && scenario.producers.every(({ delayMicros }) => (delayMicros ?? 0) === 0),
    // A failure that is tried again later changes the lease, too.
    extension: scenario.consumers.every(({ extendEveryMicros, onFailure }) => extendEveryMicros === null && onFailure.kind !== 'backoff'),
    'end-of-retention': outlivesRun(scenario),
    'full-flight': hasRoomForAll(scenario),
    'consumer-timeout': scenario.queues.every(({ name, push }) => push === undefined || consumerTimeouts(scenario, name, push).leastMicros > scenario.durationMicros + scenario.drainMicros),
    group: scenario.producers.every(({ groups = null }) => groups === null),
  };
  return (Object.keys(absent) as Happening[]).filter((happening) => absent[happening]);
}

/** Every queue keeps its messages for longer than the run takes, and no fault puts the broker's clock forward. */
function outlivesRun({ queues, faults, durationMicros, drainMicros }: Scenario): boolean {
  const mayJump = faults.some(({ fault }) => FAULTS.get(fault)?.family === 'clock');
  return !mayJump && queues.every(({ retentionMicros }) => retentionMicros > durationMicros + drainMicros);
}

/** SQS: messages of a queue in flight at most. */
const MAX_IN_FLIGHT = 120_000;

/** No queue comes within one of its limit though every attempt of every send stored a copy of its own. */
function hasRoomForAll({ queues, producers, operators = [], durationMicros }: Scenario): boolean {
  const limits = queues.filter(({ push }) => push === undefined).map(({ kind, maxInFlight }: QueueSpec) => maxInFlight ?? (kind === 'fifo' ? 20_000 : MAX_IN_FLIGHT));
  const copies = producers.reduce((sum, producer) => sum + mostCopies(producer, durationMicros), 0);
  return operators.length === 0 && copies < Math.min(...limits) - 1;
}

/** Infinite where nothing can be said: a relay sends again as often as it is started. */
function mostCopies({ messages, interval, retry: { attempts }, write = null }: ProducerSpec, durationMicros: number): number {
  if (write !== null) return Infinity;
  const least = interval.kind === 'constant' ? interval.value : 0;
  const inTime = least > 0 ? Math.ceil(durationMicros / least) + 1 : Infinity;
  return Math.min(messages, inTime) * attempts;
}
