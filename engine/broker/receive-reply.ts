import { attributeBytes, handleOf, type LeaseBatch, type Queues } from '../queue/index.js';
import type { DeliveryDetails, ReceiveReply, WireDelivery } from './protocol.js';
import { REPLY_BYTES, REPLY_ENTRY_BYTES } from './wire-size.js';

type Registry = Queues['registry'];

/** The answer to a receive: what was leased for it, or nothing. Mutant `scribble-body` changes a byte of every eighth message. */
export function receiveReply(
  registry: Registry, requestId: number, timeoutMicros: number, batch: LeaseBatch, isScribbling: boolean,
): ReceiveReply {
  const deliveries: WireDelivery[] = [];
  for (let index = 0; index < batch.length; index++) {
    const delivery = deliveryOf(registry, batch, index);
    deliveries.push(isScribbling && delivery.messageId % 8 === 0 ? scribbled(delivery) : delivery);
  }
  return { operation: 'receiveReply', requestId, timeoutMicros, deliveries };
}

export function receiveReplyBytes(reply: ReceiveReply): number {
  let sizeBytes = REPLY_BYTES;
  for (let index = 0; index < reply.deliveries.length; index++) {
    const { body, details } = reply.deliveries[index] as WireDelivery;
    const attributes = details?.properties.attributes ?? null;
    sizeBytes += REPLY_ENTRY_BYTES + body.length + (attributes === null ? 0 : attributeBytes(attributes));
  }
  return sizeBytes;
}

function deliveryOf(registry: Registry, { slots, serials, counts }: LeaseBatch, index: number): WireDelivery {
  const { store } = registry;
  const slot = slots[index] as number;
  const messageId = store.messageId[slot] as number;
  return {
    handle: handleOf(messageId, serials[index] as number),
    messageId,
    trace: store.trace[slot] as number,
    deliveryCount: counts[index] as number,
    sentWallMicros: store.age.key[slot] as number,
    firstReceivedWallMicros: store.firstReceivedWall[slot] as number,
    body: store.body[slot] as Uint8Array,
    details: store.origin[slot] !== 0 || store.extras.has(slot) ? detailsOf(registry, slot) : null,
  };
}

const NO_PROPERTIES = { group: null, deduplicationId: null, attributes: null } as const;

function detailsOf(registry: Registry, slot: number): DeliveryDetails {
  const { store } = registry;
  const origin = store.origin[slot] as number;
  const isOrdered = registry.at(store.queue[slot] as number).policy.order === 'groups';
  return {
    properties: store.propertiesOf(slot) ?? NO_PROPERTIES,
    sequence: isOrdered ? (store.extras.sequence[slot] as number) : 0,
    deadLetterSource: origin === 0 ? null : registry.at(origin).name,
  };
}

function scribbled(delivery: WireDelivery): WireDelivery {
  const body = delivery.body.slice();
  body[0] = (body[0] as number) ^ 0x20;
  return { ...delivery, body };
}
