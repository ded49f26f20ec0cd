import type { DelayedRetry } from './delayed-retry.js';

/** What an operator sets for a queue that pushes its messages to consumers (RabbitMQ: arguments and policies of a queue). Durations in microseconds. */
export interface PushSettings {
  /** False: the queue and what it holds are gone after a restart of the broker. */
  readonly isDurable: boolean;
  /** It goes when the last of its consumers does. */
  readonly autoDelete: boolean;
  /** A message is not delivered later than this after it came; the lower of this and its own counts. Null: for ever. */
  readonly messageTtlMicros: number | null;
  /** The queue goes after so much time without a consumer, a get or a declaration. Null: never. */
  readonly expiresMicros: number | null;
  /** Ready messages at most; null: any number. */
  readonly maxLength: number | null;
  /** Bytes of the bodies of ready messages at most; null: any number. */
  readonly maxLengthBytes: number | null;
  /** What gives way at the limit: the oldest message, or the newest (which is dead-lettered, too, with `reject-publish-dlx`). */
  readonly overflow: 'drop-head' | 'reject-publish' | 'reject-publish-dlx';
  /** Highest priority of a classic queue; null: it has no priorities. */
  readonly maxPriority: number | null;
  readonly deadLetterExchange: string | null;
  /** Null: the keys that the message was published with. */
  readonly deadLetterRoutingKey: string | null;
  /** Of quorum queues: whether a dead letter stays until it has arrived, which it does where `overflow` is `reject-publish`. Left out: at most once. */
  readonly deadLetterStrategy?: 'at-most-once' | 'at-least-once';
  /** Left out: what comes back is ready at once. */
  readonly delayedRetry?: DelayedRetry | null;
  /** A message that came back more often than this is dead-lettered. Null: it may come back for ever. */
  readonly deliveryLimit: number | null;
  /** One consumer gets everything until it goes. */
  readonly isSingleActive: boolean;
  /** How long a delivery may go without an acknowledgement. Null: for ever. Left out: as long as the broker says. */
  readonly consumerTimeoutMicros?: number | null;
  /** The arguments with which a client declared it, as JSON: whoever declares it again must bring the same. Left out: it is the configuration's. */
  readonly declared?: string;
}

export const PUSH_SETTING_NAMES = [
  'isDurable', 'autoDelete', 'messageTtlMicros', 'expiresMicros', 'maxLength', 'maxLengthBytes', 'overflow', 'maxPriority', 'deadLetterExchange',
  'deadLetterRoutingKey', 'deadLetterStrategy', 'delayedRetry', 'deliveryLimit', 'isSingleActive', 'consumerTimeoutMicros', 'declared',
] as const satisfies readonly (keyof PushSettings)[];

/** Where kinds of pushing queues, and versions of a system, differ. */
export interface PushPolicy {
  /**
   * Where a message goes that comes back. `original`: where it was, by its age. `returns`: into a line of its own that is served first, in the order of
   * coming back, as long as the queue has a delivery limit; without one to the tail. (RabbitMQ: classic; quorum.)
   */
  readonly requeue: 'original' | 'returns';
  /** `declared`: as many levels as the queue says. `none`: one. `strict`: 32 levels. `two-to-one`: two lanes, of which the high one comes first; each third turn goes to the older message. */
  readonly priorities: 'declared' | 'none' | 'strict' | 'two-to-one';
  /** Which returns the delivery limit counts: each, or not those by `basic.nack`. */
  readonly countedReturns: 'all' | 'failed';
  /** Whether what expired is taken out at the head of each level and of the returns, and not of the whole queue alone. */
  readonly expiresByLevel: boolean;
  /** Whether it knows delayed retries. */
  readonly hasDelayedRetry: boolean;
  /** Whether a delivery says how often the message came back. */
  readonly tellsCount: boolean;
  /** Whether it keeps over a restart what is persistent alone, or whatever it takes. (Classic; quorum.) */
  readonly survivors: 'persistent' | 'all';
  /** Whether what it confirms was synced to the disk before, where the configuration of the broker says nothing else. (Quorum.) */
  readonly syncsBeforeConfirm: boolean;
  /** Whether a delivery waits until its log says so. (Quorum; a classic queue delivers at once.) */
  readonly deliversDurably: boolean;
  /**
   * How it refuses at its limit (`reject-publish`). `at-limit`: what would be too much. `by-word`: it takes what is too much, and when that is in its log tells its publishers to stop.
   * (Classic; quorum.)
   */
  readonly refusal: 'at-limit' | 'by-word';
  /** Whether a transaction in which it refused something is answered with an error. (Classic.) */
  readonly refusalFailsCommit: boolean;
  /** Whether a new length counts before a new `overflow` does: what is then too much is dropped although it is to be refused from now on. (Classic.) */
  readonly trimsToNewLength: boolean;
  /** When what came back and is too much is dropped: before the next delivery or after it. (Classic; quorum.) */
  readonly trimsReturns: 'before-delivery' | 'after-delivery';
  /** Whether all that a channel held when it ended comes back as one return, or what each consumer held as one of its own. (Classic; quorum.) */
  readonly endedChannelReturns: 'together' | 'by-consumer';
  /** Whose storage publishers wait for (credit flow): that of the queue, or each channel its own part of it. (Classic; quorum.) */
  readonly publishCredit: 'of-queue' | 'of-channel';
  /** Whether a consumer that can take nothing more loses its place in the line at once, or when its turn comes. (Quorum; classic.) */
  readonly fullConsumers: 'set-aside' | 'pass';
  /** Whether a prefetch of a whole channel counts for its consumers. A channel that has one cannot consume a queue where it does not. (Classic.) */
  readonly heedsChannelPrefetch: boolean;
  /** Whether a consumer may have it for itself. Where not, nobody takes notice of the wish. (Classic.) */
  readonly takesExclusiveConsumers: boolean;
  /** Whether a consumer may say how long it may hold a message, in versions in which that is looked at. (Quorum.) */
  readonly takesConsumerTimeouts: boolean;
  /** Whether messages may be asked for one by one beside a single active consumer. (Classic.) */
  readonly getsBesideSingleActive: boolean;
  /** Whether to declare it again is to use it, so that it expires later. (Classic.) */
  readonly declarationIsUse: boolean;
  /** Whether it may be deleted on the condition that it is unused, or empty. (Classic.) */
  readonly deletesOnCondition: boolean;
  /** Who follows a single active consumer: who came first, or the first of the highest priority, who may even take over before it goes. */
  readonly singleActive: 'first' | 'priority' | 'takeover';
  /** How often it looks whether it was used within its expiry; null: to the instant. */
  readonly expiryTickMicros: number | null;
  readonly maxPrefetch: number;
  /**
   * What happens when a delivery was not acknowledged in time. `close-channel`: its channel is closed. `cancel-consumer`: the delivery goes back, and its consumer is told that it is
   * cancelled. `nothing`: there is no such time.
   */
  readonly onConsumerTimeout: 'close-channel' | 'cancel-consumer' | 'nothing';
}
