import type { Headers } from '../../exchange/index.js';
import type { WireMessage } from '../../host.js';
import type { Envelope } from '../../queue/index.js';
import type { Policy } from './policy.js';

/**
 * What clients and broker say to each other where a connection carries channels (AMQP 0-9-1). The names are the protocol's, methods are messages.
 * Requests of one channel are carried out in their order, and so are their answers; publishes and acknowledgements have none.
 */
export type ChannelRequest =
  | ChannelMethod<'channelOpen' | 'channelClose' | 'channelCloseOk' | 'confirmSelect' | 'txSelect' | 'txCommit' | 'txRollback'>
  | ExchangeDeclare | ExchangeDelete | Bind | QueueDeclare | QueueDelete | QueuePurge
  | Qos | Consume | Cancel | Publish | Get | Ack | Nack | Reject | Recover | Flow | SetPolicy | ClearPolicy;

/** What the broker says. */
export type ChannelReply =
  | MethodOk | Refused | Deliver | GetEmpty | Returned | Confirmed | Cancelled | ChannelClosed | ConnectionClosed | Blocked | Tune | HeartbeatFrame;

interface ChannelMethod<Operation extends string> extends WireMessage {
  readonly operation: Operation;
  /** From 1. */
  readonly channel: number;
}

export interface ExchangeDeclare extends ChannelMethod<'exchangeDeclare'> {
  readonly name: string;
  readonly type: string;
  readonly passive?: boolean;
  readonly durable?: boolean;
  readonly autoDelete?: boolean;
  readonly internal?: boolean;
  readonly alternateExchange?: string | null;
}
export interface ExchangeDelete extends ChannelMethod<'exchangeDelete'> {
  readonly name: string;
  readonly ifUnused?: boolean;
}
/** Of a queue or of an exchange to an exchange, or the end of it. */
export interface Bind extends ChannelMethod<'queueBind' | 'queueUnbind' | 'exchangeBind' | 'exchangeUnbind'> {
  readonly source: string;
  /** The queue, or the exchange. */
  readonly destination: string;
  readonly key: string;
  readonly arguments?: Headers;
}
export interface QueueDeclare extends ChannelMethod<'queueDeclare'> {
  /** Empty: the broker makes one. */
  readonly name: string;
  readonly passive?: boolean;
  readonly durable?: boolean;
  readonly exclusive?: boolean;
  readonly autoDelete?: boolean;
  /** `x-queue-type`, `x-message-ttl` and so on. */
  readonly arguments?: Readonly<Record<string, unknown>>;
}
export interface QueueDelete extends ChannelMethod<'queueDelete'> {
  readonly name: string;
  readonly ifUnused?: boolean;
  readonly ifEmpty?: boolean;
}
export interface QueuePurge extends ChannelMethod<'queuePurge'> {
  readonly name: string;
}
export interface Qos extends ChannelMethod<'qos'> {
  /** Deliveries without acknowledgement at most; 0: any number. */
  readonly prefetch: number;
  /** Bytes; RabbitMQ knows none but 0. */
  readonly prefetchSize?: number;
  /** False: of each consumer that comes after this. True: of the channel. */
  readonly global?: boolean;
}
export interface Consume extends ChannelMethod<'consume'> {
  readonly queue: string;
  /** Empty: the broker makes one. */
  readonly tag: string;
  readonly noAck?: boolean;
  readonly exclusive?: boolean;
  /** `x-priority`. */
  readonly priority?: number;
  /** `x-consumer-timeout`, in milliseconds. */
  readonly timeoutMillis?: number;
}
export interface Cancel extends ChannelMethod<'cancel'> {
  readonly tag: string;
}

