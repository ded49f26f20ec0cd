import type { MessageStore } from './message-store.js';
import type { QueueState } from './queue-state.js';

/**
 * Another time to live is in force in a queue that pushes, for what comes from now on; what is there keeps the one with which it came. Null: none. (RabbitMQ computes the expiry of a
 * message when it comes, and stores it with the message.)
 */
export function changeTimeToLive(state: QueueState, { timesToLive, messageId }: MessageStore, micros: number | null): void {
  const before = timeToLiveOf(state);
  if (before === micros) return;
  state.forEach((slot) => {
    const id = messageId[slot] as number;
    if (!timesToLive.has(id)) timesToLive.set(id, before ?? Infinity);
  });
  state.timeToLiveInForce = micros;
}

/** Of what comes now; null: none. */
export function timeToLiveOf({ timeToLiveInForce, settings }: QueueState): number | null {
  return timeToLiveInForce === undefined ? (settings.push?.messageTtlMicros ?? null) : timeToLiveInForce;
}
