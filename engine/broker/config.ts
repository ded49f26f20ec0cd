import type { EventSink } from '../../history/index.js';
import type { Host } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import type { QueueKind, QueuePolicies, QueueSettings } from '../queue/index.js';
import type { AttributeTable } from './attribute-table.js';
import type { ChannelConfig } from './channel/config.js';
import type { ErrorTable } from './errors.js';

/** What a broker is made of. `personality/` composes most of it. */
export interface BrokerConfig {
  /** What each kind of queue does. */
  readonly queuePolicies: QueuePolicies;
  /** For what a queue's creator does not say. */
  readonly queueDefaults: QueueSettings;
  readonly queueLimits: QueueLimits;
  readonly limits: BrokerLimits;
  readonly errors: ErrorTable;
  readonly attributes: AttributeTable;
  /** Clients speak in channels, and nothing is answered but those; left out: they speak in requests. */
  readonly channels?: ChannelConfig;
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
  readonly maxInFlight: Range;
  /** Queues that a queue may name in its redrive allow policy. */
  readonly maxRedriveSources: number;
  readonly maxMessagesPerReceive: number;
  readonly maxBatchEntries: number;
  readonly maxBatchBytes: number;
  readonly maxMessageAttributes: number;
  /** `text`: a body is UTF-8 of the characters that XML knows. `bytes`: whatever. */
  readonly messageContents: 'text' | 'bytes';
  /** Group, deduplication and attempt ids; without the anchors of a pattern's ends it would let through what contains one. */
  readonly messageLabel: RegExp;
  readonly batchEntryId: RegExp;
  readonly moveTaskRatePerSecond: Range;
  /** Move tasks that run at the same time. */
  readonly maxMoveTasks: number;
  /** A move task that runs longer fails. */
  readonly longestMoveTaskMicros: number;
  readonly queueNames: Readonly<Partial<Record<QueueKind, RegExp>>>;
  /** A name can be used again so long after its queue was deleted. */
  readonly recreateAfterMicros: number;
  /** The longest that it may take until new attributes hold, and a new retention. */
  readonly attributesTakeMicros: number;
  readonly retentionTakesMicros: number;
  /** Names in one page of a list. */
  readonly maxListed: number;
  /** A queue can be purged again after this long. */
  readonly purgeEveryMicros: number;
  /** Tasks that a list of message move tasks shows at most. */
  readonly listedMoveTasks: Range;
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
