import type { BlockReason, EventSink, NameId } from '../../../history/index.js';
import type { TimerPort } from '../../host.js';
import type { Mutations } from '../../mutants/index.js';
import type { MessageStore, Queue, Queues, QueueSettings } from '../../queue/index.js';
import type { Session } from '../session.js';
import type { ChannelConfig } from './config.js';
import type { CreditFlow } from './credit-flow.js';
import type { ChannelReply } from './protocol.js';
import type { Consumer, PushedQueue } from './pushed-queue.js';
import type { KnownArguments } from './queue-arguments.js';

/** What channels, and what is done on them, know of the node that they are on. */
export interface ChannelContext {
  readonly config: ChannelConfig;
  readonly sink: EventSink;
  readonly actor: NameId;
  readonly mutations: Mutations;
  readonly queues: Queues;
  readonly store: MessageStore;
  readonly defaults: QueueSettings;
  /** Which arguments of queues it knows. */
  readonly known: KnownArguments;
  readonly timers: TimerPort;
  /** Monotonic. */
  readonly now: number;
  /** Null: there is no alarm. */
  readonly alarm: BlockReason | null;
  readonly flow: CreditFlow;
  find(name: string): PushedQueue | null;
  /** A queue that was created or found is one to push from. */
  served(queue: Queue, owner: Session | null): PushedQueue;
  /** Its consumers hear that it is gone. */
  deleteQueue(queue: PushedQueue): void;
  /** A consumer comes to a queue, or goes: the history is told, for whose turn it is and how much it may hold hangs on who is there. */
  consumerBegan(queue: PushedQueue, consumer: Consumer): void;
  consumerEnded(queue: PushedQueue, consumer: Consumer): void;
  /** Messages or room for them may have come. */
  wake(queue: PushedQueue): void;
  /** Serves the queues for which something has changed. Every operation ends with it. */
  pump(): void;
  /** A channel of the node confirms what is published on it. */
  confirmsBegan(): void;
  /** When everything that was journalled so far is durable. */
  sendWhenDurable(session: Session, message: ChannelReply, sizeBytes?: number): void;
}
