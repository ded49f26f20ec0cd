/**
 * A receipt handle is one number: message id * 2^20 + delivery serial. The serial counts the message's receives over all
 * queues, so each receive yields a new handle (SQS: ReceiveMessage). Exact as long as ids stay below 2^33.
 */
const SERIALS = 1_048_576;

/**
 * Serials that a message may be given between two checkpoints, where records may be lost after they were acted upon: a
 * recovery goes on behind all of them, so that no handle is given twice. Crossing half of it asks for the next checkpoint.
 */
export const RESERVED_SERIALS = 1_024;

/** Whether the message whose receive has this serial comes near the end of what the last checkpoint set aside. */
export function isSerialMark(serial: number): boolean {
  return serial % (RESERVED_SERIALS / 2) === 0;
}

/** Smallest serial that cannot have been given yet, less one, when `serial` is the last of which there is a trace. */
export function serialFloor(serial: number): number {
  return Math.min(serial + RESERVED_SERIALS, MAX_SERIAL);
}

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
