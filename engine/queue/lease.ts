import { HandleState } from '../../history/index.js';
import { State } from './states.js';

/**
 * The lease: a delivery gives someone the right to settle a message, until something ends that right. Systems differ in what
 * ends it; here it is a deadline.
 *
 *  - A lease begins at the receive and ends `timeout` later on the node's **monotonic** clock: jumps of the wall clock do not
 *    move it. The journal holds durations, so a lease that a restart finds runs its full timeout again: late, never early.
 *  - Extending replaces the end: `now + timeout`, not the old end plus something. It holds for this lease only.
 *  - No lease ends later than `maxLease` after its receive, however it is extended. An extension beyond that is refused and
 *    changes nothing; it is not cut to fit (SQS: ChangeMessageVisibility).
 *  - A handle names one receive. What it may still do depends on what happened since, see {@link handleState}.
 */
export interface LeaseRules {
  /** No lease lasts longer than this after its receive. */
  readonly maxLeaseMicros: number;
}

/** When a lease that is granted or extended now will end. */
export function leaseEnd(now: number, timeoutMicros: number): number {
  return now + timeoutMicros;
}

/** Whether extending now by a timeout would pass the longest allowed lease. */
export function passesLeaseCap(rules: LeaseRules, receivedAt: number, now: number, timeoutMicros: number): boolean {
  return now + timeoutMicros > receivedAt + rules.maxLeaseMicros;
}

/** Whether a handle is so old that it may settle nothing any more, extended or not. */
export function handleTooOld(rules: LeaseRules, receivedAt: number, now: number): boolean {
  return now > receivedAt + rules.maxLeaseMicros;
}

/**
 * What a handle's lease has become, of a message that is still in its queue.
 *
 * | handle's serial | message is | state |
 * | --- | --- | --- |
 * | the newest | leased | `current` |
 * | the newest | ready again | `expired` |
 * | older | whatever | `superseded` |
 */
export function handleState(messageState: number, newestSerial: number, serial: number): HandleState {
  if (serial !== newestSerial) return HandleState.superseded;
  return messageState === State.leased ? HandleState.current : HandleState.expired;
}
