import type { Channel } from 'amqplib';
import type { Method } from '../engine/broker/channel/channel-stage.js';

/** What amqplib's channels can do and its types do not say: any method of the protocol, with the fields as they stand in its grammar. */
export interface RawChannel extends Channel {
  rpc(method: number, fields: object, answer: number): Promise<Readonly<Record<string, unknown>>>;
  sendImmediately(method: number, fields: object): void;
  sendMessage(fields: object, properties: object, content: Buffer): void;
}

/** AMQP 0-9-1: class and method numbers. */
const id = (classNumber: number, methodNumber: number): number => classNumber * 0x1_0000 + methodNumber;

export const FLOW = { method: id(20, 20), answer: id(20, 21) } as const;
export const QUEUE_DECLARE = { method: id(50, 10), answer: id(50, 11) } as const;

export interface Call {
  readonly method: number;
  readonly answer: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

const call = (classNumber: number, methodNumber: number, answerNumber: number, fields: Call['fields'] = {}): Call =>
  ({ method: id(classNumber, methodNumber), answer: id(classNumber, answerNumber), fields });

const RESERVED = { ticket: 0, nowait: false } as const;

/** A method that is answered by another; null for one that is not, or that amqplib has to know of. */
export function callOf(method: Method): Call | null {
  switch (method.operation) {
    case 'exchangeDeclare': {
      const { name: exchange, type, passive = false, durable = false, autoDelete = false, internal = false, alternateExchange = null } = method;
      return call(40, 10, 11, {
        ...RESERVED, exchange, type, passive, durable, autoDelete, internal, arguments: alternateExchange === null ? {} : { 'alternate-exchange': alternateExchange },
      });
    }
    case 'exchangeDelete': return call(40, 20, 21, { ...RESERVED, exchange: method.name, ifUnused: method.ifUnused ?? false });
    case 'exchangeBind':
    case 'exchangeUnbind': {
      const { source, destination, key: routingKey, arguments: args = {} } = method;
      const fields = { ...RESERVED, source, destination, routingKey, arguments: args };
      return method.operation === 'exchangeBind' ? call(40, 30, 31, fields) : call(40, 40, 51, fields);
    }
    case 'queueBind':
    case 'queueUnbind': {
      const { source: exchange, destination: queue, key: routingKey, arguments: args = {} } = method;
      const fields = { ...RESERVED, exchange, queue, routingKey, arguments: args };
      return method.operation === 'queueBind' ? call(50, 20, 21, fields) : call(50, 50, 51, fields);
    }
    case 'queueDeclare': {
      const { name: queue, passive = false, durable = false, exclusive = false, autoDelete = false, arguments: args = {} } = method;
      return call(50, 10, 11, { ...RESERVED, queue, passive, durable, exclusive, autoDelete, arguments: args });
    }
    case 'queueDelete': return call(50, 40, 41, { ...RESERVED, queue: method.name, ifUnused: method.ifUnused ?? false, ifEmpty: method.ifEmpty ?? false });
    case 'queuePurge': return call(50, 30, 31, { ...RESERVED, queue: method.name });
    case 'qos': return call(60, 10, 11, { prefetchSize: 0, prefetchCount: method.prefetch, global: method.global ?? false });
    case 'recover': return call(60, 110, 111, { requeue: method.requeue });
    case 'flow': return call(20, 20, 21, { active: method.active });
    case 'confirmSelect': return call(85, 10, 11, { nowait: false });
    case 'txSelect': return call(90, 10, 11);
    case 'txCommit': return call(90, 20, 21);
    case 'txRollback': return call(90, 30, 31);
    default: return null;
  }
}

const ACK = id(60, 80);
const REJECT = id(60, 90);
const NACK = id(60, 120);

/** Says what has no answer; false for anything else. */
export function sayUnanswered(channel: RawChannel, method: Method): boolean {
  switch (method.operation) {
    case 'publish': {
      const { exchange, routingKey, mandatory = false, immediate = false, body, properties } = method;
      const { headers = {}, cc, bcc, persistent = false, ...rest } = properties;
      const all = { ...headers, ...(cc === undefined ? {} : { CC: cc }), ...(bcc === undefined ? {} : { BCC: bcc }) };
      channel.sendMessage({ ticket: 0, exchange, routingKey, mandatory, immediate }, { headers: all, deliveryMode: persistent ? 2 : 1, ...rest }, Buffer.from(body));
      return true;
    }
    case 'ack': channel.sendImmediately(ACK, { deliveryTag: method.deliveryTag, multiple: method.multiple ?? false }); return true;
    case 'nack': channel.sendImmediately(NACK, { deliveryTag: method.deliveryTag, multiple: method.multiple ?? false, requeue: method.requeue }); return true;
    case 'reject': channel.sendImmediately(REJECT, { deliveryTag: method.deliveryTag, requeue: method.requeue }); return true;
    default: return false;
  }
}
