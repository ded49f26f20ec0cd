import { ArrivalOrder } from './arrival-order.js';
import type { DeliveryOrder } from './delivery-order.js';
import { GroupOrder } from './group-order.js';
import type { MessageStore } from './message-store.js';
import { createPushOrder } from './push-order.js';
import type { QueuePolicy, QueueSettings } from './settings.js';

/** The order in which a queue delivers, as its kind and its settings say. `isLimited`: whether it has a delivery limit now. */
export function createOrder(settings: QueueSettings, policy: QueuePolicy, store: MessageStore, isLimited: () => boolean): DeliveryOrder {
  if (policy.order === 'groups') return new GroupOrder(store, settings.lookAhead ?? policy.lookAhead);
  return policy.push === undefined || settings.push === undefined
    ? new ArrivalOrder(store.turn, policy) : createPushOrder(store, settings.push, policy, policy.push, isLimited);
}
