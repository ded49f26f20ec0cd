import type { WireMessage } from '../host.js';
import type { MessageProperties } from '../queue/index.js';
import type { AdminReply, AdminRequest } from './admin-protocol.js';

/**
 * What clients and broker say to each other. A connection begins with `hello`; `openQueue` gives a queue name a number that
 * is valid on this connection, and later requests speak of queues by that number. These two are not answered. A broker may ask
 * `keepAlive` at any time; a client answers with the same, or is taken for dead. Every other
 * request carries a `requestId` of the client's choice, and the one reply to it carries the same. Replies may overtake each other.
 */
export type Request =
  | HelloRequest | OpenQueueRequest | KeepAlive
  | SendRequest | SendBatchRequest | ReceiveRequest | DeleteRequest | DeleteBatchRequest
  | ChangeVisibilityRequest | ChangeVisibilityBatchRequest
  | AdminRequest;

export type Reply =
  | SendReply | SendBatchReply | ReceiveReply | DeleteReply | DeleteBatchReply
  | ChangeVisibilityReply | ChangeVisibilityBatchReply
  | AdminReply
  | ErrorReply;

/** Says who is calling: the name that the history shows for deliveries on this connection. */
export interface HelloRequest extends WireMessage {
  readonly operation: 'hello';
  readonly client: string;
}

/** Gives a queue name a number (0 to 1023). The queue need not exist yet. */
export interface OpenQueueRequest extends WireMessage {
  readonly operation: 'openQueue';
  readonly queue: number;
  readonly name: string;
}

/** The broker's question whether the client is there, and the client's answer. */
export interface KeepAlive extends WireMessage {
  readonly operation: 'keepAlive';
}

export interface SendEntry {
  readonly body: Uint8Array;
  /** The message's trace number, carried along untouched. */
  readonly trace: number;
  /** Null: the queue's own delay. */
  readonly delayMicros: number | null;
  /** Group, deduplication id and attributes. Left out or null: a plain message. */
  readonly properties?: MessageProperties | null;
}

export interface SendRequest extends WireMessage, SendEntry {
  readonly operation: 'send';
  readonly requestId: number;
  readonly queue: number;
}
export interface SendReply extends WireMessage {
  readonly operation: 'sendReply';
  readonly requestId: number;
  /** The broker's message id; for a repetition within the deduplication window that of the first. In a queue with groups also the sequence number. */
  readonly messageId: number;
}

export interface SendBatchRequest extends WireMessage {
  readonly operation: 'sendBatch';
  readonly requestId: number;
  readonly queue: number;
  readonly entries: readonly SendEntry[];
  /** What the client calls each entry, if it cares to: distinct, of letters, digits, `-` and `_`. Checked only; results come in the order of the entries. */
  readonly ids?: readonly string[];
}
export interface SendBatchReply extends WireMessage {
  readonly operation: 'sendBatchReply';
  readonly requestId: number;
  /** One for each entry, in order: a message id or why the entry was rejected. */
  readonly results: readonly (number | WireError)[];
}

export interface ReceiveRequest extends WireMessage {
  readonly operation: 'receive';
  readonly requestId: number;
  readonly queue: number;
  readonly maxMessages: number;
  /** Null: the queue's own visibility timeout. */
  readonly timeoutMicros: number | null;
  /** Null: the queue's own wait. */
  readonly waitMicros: number | null;
  /**
   * Names the attempt: asked again with the same id, a queue with attempt ids answers with the same messages under the same handles, as long as
   * nothing happened to them. Left out or null: every receive is a new one.
   */
  readonly attemptId?: string | null;
}
export interface WireDelivery {
  /** The receipt handle: message id * 2^20 + delivery serial, new with each receive. */
  readonly handle: number;
  readonly messageId: number;
  readonly trace: number;
  readonly deliveryCount: number;
  /** When it was sent, by the broker's wall clock. */
  readonly sentWallMicros: number;
  /** When it was received first; 0 when the broker does not know that any more. */
  readonly firstReceivedWallMicros: number;
  readonly body: Uint8Array;
  /** Null for a plain message that is in the queue to which it was sent. */
  readonly details: DeliveryDetails | null;
}
export interface DeliveryDetails {
  readonly properties: MessageProperties;
  /** Rises with every message of the queue; 0 in a queue without groups. */
  readonly sequence: number;
  /** The queue from which it was dead-lettered; null: it was not. */
  readonly deadLetterSource: string | null;
}
export interface ReceiveReply extends WireMessage {
  readonly operation: 'receiveReply';
  readonly requestId: number;
  /** The lease that was granted. */
  readonly timeoutMicros: number;
  readonly deliveries: readonly WireDelivery[];
}

export interface DeleteRequest extends WireMessage {
  readonly operation: 'delete';
  readonly requestId: number;
  readonly queue: number;
  readonly handle: number;
}
export interface DeleteReply extends WireMessage {
  readonly operation: 'deleteReply';
  readonly requestId: number;
}

export interface DeleteBatchRequest extends WireMessage {
  readonly operation: 'deleteBatch';
  readonly requestId: number;
  readonly queue: number;
  readonly handles: readonly number[];
  /** See {@link SendBatchRequest.ids}. */
  readonly ids?: readonly string[];
}
export interface DeleteBatchReply extends WireMessage {
  readonly operation: 'deleteBatchReply';
  readonly requestId: number;
  /** One for each handle, in order; null for success. */
  readonly results: readonly (WireError | null)[];
}

/** Extends a lease (it ends `timeoutMicros` from now), or with 0 gives the message back at once. */
export interface ChangeVisibilityRequest extends WireMessage {
  readonly operation: 'changeVisibility';
  readonly requestId: number;
  readonly queue: number;
  readonly handle: number;
  readonly timeoutMicros: number;
}
export interface ChangeVisibilityReply extends WireMessage {
  readonly operation: 'changeVisibilityReply';
  readonly requestId: number;
}

export interface ChangeVisibilityBatchRequest extends WireMessage {
  readonly operation: 'changeVisibilityBatch';
  readonly requestId: number;
  readonly queue: number;
  readonly entries: readonly { readonly handle: number; readonly timeoutMicros: number }[];
  /** See {@link SendBatchRequest.ids}. */
  readonly ids?: readonly string[];
}
export interface ChangeVisibilityBatchReply extends WireMessage {
  readonly operation: 'changeVisibilityBatchReply';
  readonly requestId: number;
  /** One for each entry, in order; null for success. */
  readonly results: readonly (WireError | null)[];
}

/** Why a request, or an entry of a batch, was not carried out. */
export interface WireError {
  /** The personality's error code. */
  readonly code: string;
  readonly message: string;
  /** True: nothing is wrong with the request, the same may succeed later. */
  readonly retriable: boolean;
  /** As HTTP has it. From 500 on the service itself failed, and the request may have been carried out all the same. */
  readonly status: number;
}

export interface ErrorReply extends WireMessage {
  readonly operation: 'error';
  readonly requestId: number;
  readonly error: WireError;
}
