import type { ChannelRequest, Publish } from './protocol.js';
import { ChannelFailure } from './reply-codes.js';

/** AMQP 0-9-1 §4.2.5.3: one octet says how long a short string is. */
export const MAX_SHORT_STRING_BYTES = 255;
/** A code unit takes so many octets at most. */
const MOST_BYTES = 3;

/** Octets of a text in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}

export const isShortString = (text: string): boolean => text.length * MOST_BYTES <= MAX_SHORT_STRING_BYTES || utf8Bytes(text) <= MAX_SHORT_STRING_BYTES;

/** What of each method is a short string. */
const FIELDS: { readonly [Operation in ChannelRequest['operation']]?: readonly (keyof Extract<ChannelRequest, { operation: Operation }> & string)[] } = {
  exchangeDeclare: ['name', 'type'], exchangeDelete: ['name'], exchangeBind: ['source', 'destination', 'key'], exchangeUnbind: ['source', 'destination', 'key'],
  queueDeclare: ['name'], queueDelete: ['name'], queuePurge: ['name'], queueBind: ['source', 'destination', 'key'], queueUnbind: ['source', 'destination', 'key'],
  consume: ['queue', 'tag'], cancel: ['tag'], get: ['queue'],
};

/**
 * A real client does not even send what is too long, for there is no way to write it down (RabbitMQ's Java client: "Short string too long").
 *
 * @throws {ChannelFailure} 502, which closes the connection
 */
export function checkShortStrings(request: ChannelRequest): void {
  if (request.operation === 'publish') return checkPublish(request);
  const fields: readonly string[] | undefined = FIELDS[request.operation];
  if (fields === undefined) return;
  for (const field of fields) check(field, (request as unknown as Readonly<Record<string, string>>)[field]!);
}

function checkPublish({ exchange, routingKey }: Publish): void {
  check('exchange', exchange);
  check('routingKey', routingKey);
}

function check(field: string, text: string): void {
  if (!isShortString(text)) throw new ChannelFailure('SYNTAX_ERROR', `short string too long: ${field} has ${utf8Bytes(text)} octets in UTF-8, and ${MAX_SHORT_STRING_BYTES} is the most`);
}
