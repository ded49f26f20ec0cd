import type { WireMessage } from '../host.js';
import type { QueueSettings } from '../queue/index.js';

/** What clients and broker say to each other about queues as a whole; see `protocol.ts`. */
export type AdminRequest =
  | CreateQueueRequest | DeleteQueueRequest | ListQueuesRequest | GetQueueAttributesRequest | SetQueueAttributesRequest | PurgeQueueRequest
  | ListDeadLetterSourcesRequest | StartMessageMoveTaskRequest | CancelMessageMoveTaskRequest | ListMessageMoveTasksRequest;

export type AdminReply =
  | CreateQueueReply | DeleteQueueReply | ListQueuesReply | GetQueueAttributesReply | SetQueueAttributesReply | PurgeQueueReply
  | ListDeadLetterSourcesReply | StartMessageMoveTaskReply | CancelMessageMoveTaskReply | ListMessageMoveTasksReply;

/** Creates a queue. What is left out has the broker's default. A queue that is there already may be created again with settings that it has. */
export interface CreateQueueRequest extends WireMessage {
  readonly operation: 'createQueue';
  readonly requestId: number;
  readonly name: string;
  readonly settings: Partial<QueueSettings>;
  /** Settings by the names and in the words of the personality; they come on top of `settings`. */
  readonly attributes?: QueueAttributes;
}
export interface CreateQueueReply extends WireMessage {
  readonly operation: 'createQueueReply';
  readonly requestId: number;
}

/** Drops a queue with everything in it. */
export interface DeleteQueueRequest extends WireMessage {
  readonly operation: 'deleteQueue';
  readonly requestId: number;
  readonly queue: number;
}
export interface DeleteQueueReply extends WireMessage {
  readonly operation: 'deleteQueueReply';
  readonly requestId: number;
}

/** Names of queues, in ascending order, a page at a time. */
export interface ListQueuesRequest extends WireMessage {
  readonly operation: 'listQueues';
  readonly requestId: number;
  readonly prefix: string;
  readonly page: PageRequest;
}
export interface ListQueuesReply extends WireMessage {
  readonly operation: 'listQueuesReply';
  readonly requestId: number;
  readonly names: readonly string[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

/** Names of the queues that name this one as their dead-letter queue. */
export interface ListDeadLetterSourcesRequest extends WireMessage {
  readonly operation: 'listDeadLetterSources';
  readonly requestId: number;
  readonly queue: number;
  readonly page: PageRequest;
}
export interface ListDeadLetterSourcesReply extends WireMessage {
  readonly operation: 'listDeadLetterSourcesReply';
  readonly requestId: number;
  readonly names: readonly string[];
  readonly next: string | null;
}

export interface PageRequest {
  /** 1 to 1000; null: 1000, and then no page follows. */
  readonly maxResults: number | null;
  /** What the last page's `next` said; null: the first page. */
  readonly from: string | null;
}

/** Settings of a queue as its personality writes them: `VisibilityTimeout: "30"`. */
export type QueueAttributes = Readonly<Record<string, string>>;

export interface GetQueueAttributesRequest extends WireMessage {
  readonly operation: 'getQueueAttributes';
  readonly requestId: number;
  readonly queue: number;
  /** Which attributes the reply shall have; `All` for every one. Left out: none. */
  readonly names?: readonly string[];
}
export interface GetQueueAttributesReply extends WireMessage {
  readonly operation: 'getQueueAttributesReply';
  readonly requestId: number;
  readonly settings: QueueSettings;
  /** These three may be as old as the queue's replicas let them. */
  readonly ready: number;
  readonly leased: number;
  readonly delayed: number;
  readonly attributes: QueueAttributes;
}

export interface SetQueueAttributesRequest extends WireMessage {
  readonly operation: 'setQueueAttributes';
  readonly requestId: number;
  readonly queue: number;
  /** An empty text takes a rule away. */
  readonly attributes: QueueAttributes;
}
export interface SetQueueAttributesReply extends WireMessage {
  readonly operation: 'setQueueAttributesReply';
  readonly requestId: number;
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
  /** 1 to 10. Left out or null: 1, the newest. */
  readonly maxResults?: number | null;
}
export interface ListMessageMoveTasksReply extends WireMessage {
  readonly operation: 'listMessageMoveTasksReply';
  readonly requestId: number;
  /** Newest first, ten at most. */
  readonly tasks: readonly MoveTaskView[];
}
export interface MoveTaskView {
  readonly taskId: number;
  readonly status: 'running' | 'cancelling' | 'completed' | 'cancelled' | 'failed';
  readonly source: string;
  readonly destination: string | null;
  readonly movedMessages: number;
  /** Messages that were to be moved when it started. */
  readonly toMove: number;
  readonly maxMessagesPerSecond: number;
  readonly startedWallMicros: number;
  readonly failureReason: string | null;
}
