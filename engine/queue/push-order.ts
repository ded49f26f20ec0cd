import { ArrivalOrder } from './arrival-order.js';
import type { DeliveryOrder } from './delivery-order.js';
import type { MessageStore } from './message-store.js';
import { PositionOrder } from './position-order.js';
import { PriorityOrder } from './priority-order.js';
import type { PushPolicy, PushSettings } from './push-settings.js';
import { ReturnsOrder } from './returns-order.js';
import { TwoLaneOrder } from './two-lane-order.js';
import type { QueuePolicy } from './settings.js';

/** RabbitMQ 4.3, quorum queues: 32 levels; what has no priority, or came back to the tail, is in the fifth. */
const STRICT_LEVELS = 32;
const USUAL_PRIORITY = 4;
/** RabbitMQ 4.0 to 4.2: above this, high. */
const HIGH_ABOVE = USUAL_PRIORITY;

/** The order in which a pushing queue delivers, composed of what its kind, its version and its settings say. */
export function createPushOrder(store: MessageStore, settings: PushSettings, policy: QueuePolicy, push: PushPolicy, isLimited: () => boolean): DeliveryOrder {
  if (push.requeue === 'original') return declaredOrder(store, settings.maxPriority);
  return new ReturnsOrder(store, mainOrder(store, policy, push), isLimited);
}

function declaredOrder(store: MessageStore, maxPriority: number | null): DeliveryOrder {
  if (maxPriority === null) return new PositionOrder(store);
  const levelOf = (slot: number): number => Math.min(store.envelope[slot]?.priority ?? 0, maxPriority);
  return new PriorityOrder(maxPriority + 1, () => new PositionOrder(store), levelOf);
}

function mainOrder(store: MessageStore, policy: QueuePolicy, { priorities }: PushPolicy): DeliveryOrder {
  const createLevel = (): DeliveryOrder => new ArrivalOrder(store.turn, policy);
  const isRequeued = (slot: number): boolean => ReturnsOrder.isRequeued(store, slot);
  const priorityOf = (slot: number): number => (isRequeued(slot) ? USUAL_PRIORITY : (store.envelope[slot]?.priority ?? USUAL_PRIORITY));
  if (priorities === 'strict') return new PriorityOrder(STRICT_LEVELS, createLevel, (slot) => Math.min(priorityOf(slot), STRICT_LEVELS - 1));
  if (priorities === 'two-to-one') return new TwoLaneOrder(store, { isHigh: (slot) => priorityOf(slot) > HIGH_ABOVE, isRequeued });
  return createLevel();
}
