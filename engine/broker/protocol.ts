import type { WireMessage } from '../host.js';
import type { QueueSettings } from '../queue/index.js';

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
  | CreateQueueRequest | GetQueueAttributesRequest | PurgeQueueRequest
  | StartMessageMoveTaskRequest | CancelMessageMoveTaskRequest | ListMessageMoveTasksRequest;

export type Reply =
  | SendReply | SendBatchReply | ReceiveReply | DeleteReply | DeleteBatchReply
  | ChangeVisibilityReply | ChangeVisibilityBatchReply
  | CreateQueueReply | GetQueueAttributesReply | PurgeQueueReply
  | StartMessageMoveTaskReply | CancelMessageMoveTaskReply | ListMessageMoveTasksReply
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
}

export interface SendRequest extends WireMessage, SendEntry {
  readonly operation: 'send';
  readonly requestId: number;
  readonly queue: number;
}
export interface SendReply extends WireMessage {
  readonly operation: 'sendReply';
  readonly requestId: number;
  /** The broker's message id. */
  readonly messageId: number;
}

export interface SendBatchRequest extends WireMessage {
  readonly operation: 'sendBatch';
  readonly requestId: number;
  readonly queue: number;
  readonly entries: readonly SendEntry[];
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
}
export interface WireDelivery {
  /** The receipt handle: message id * 2^20 + delivery serial, new with each receive. */
  readonly handle: number;
  readonly messageId: number;
  readonly trace: number;
  readonly deliveryCount: number;
  /** When it was sent, by the broker's wall clock. */
  readonly sentWallMicros: number;
  readonly body: Uint8Array;
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
}
export interface ChangeVisibilityBatchReply extends WireMessage {
  readonly operation: 'changeVisibilityBatchReply';
  readonly requestId: number;
  /** One for each entry, in order; null for success. */
  readonly results: readonly (WireError | null)[];
}

/** Creates a queue. What `settings` leaves out has the broker's default. The same queue with the same settings may be created again. */
export interface CreateQueueRequest extends WireMessage {
  readonly operation: 'createQueue';
  readonly requestId: number;
  readonly name: string;
  readonly settings: Partial<QueueSettings>;
}
export interface CreateQueueReply extends WireMessage {
  readonly operation: 'createQueueReply';
  readonly requestId: number;
}

export interface GetQueueAttributesRequest extends WireMessage {
  readonly operation: 'getQueueAttributes';
  readonly requestId: number;
  readonly queue: number;
}
export interface GetQueueAttributesReply extends WireMessage {
  readonly operation: 'getQueueAttributesReply';
  readonly requestId: number;
  readonly settings: QueueSettings;
  readonly ready: number;
  readonly leased: number;
  readonly delayed: number;
}

/** Drops everything in a queue: ready, leased and delayed. */
export interface PurgeQueueRequest extends WireMessage {
  readonly operation: 'purgeQueue';
  readonly requestId: number;
  readonly queue: number;
}
export interface PurgeQueueReply extends WireMessage {
  readonly operation: 'purgeQueueReply';
  readonly requestId: number;
}

/** Redrive: moves what is in a dead-letter queue to `destination`, or with null each message to the queue it came from. */
export interface StartMessageMoveTaskRequest extends WireMessage {
  readonly operation: 'startMessageMoveTask';
  readonly requestId: number;
  /** Name of the dead-letter queue. */
  readonly source: string;
  readonly destination: string | null;
  /** 1 to 500; null: 500. */
  readonly maxMessagesPerSecond: number | null;
}
export interface StartMessageMoveTaskReply extends WireMessage {
  readonly operation: 'startMessageMoveTaskReply';
  readonly requestId: number;
  readonly taskId: number;
}

export interface CancelMessageMoveTaskRequest extends WireMessage {
  readonly operation: 'cancelMessageMoveTask';
  readonly requestId: number;
  readonly taskId: number;
}
export interface CancelMessageMoveTaskReply extends WireMessage {
  readonly operation: 'cancelMessageMoveTaskReply';
  readonly requestId: number;
  readonly movedMessages: number;
}

export interface ListMessageMoveTasksRequest extends WireMessage {
  readonly operation: 'listMessageMoveTasks';
  readonly requestId: number;
  /** Name of the dead-letter queue. */
  readonly source: string;
}
export interface ListMessageMoveTasksReply extends WireMessage {
  readonly operation: 'listMessageMoveTasksReply';
  readonly requestId: number;
  /** Newest first, ten at most. */
  readonly tasks: readonly MoveTaskView[];
}
export interface MoveTaskView {
  readonly taskId: number;
  readonly status: 'running' | 'completed' | 'cancelled' | 'failed';
  readonly source: string;
  readonly destination: string | null;
  readonly movedMessages: number;
  readonly failureReason: string | null;
}

/** Why a request, or an entry of a batch, was not carried out. */
export interface WireError {
  /** The personality's error code. */
  readonly code: string;
  readonly message: string;
  /** True: nothing is wrong with the request, the same may succeed later. */
  readonly retriable: boolean;
}

export interface ErrorReply extends WireMessage {
  readonly operation: 'error';
  readonly requestId: number;
  readonly error: WireError;
}
