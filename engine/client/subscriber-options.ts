import type { Bind, ExchangeDeclare, QueueDeclare } from '../broker/index.js';
import type { ClientOptions, MessageHandler } from './options.js';

/** An exchange, a queue, or a binding. */
export type Declaration = Omit<ExchangeDeclare, 'channel'> | Omit<QueueDeclare, 'channel'> | Omit<Bind, 'channel'>;

export interface SubscriberOptions extends ClientOptions {
  readonly queue: string;
  /** Deliveries without acknowledgement at most; 0: any number. */
  readonly prefetch: number;
  /** And of its channel as a whole (`basic.qos` with `global`). Left out or 0: any number. */
  readonly channelPrefetch?: number;
  /** It asks for each message (`basic.get`), and when there is none, again after so long. Left out or null: it is pushed to. */
  readonly getEveryMicros?: number | null;
  /** How long it waits before it connects again. Left out or null: a backoff of `retry`. */
  readonly recoveryMicros?: number | null;
  /** The heartbeat timeout that it wants of its connection; 0: none. Left out or null: the one that the broker proposes. */
  readonly heartbeatMicros?: number | null;
  /** What it declares whenever its channel is open, in this order. Left out: nothing. */
  readonly declares?: readonly Declaration[];
  /** Messages handled at the same time. */
  readonly concurrency: number;
  /**
   * `automatic`: a message counts as handled when it is sent. `manual`: each is acknowledged when it was handled. `batched`: several at once, when all
   * before them were handled too. `transactional`: each when it was handled, and several are committed at once (tx).
   */
  readonly acknowledge: 'automatic' | 'manual' | 'batched' | 'transactional';
  /** For `batched` and `transactional`: so many at once, or fewer when there is nothing left to do. */
  readonly batchSize: number;
  /** For `manual`: the share of its acknowledgements that it says twice, which is a mistake: its channel knows the delivery tag once. Left out: none. */
  readonly acknowledgesTwice?: number;
  /** Acknowledges before it handles. */
  readonly acknowledgesFirst: boolean;
  readonly priority: number;
  /** How long it may hold a message without acknowledging it (`x-consumer-timeout`); whole milliseconds. Left out: what its queue says. */
  readonly timeoutMicros?: number;
  readonly exclusive: boolean;
  /** What a failed handling does: `nack` gives the message back, `reject-requeue` too, `reject` drops or dead-letters it, `leave` keeps it until the channel ends. */
  readonly onFailure: 'nack' | 'reject-requeue' | 'reject' | 'leave';
  readonly handler: MessageHandler;
}
