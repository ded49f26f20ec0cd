import { attributeBytes, type MessageAttribute, type MessageAttributes, type MessageProperties, type QueueState } from '../queue/index.js';
import type { QueueLimits } from './config.js';
import type { SendEntry } from './protocol.js';
import { type Refusal, refusal } from './refusal.js';
import { isWithin } from './settings-check.js';

const DATA_TYPE = /^(String|Number|Binary)(\.[^]+)?$/;
const MAX_ATTRIBUTE_LABEL = 256;
/** SQS: message attribute components. Letters and digits of any script are taken (recorded), signs are not. */
const ATTRIBUTE_NAME = /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u;
const RESERVED_NAME = /^(aws|amazon)\./i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** What XML cannot say: control characters but tab, line feed and return, and the two non-characters. */
const NOT_TEXT = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What must be so before a message is stored. Each answers why it cannot be; null: it can. */

export function wrongMessage(entry: SendEntry, state: QueueState, limits: QueueLimits): Refusal | null {
  const size = messageBytes(entry);
  if (entry.body.length === 0) return refusal('emptyMessage');
  if (size > state.settings.maxMessageBytes) return refusal('messageTooLong', state.settings.maxMessageBytes);
  const { delayMicros } = entry;
  if (delayMicros !== null && delayMicros !== 0 && state.policy.messageDelay === 'refused') return refusal('delayNotAllowed', delayMicros / 1_000_000);
  if (delayMicros !== null && !isWithin(delayMicros, limits.delayMicros)) return refusal('invalidDelay', delayMicros / 1_000_000);
  if (limits.messageContents === 'text' && !isText(entry.body)) return refusal('invalidContents');
  return null;
}

/** Body and attributes, as limits count them. */
export function messageBytes({ body, properties }: SendEntry): number {
  const attributes = properties?.attributes ?? null;
  return attributes === null ? body.length : body.length + attributeBytes(attributes);
}

/** A queue with groups needs to know a message's group, and one that deduplicates how to tell repetitions. */
export function wrongProperties(properties: MessageProperties | null, state: QueueState, limits: QueueLimits): Refusal | null {
  const group = properties?.group ?? null;
  const deduplicationId = properties?.deduplicationId ?? null;
  if (group === null && state.policy.order === 'groups') return refusal('missingGroup');
  if (group !== null && !limits.messageLabel.test(group)) return refusal('invalidGroup', group);
  if (deduplicationId !== null && !limits.messageLabel.test(deduplicationId)) return refusal('invalidDeduplicationId', deduplicationId);
  if (state.deduplication === null) return deduplicationId === null ? wrongAttributes(properties, limits) : refusal('deduplicationNotSupported', deduplicationId);
  if (deduplicationId === null && !state.settings.contentBasedDeduplication) return refusal('missingDeduplicationId');
  return wrongAttributes(properties, limits);
}

function wrongAttributes(properties: MessageProperties | null, limits: QueueLimits): Refusal | null {
  const attributes: MessageAttributes = properties?.attributes ?? {};
  const entries = Object.entries(attributes);
  if (entries.length > limits.maxMessageAttributes) return refusal('tooManyMessageAttributes', entries.length);
  for (const [name, attribute] of entries) {
    const wrong = wrongAttribute(name, attribute);
    if (wrong !== null) return wrong;
  }
  return null;
}

function wrongAttribute(name: string, { dataType, value }: MessageAttribute): Refusal | null {
  if (name.length > MAX_ATTRIBUTE_LABEL || !ATTRIBUTE_NAME.test(name) || RESERVED_NAME.test(name)) return refusal('messageAttributeName', name);
  if (dataType.length > MAX_ATTRIBUTE_LABEL || !DATA_TYPE.test(dataType)) return refusal('messageAttributeType', name);
  if (value === '') return refusal('messageAttributeEmpty', `'${name}' must contain a non-empty value of type '${dataType}'`);
  if (dataType.startsWith('Number') && !NUMBER.test(value)) return refusal('messageAttributeNumber', name);
  return NOT_TEXT.test(value) ? refusal('messageAttributeText', name) : null;
}

function isText(body: Uint8Array): boolean {
  if (isPrintableAscii(body)) return true;
  try {
    return !NOT_TEXT.test(decoder.decode(body));
  } catch {
    return false;
  }
}

/** Most bodies are, and to see it costs a fraction of decoding them. */
function isPrintableAscii(body: Uint8Array): boolean {
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] as number;
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return true;
}