export interface PublishProperties {
  readonly headers?: Headers;
  readonly priority?: number;
  /** Milliseconds, as a decimal text. */
  readonly expiration?: string;
  /** Delivery mode 2. */
  readonly persistent?: boolean;
  /** Further routing keys, shown to consumers; and those that are not. */
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
}
export interface Publish extends ChannelMethod<'publish'> {
  readonly exchange: string;
  readonly routingKey: string;
  readonly mandatory?: boolean;
  readonly immediate?: boolean;
  readonly properties: PublishProperties;
  readonly body: Uint8Array;
  /** The message's trace number, carried along untouched. */
  readonly trace: number;
}
export interface Get extends ChannelMethod<'get'> {
  readonly queue: string;
  readonly noAck?: boolean;
}
export interface Ack extends ChannelMethod<'ack'> {
  readonly deliveryTag: number;
  readonly multiple?: boolean;
}
export interface Nack extends ChannelMethod<'nack'> {
  readonly deliveryTag: number;
  readonly multiple?: boolean;
  readonly requeue: boolean;
}
export interface Reject extends ChannelMethod<'reject'> {
  readonly deliveryTag: number;
  readonly requeue: boolean;
}
/** Gives back everything that the channel holds. */
export interface Recover extends ChannelMethod<'recover'> {
  readonly requeue: boolean;
}
/** Stops deliveries to the channel, or lets them go on. */
export interface Flow extends ChannelMethod<'flow'> {
  readonly active: boolean;
}

/** No part of AMQP: what RabbitMQ's management interface does. (rabbitmqctl set_policy, set_operator_policy.) */
export interface SetPolicy extends ChannelMethod<'setPolicy'> {
  readonly policy: Policy;
}
export interface ClearPolicy extends ChannelMethod<'clearPolicy'> {
  readonly name: string;
  readonly isOperator: boolean;
}

/** The management interface refuses; the channel stays open. */
export interface Refused extends ChannelMethod<'refused'> {
  readonly method: ChannelRequest['operation'];
  readonly text: string;
}

export interface MethodOk extends ChannelMethod<'methodOk'> {
  readonly method: ChannelRequest['operation'];
  /** The queue that was declared, with its ready messages and consumers; of a purge or delete the messages that went. */
  readonly queue?: string;
  readonly messages?: number;
  readonly consumers?: number;
  readonly tag?: string;
}
/** A delivery to a consumer; without a consumer tag the answer to a `get`. */
export interface Deliver extends ChannelMethod<'deliver'> {
  readonly consumerTag: string | null;
  readonly deliveryTag: number;
  readonly redelivered: boolean;
  readonly queue: string;
  readonly envelope: Envelope;
  readonly body: Uint8Array;
  readonly trace: number;
  /** How often it came back (`x-delivery-count`); null where the queue does not tell. */
  readonly returns: number | null;
  /** The broker's id of the stored copy, its name for this delivery, and which one it is: for the history. */
  readonly messageId: number;
  readonly handle: number;
  readonly deliveryCount: number;
}
export type GetEmpty = ChannelMethod<'getEmpty'>;
/** An unroutable message comes back. */
export interface Returned extends ChannelMethod<'returned'> {
  readonly code: number;
  readonly text: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly trace: number;
}
/** A publisher confirm: every publish up to this one, if `multiple`, or this one alone. */
export interface Confirmed extends ChannelMethod<'confirmed'> {
  readonly deliveryTag: number;
  readonly multiple: boolean;
  readonly isAck: boolean;
}
/** The broker ended a consumer: its queue is gone. */
export interface Cancelled extends ChannelMethod<'cancelled'> {
  readonly tag: string;
}
export interface ChannelClosed extends ChannelMethod<'channelClosed'> {
  readonly code: number;
  readonly text: string;
}
export interface ConnectionClosed extends WireMessage {
  readonly operation: 'connectionClosed';
  readonly code: number;
  readonly text: string;
}
/** The broker reads nothing of a connection that publishes while it is short of memory, and reads on. */
export interface Blocked extends WireMessage {
  readonly operation: 'blocked' | 'unblocked';
}
/** How a connection begins: who is calling, and which heartbeat it wants; null: the one that the broker proposes, 0: none. It stands for start-ok and tune-ok. */
export interface Hello extends WireMessage {
  readonly operation: 'hello';
  readonly client?: string;
  readonly heartbeatMicros?: number | null;
}
/** The answer to that: the heartbeat timeout that both go by; 0: there are no heartbeats. */
export interface Tune extends WireMessage {
  readonly operation: 'tune';
  readonly heartbeatMicros: number;
}
/** Either end says it when it has had nothing to say. */
export interface HeartbeatFrame extends WireMessage {
  readonly operation: 'heartbeat';
}

export const METHOD_BYTES = 32;
export const CONTENT_BYTES = 96;
