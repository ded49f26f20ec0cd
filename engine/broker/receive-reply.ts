import { handleOf, type LeaseBatch, type MessageStore } from '../queue/index.js';
import type { ReceiveReply, WireDelivery } from './protocol.js';
import { REPLY_BYTES, REPLY_ENTRY_BYTES } from './wire-size.js';

/** The answer to a receive: what was leased for it, or nothing. Mutant `scribble-body` changes a byte of every eighth message. */
export function receiveReply(
  store: MessageStore, requestId: number, timeoutMicros: number, batch: LeaseBatch, isScribbling: boolean,
): ReceiveReply {
  const deliveries: WireDelivery[] = [];
  for (let index = 0; index < batch.length; index++) {
    const delivery = deliveryOf(store, batch.slots[index] as number);
    deliveries.push(isScribbling && delivery.messageId % 8 === 0 ? scribbled(delivery) : delivery);
  }
  return { operation: 'receiveReply', requestId, timeoutMicros, deliveries };
}

export function receiveReplyBytes(reply: ReceiveReply): number {
  let sizeBytes = REPLY_BYTES;
  for (let index = 0; index < reply.deliveries.length; index++) {
    sizeBytes += REPLY_ENTRY_BYTES + (reply.deliveries[index] as WireDelivery).body.length;
  }
  return sizeBytes;
}

function deliveryOf(store: MessageStore, slot: number): WireDelivery {
  const messageId = store.messageId[slot] as number;
  return {
    handle: handleOf(messageId, store.serial[slot] as number),
    messageId,
    trace: store.trace[slot] as number,
    deliveryCount: store.count[slot] as number,
    sentWallMicros: store.age.key[slot] as number,
    body: store.body[slot] as Uint8Array,
  };
}

function scribbled(delivery: WireDelivery): WireDelivery {
  const body = delivery.body.slice();
  body[0] = (body[0] as number) ^ 0x20;
  return { ...delivery, body };
}
