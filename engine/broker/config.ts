import type { EventSink } from '../../history/index.js';
import type { Host } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import type { QueuePolicy, QueueSettings } from '../queue/index.js';
import type { ErrorTable } from './errors.js';

/** What a broker is made of. `personality/` composes most of it. */
export interface BrokerConfig {
  readonly queuePolicy: QueuePolicy;
  /** For what a queue's creator does not say. */
  readonly queueDefaults: QueueSettings;
  readonly queueLimits: QueueLimits;
  readonly limits: BrokerLimits;
  readonly errors: ErrorTable;
  /** Queues that exist from the start; those that recovery found keep their messages and get these settings. */
  readonly queues: readonly QueueDeclaration[];
  /** When the log is synced: before every reply (in groups), every so often, or never. */
  readonly flush: 'always' | 'interval' | 'never';
  /** For `interval`. */
  readonly flushIntervalMicros: number;
  readonly segmentBytes: number;
  /** Default: none. */
  readonly mutations?: Mutations;
}

export interface QueueDeclaration {
  readonly name: string;
  /** What it leaves out has the default. */
  readonly settings: Partial<QueueSettings>;
}

/** Ranges of what a queue's settings and a request may say; both ends are allowed. */
export interface QueueLimits {
  readonly visibilityTimeoutMicros: Range;
  readonly delayMicros: Range;
  readonly retentionMicros: Range;
  readonly receiveWaitMicros: Range;
  readonly maxMessageBytes: Range;
  readonly maxReceiveCount: Range;
  readonly maxMessagesPerReceive: number;
  readonly maxBatchEntries: number;
  readonly maxBatchBytes: number;
  readonly moveTaskRatePerSecond: Range;
  readonly queueName: RegExp;
  /** A queue can be purged again after this long. */
  readonly purgeEveryMicros: number;
  /** Tasks that a list of message move tasks shows. */
  readonly listedMoveTasks: number;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** How much a node takes on before it says no. */
export interface BrokerLimits {
  readonly maxQueues: number;
  readonly maxSessions: number;
  /** A session that says nothing for so long is asked to, and ended when it does not answer for as long again. 0: never. */
  readonly keepAliveMicros: number;
  /** Messages stored in all queues together. */
  readonly maxMessages: number;
  /** Replies that wait for the disk; a request beyond it is rejected, to be tried again. */
  readonly maxPendingReplies: number;
  /** Bytes that wait to be written to the log; the same. At most what the log itself takes (256 MiB). */
  readonly maxPendingLogBytes: number;
  /** Long polls waiting at one queue. */
  readonly maxWaitingPolls: number;
}

export interface BrokerOptions {
  readonly host: Host;
  readonly sink: EventSink;
  /** The node's name in the history. */
  readonly name: string;
  readonly config: BrokerConfig;
  /** Called once when recovery is done and the node listens. */
  readonly onReady?: () => void;
  /** Called once when the node stopped itself because its storage failed; the process should end. */
  readonly onFatal: (error: Error) => void;
}
