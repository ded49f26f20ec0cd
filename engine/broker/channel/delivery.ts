import type { Mutations } from '../../mutants/index.js';
import { handleOf, type MessageStore } from '../../queue/index.js';
import type { Deliver } from './protocol.js';
import type { PushedQueue } from './pushed-queue.js';

/** What a channel adds to a message that it delivers. */
export interface DeliveryAddress {
  readonly channel: number;
  /** Null: it was asked for. */
  readonly consumerTag: string | null;
  readonly deliveryTag: number;
}

/** A message in a consumer's hands, as the consumer is told of it. */
export function deliveryOf({ channel, consumerTag, deliveryTag }: DeliveryAddress, slot: number, { name, push }: PushedQueue, store: MessageStore, mutations: Mutations): Deliver {
  const messageId = store.messageId[slot] as number;
  const deliveryCount = store.count[slot] as number;
  return {
    operation: 'deliver', channel, consumerTag, deliveryTag, redelivered: deliveryCount > (mutations.redeliveredFromThird ? 2 : 1), queue: name, envelope: store.envelope[slot]!,
    body: store.body[slot] as Uint8Array, trace: store.trace[slot] as number, returns: push.policy.tellsCount ? push.returnsOf(slot) : null, messageId,
    handle: handleOf(messageId, store.serial[slot] as number), deliveryCount,
  };
}
