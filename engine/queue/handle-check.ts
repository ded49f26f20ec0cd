import { HandleState } from '../../history/index.js';
import type { QueueContext } from './context.js';
import { handleState, handleTooOld, passesLeaseCap } from './lease.js';
import { NONE } from './links.js';
import type { QueueState } from './queue-state.js';
import { isHandle, messageIdOf, serialOf } from './receipt-handle.js';
import { Event, nextState, REFUSED } from './states.js';

/** Why an operation with a receipt handle was refused. */
export type HandleRefusal = 'handleInvalid' | 'handleExpired' | 'messageNotAvailable' | 'messageNotInFlight' | 'leaseTooLong';

/** What a check of a handle finds instead of a slot: the message has left the queue, */
export const GONE = NONE;
/** the handle was never given out for a message of this queue, */
export const INVALID = -2;
/** its lease has ended and with it all it could do, or it is older than any lease may be, */
export const EXPIRED = -3;
/** a later receive has replaced it, and the queue's kind ignores it, */
export const IGNORED = -4;
/** or the lease would last longer than any may, */
export const TOO_LONG = -5;
/** or there is none to change: it has ended. */
export const NOT_IN_FLIGHT = -6;

export const REFUSALS: Readonly<Record<number, HandleRefusal>> = {
  [GONE]: 'messageNotAvailable', [INVALID]: 'handleInvalid', [EXPIRED]: 'handleExpired', [TOO_LONG]: 'leaseTooLong', [NOT_IN_FLIGHT]: 'messageNotInFlight',
};

/** The slot of the message that a handle may settle now, or one of the numbers above. */
export function checkSettle(context: QueueContext, state: QueueState, handle: number, now: number): number {
  const slot = findSlot(context, state, handle);
  if (slot < 0) return slot;
  const { store } = context;
  const { policy } = state;
  const messageState = store.state[slot] as number;
  if (nextState(messageState, Event.settle) === REFUSED) return INVALID;
  const standing = handleState(messageState, store.serial[slot] as number, serialOf(handle));
  const { expiredHandleAccepted, acknowledgedByMessageId } = context.mutations;
  const isForgiven = (expiredHandleAccepted && standing === HandleState.expired) || (acknowledgedByMessageId && standing === HandleState.superseded);
  const isInTime = standing === HandleState.expired && settlesWithoutLease(context, state, slot, now);
  if (standing !== HandleState.current && policy.expiredHandle === 'refused' && !isForgiven && !isInTime) return EXPIRED;
  if (handleTooOld(policy, receivedAtOf(context, slot, serialOf(handle)), now)) return EXPIRED;
  const supersededSettle = state.settings.supersededSettle ?? policy.supersededSettle;
  if (standing === HandleState.superseded && supersededSettle === 'ignored' && !isForgiven) return IGNORED;
  return slot;
}

/** When a handle was received, as far as that is known. */
function receivedAtOf({ store, mutations }: QueueContext, slot: number, serial: number): number {
  const newest = store.receivedAt[slot] as number;
  if (serial === store.serial[slot] || mutations.handlesAgeTogether) return newest;
  return store.earlierReceives.at(store.messageId[slot] as number, serial) ?? newest;
}

/** The newest receive of a message was one with a timeout of 0, and only just. */
function settlesWithoutLease({ store }: QueueContext, { policy }: QueueState, slot: number, now: number): boolean {
  const { settleWithoutLeaseMicros = 0 } = policy;
  return store.timeoutMicros[slot] === 0 && now - (store.receivedAt[slot] as number) < settleWithoutLeaseMicros;
}

/** The same for a change of the lease to end `timeoutMicros` from now. The lease that is changed is that of the newest receive. */
export function checkChange(context: QueueContext, state: QueueState, handle: number, timeoutMicros: number, now: number): number {
  const slot = findSlot(context, state, handle);
  if (slot < 0) return slot;
  const { store } = context;
  const { policy } = state;
  const messageState = store.state[slot] as number;
  const receivedAt = store.receivedAt[slot] as number;
  if (nextState(messageState, timeoutMicros === 0 ? Event.release : Event.extend) === REFUSED) return INVALID;
  const standing = handleState(messageState, store.serial[slot] as number, serialOf(handle));
  const isForgiven = context.mutations.expiredHandleAccepted && standing === HandleState.expired;
  if (standing !== HandleState.current && policy.expiredHandle === 'refused' && !isForgiven) return EXPIRED;
  if (handleTooOld(policy, receivedAtOf(context, slot, serialOf(handle)), now)) return EXPIRED;
  if (standing === HandleState.expired && state.settings.expiredChange === 'refused') return NOT_IN_FLIGHT;
  return passesLeaseCap(policy, receivedAt, now, timeoutMicros) && !context.mutations.leaseCapNotChecked ? TOO_LONG : slot;
}

/** The slot of the message that a handle names, {@link GONE} or {@link INVALID}. */
function findSlot({ store, ids }: QueueContext, state: QueueState, handle: number): number {
  if (!isHandle(handle)) return INVALID;
  const id = messageIdOf(handle);
  if (!ids.wasIssued(id)) return INVALID;
  const slot = store.find(id);
  if (slot === NONE) return GONE;
  if (store.queue[slot] !== state.number) return store.origin[slot] === state.number ? GONE : INVALID;
  const serial = serialOf(handle);
  return serial > (store.serial[slot] as number) || serial <= (store.movedSerial[slot] as number) ? INVALID : slot;
}
