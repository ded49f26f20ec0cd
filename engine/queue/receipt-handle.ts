/**
 * A receipt handle is one number: message id * 2^20 + delivery serial. The serial counts the message's receives over all
 * queues, so each receive yields a new handle (SQS: ReceiveMessage). Exact as long as ids stay below 2^33.
 */
const SERIALS = 1_048_576;

/** From here on receives of one message share their handle. */
export const MAX_SERIAL = SERIALS - 1;

export function handleOf(messageId: number, serial: number): number {
  return messageId * SERIALS + serial;
}

export function messageIdOf(handle: number): number {
  return Math.floor(handle / SERIALS);
}

export function serialOf(handle: number): number {
  return handle % SERIALS;
}

/** Whether a number can be a handle at all. */
export function isHandle(handle: number): boolean {
  return Number.isSafeInteger(handle) && handle >= SERIALS && handle % SERIALS !== 0;
}
