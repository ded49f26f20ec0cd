import type { DeliveryOrder } from './delivery-order.js';
import type { DueOrder } from './due-order.js';
import type { MessageStore } from './message-store.js';

/** What a change of the delay needs of its queue. */
interface DelayingQueue {
  readonly delays: DueOrder;
  readonly order: DeliveryOrder;
  setAside(slot: number, delayMicros: number, due: number): void;
}

export interface DelayChange {
  /** By how much the delay is longer than it was; below 0: shorter. */
  readonly longer: number;
  readonly delayMicros: number;
  /** When it changes. */
  readonly wallMicros: number;
  readonly now: number;
}

/** A new delay for every message that was not received yet, from when it was sent. Returns those that wait for its end. */
export function changeDelays(queue: DelayingQueue, store: MessageStore, change: DelayChange): readonly number[] {
  return [...shiftDelays(queue, store, change.longer), ...delayReady(queue, store, change)];
}

function shiftDelays({ delays }: DelayingQueue, store: MessageStore, longer: number): readonly number[] {
  const slots: number[] = [];
  delays.forEach((slot) => slots.push(slot));
  for (const slot of slots) {
    const due = (store.turn.key[slot] as number) + longer;
    store.timeoutMicros[slot] = (store.timeoutMicros[slot] as number) + longer;
    delays.remove(slot);
    delays.add(slot, due);
  }
  return slots;
}

/** The ready messages whose delay is not over when it is so long. */
function delayReady(queue: DelayingQueue, { age, count }: MessageStore, { delayMicros, wallMicros, now }: DelayChange): readonly number[] {
  const restOf = (slot: number): number => Math.min(delayMicros, (age.key[slot] as number) + delayMicros - wallMicros);
  const slots: number[] = [];
  queue.order.forEachReady((slot) => {
    if (count[slot] === 0 && restOf(slot) > 0) slots.push(slot);
  });
  for (const slot of slots) queue.setAside(slot, restOf(slot), now + restOf(slot));
  return slots;
}
