import type { TimerHandle, TimerPort } from '../../host.js';
import type { Mutations } from '../../mutants/index.js';
import type { MessageStore } from '../../queue/index.js';
import type { ChannelConfig } from './config.js';
import type { Consumer, PushedQueue } from './pushed-queue.js';
import { ChannelFailure } from './reply-codes.js';
import { isThere, type Unacknowledged, type UnacknowledgedSet } from './unacknowledged.js';

/** RabbitMQ: channel_tick_interval. */
const TICK_MICROS = 60_000_000;
const MICROS_PER_MILLI = 1_000;

/** What a broker says of the time in which deliveries are to be acknowledged. */
interface TimeoutRules {
  readonly config: Pick<ChannelConfig, 'consumerTimeoutMicros' | 'noTimeoutMicros' | 'queueTimeouts'>;
  readonly mutations: Mutations;
}

/**
 * How long a delivery of a queue may go without an acknowledgement at present, or one to a consumer who says so for himself where he may; null: for ever.
 * (RabbitMQ 4.3: rabbit_queue_type, get_consumer_timeout.)
 */
export function consumerTimeoutOf({ push }: PushedQueue, { config }: Pick<TimeoutRules, 'config'>, { timeoutMillis }: { readonly timeoutMillis?: number } = {}): number | null {
  if (push.policy.onConsumerTimeout === 'nothing') return null;
  if (timeoutMillis !== undefined && config.queueTimeouts === 'checked') return timeoutMillis * MICROS_PER_MILLI;
  const { consumerTimeoutMicros: own = config.consumerTimeoutMicros } = push.settings;
  return own ?? config.noTimeoutMicros;
}

/** What its channel's node has for it. */
interface WatchingNode extends TimeoutRules {
  readonly timers: TimerPort;
  readonly now: number;
  readonly store: MessageStore;
}

/** The channel whose deliveries are watched. */
export interface WatchedChannel {
  readonly number: number;
  readonly unacknowledged: UnacknowledgedSet;
  /**
   * The queue has them again, and the consumer hears that it is cancelled. False: there is none to hear it, because the messages were got and not pushed, or because the
   * client has cancelled it before.
   */
  takeBack(consumer: Consumer | null, overdue: readonly Unacknowledged[]): boolean;
  closeFor(failure: ChannelFailure): void;
}

/**
 * Looks for deliveries of a channel that were not acknowledged in time.
 *
 * | queues that | when it looks | at what |
 * | --- | --- | --- |
 * | close the channel | once a minute while the channel holds something | its oldest delivery alone |
 * | cancel the consumer, or close the channel where there is none to be cancelled | at the very instant | all of them |
 *
 * (RabbitMQ: rabbit_channel, evaluate_consumer_timeout; since 4.3 rabbit_fifo, evaluate_consumer_timeout.)
 */
export class ConsumerTimeouts {
  readonly #channel: WatchedChannel;
  readonly #node: WatchingNode;
  #timer: TimerHandle | null = null;
  #dueAt = Infinity;
  /** When the channel delivered for the first time; for the mutant `consumer-timeout-not-restarted`. */
  #firstAt: number | null = null;

  constructor(channel: WatchedChannel, node: WatchingNode) {
    this.#channel = channel;
    this.#node = node;
  }

  /** When a delivery is to be taken back, by a queue that looks at the very instant. */
  dueAt(queue: PushedQueue, consumer: Consumer | null, now: number): number {
    if (queue.push.policy.onConsumerTimeout !== 'cancel-consumer') return Infinity;
    return now + ((consumer === null ? consumerTimeoutOf(queue, this.#node) : consumer.timeoutMicros) ?? Infinity);
  }

  /** The channel holds one delivery more. */
  delivered(delivery: Unacknowledged): void {
    this.#firstAt ??= delivery.deliveredAt;
    this.#armFor(nextLook(delivery, delivery.deliveredAt));
  }

  stop(): void {
    this.#timer?.disarm();
    this.#dueAt = Infinity;
  }

  #armFor(at: number): void {
    if (at >= this.#dueAt) return;
    this.#dueAt = at;
    this.#timer ??= this.#node.timers.create(() => this.#look());
    this.#timer.arm(Math.max(0, Math.ceil(at - this.#node.now)));
  }

  #look(): void {
    this.#dueAt = Infinity;
    const { unacknowledged } = this.#channel;
    const { now } = this.#node;
    const failure = this.#failureOf(unacknowledged.oldest, now) ?? this.#takeBack(now);
    if (failure !== null) return this.#channel.closeFor(failure);
    if (this.#node.mutations.consumerTimeoutLooksOnce) return;
    for (const delivery of unacknowledged.all) {
      const at = nextLook(delivery, now);
      // What is overdue is taken back, or gone with its queue.
      if (at > now) this.#armFor(at);
    }
  }

  #failureOf(oldest: Unacknowledged | undefined, now: number): ChannelFailure | null {
    if (oldest?.queue.push.policy.onConsumerTimeout !== 'close-channel') return null;
    const timeout = consumerTimeoutOf(oldest.queue, this.#node);
    const heldSince = this.#node.mutations.consumerTimeoutNotRestarted ? this.#firstAt! : oldest.deliveredAt;
    return timeout !== null && now - heldSince > timeout ? this.#timedOut(timeout / MICROS_PER_MILLI) : null;
  }

  /** (RabbitMQ: rabbit_channel, handle_queue_actions, `released`.) */
  #takeBack(now: number): ChannelFailure | null {
    const overdue = this.#channel.unacknowledged.all.filter((delivery) => delivery.dueAt <= now && isThere(delivery, this.#node.store));
    let failure: ChannelFailure | null = null;
    for (const consumer of new Set(overdue.map((delivery) => delivery.consumer))) {
      if (!this.#channel.takeBack(consumer, overdue.filter((delivery) => delivery.consumer === consumer))) failure ??= this.#timedOut(-1);
    }
    return failure;
  }

  #timedOut(timeoutMillis: number): ChannelFailure {
    return new ChannelFailure('PRECONDITION_FAILED', `delivery acknowledgement on channel ${this.#channel.number} timed out. Timeout value used: ${timeoutMillis} ms. `
      + 'This timeout value can be configured, see consumers doc guide to learn more');
  }
}

function nextLook({ queue, dueAt }: Unacknowledged, now: number): number {
  return queue.push.policy.onConsumerTimeout === 'close-channel' ? now + TICK_MICROS : dueAt;
}
