import type { PushSettings, QueueKind } from '../../queue/index.js';
import { ChannelFailure } from './reply-codes.js';

const MICROS_PER_MILLI = 1_000;
/** Ten years: the longest time to live that RabbitMQ takes (3.10, rabbit_misc:check_expiry). */
export const MAX_TTL_MILLIS = 315_360_000_000;
const MAX_PRIORITY = 255;
/** Of a dead letter's, and of exchanges and queues. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Why a value cannot be, in the words of RabbitMQ's error terms; null: it can. */
type Check = (value: unknown, args: Arguments) => string | null;

const CHECKS: Readonly<Record<string, Check>> = {
  'x-expires': (value) => (value === 0 ? '{value_zero,0}' : timeToLive(value)),
  'x-message-ttl': timeToLive,
  'x-dead-letter-routing-key': (value, args) => text(value) ?? (args['x-dead-letter-exchange'] === undefined ? 'routing_key_but_no_dlx_defined' : null),
  'x-dead-letter-strategy': (value) => text(value) ?? (STRATEGIES.some((known) => known === value) ? null : 'invalid_dlx_strategy'),
  'x-max-length': notNegative,
  'x-max-length-bytes': notNegative,
  'x-max-in-memory-length': notNegative,
  'x-max-in-memory-bytes': notNegative,
  'x-max-priority': (value) => notNegative(value) ?? ((value as number) > MAX_PRIORITY ? `{max_value_exceeded,${String(value)}}` : null),
  'x-overflow': (value) => text(value) ?? (OVERFLOWS.some((known) => known === value) ? null : 'invalid_overflow'),
  'x-queue-mode': (value) => text(value) ?? (value === 'default' || value === 'lazy' ? null : `"unsupported queue mode '${String(value)}'"`),
  'x-queue-version': (value) => notNegative(value) ?? (value === 1 || value === 2 ? null : `"unsupported queue version '${String(value)}'"`),
  'x-single-active-consumer': (value) => (typeof value === 'boolean' ? null : `{unacceptable_type,${typeName(value)}}`),
  'x-consumer-timeout': notNegative,
  'x-delivery-limit': (value) => whole(value) ?? ((value as number) < -1 ? `{value_negative,${String(value)}}` : null),
};

/** What each kind of queue takes, in the order in which a second declaration is compared with the first. (RabbitMQ: capabilities of the queue types.) */
const TAKEN: Readonly<Record<'classic' | 'quorum' | 'stream', readonly string[]>> = {
  classic: [
    'x-expires', 'x-message-ttl', 'x-dead-letter-exchange', 'x-dead-letter-routing-key', 'x-max-length', 'x-max-length-bytes', 'x-max-priority', 'x-overflow',
    'x-queue-mode', 'x-queue-version', 'x-single-active-consumer', 'x-queue-type',
  ],
  quorum: [
    'x-dead-letter-exchange', 'x-dead-letter-routing-key', 'x-dead-letter-strategy', 'x-expires', 'x-max-length', 'x-max-length-bytes', 'x-max-in-memory-length',
    'x-max-in-memory-bytes', 'x-overflow', 'x-single-active-consumer', 'x-queue-type', 'x-quorum-initial-group-size', 'x-delivery-limit', 'x-message-ttl', 'x-queue-leader-locator',
  ],
  // Not made here: what else a declaration may be mistaken for.
  stream: ['x-max-length-bytes', 'x-queue-type', 'x-max-age', 'x-stream-max-segment-size-bytes', 'x-initial-cluster-size', 'x-queue-leader-locator'],
};

/** RabbitMQ 4.3: nobody looks whether these can be; where they cannot, there is no delay. */
const RETRIES = ['x-delayed-retry-type', 'x-delayed-retry-min', 'x-delayed-retry-max'] as const;
const RETRY_TYPES = ['all', 'failed', 'returned'] as const;

/** RabbitMQ 3.12. */
const TIMEOUT = 'x-consumer-timeout';

const STRATEGIES = ['at-most-once', 'at-least-once'] as const;
const OVERFLOWS = ['drop-head', 'reject-publish', 'reject-publish-dlx'] as const;

/** What the kinds of queues of a broker take, in its version. */
export interface KnownArguments {
  readonly hasDelayedRetry: boolean;
  /** Of quorum queues alone where it is checked; where it is not, whatever it says is taken. */
  readonly consumerTimeout: 'unknown' | 'unchecked' | 'checked';
}

function takenBy(kind: QueueKind, { hasDelayedRetry, consumerTimeout }: KnownArguments): readonly string[] {
  const taken = TAKEN[kind as 'classic' | 'quorum'];
  if (kind !== 'quorum') return taken;
  return [...taken, ...(consumerTimeout === 'checked' ? [TIMEOUT] : []), ...(hasDelayedRetry ? RETRIES : [])];
}

/** What the optional arguments of a declaration say. @throws {ChannelFailure} 406 for what cannot be */
export function readQueueArguments(name: string, args: Arguments, version: KnownArguments): { readonly kind: QueueKind; readonly settings: Partial<PushSettings> } {
  const exchange = args['x-dead-letter-exchange'];
  if (exchange !== undefined && typeof exchange !== 'string') {
    throw new ChannelFailure('PRECONDITION_FAILED', `invalid type '${typeName(exchange)}' for arg 'x-dead-letter-exchange' in queue '${name}' in vhost '/'`);
  }
  const kind = kindOf(name, args);
  const own = takenBy(kind, version);
  for (const [argument, check] of Object.entries(CHECKS)) {
    if (args[argument] === undefined || !own.includes(argument)) continue;
    const why = check(args[argument], args);
    if (why !== null) throw invalid(name, argument, `: ${why}`);
  }
  const others = new Set([...takenBy('classic', version), ...takenBy('quorum', version), ...TAKEN.stream]);
  for (const argument of Object.keys(args)) {
    if (others.has(argument) && !own.includes(argument)) throw invalid(name, argument, ` of queue type rabbit_${kind}_queue`);
  }
  // A quorum queue does not know this way of refusing, says so in the broker's log, and drops its head.
  const isUnknown = kind === 'quorum' && args['x-overflow'] === 'reject-publish-dlx';
  const retry = kind === 'quorum' && version.hasDelayedRetry ? retryOf(args) : {};
  return { kind, settings: { ...settingsOf(isUnknown ? { ...args, 'x-overflow': 'drop-head' } : args), ...retry, ...timeoutOf(args, version), declared: JSON.stringify(args) } };
}

function kindOf(name: string, args: Arguments): 'classic' | 'quorum' {
  const type = args['x-queue-type'] ?? 'classic';
  if (typeof type !== 'string') throw invalid(name, 'x-queue-type', `: {unacceptable_type,${typeName(type)}}`);
  if (type !== 'classic' && type !== 'quorum') throw invalid(name, 'x-queue-type', `: "unsupported queue type '${type}'"`);
  return type;
}

function settingsOf(args: Arguments): Partial<PushSettings> {
  const millis = (argument: string): number | undefined => (args[argument] === undefined ? undefined : (args[argument] as number) * MICROS_PER_MILLI);
  const limit = args['x-delivery-limit'];
  const given: Record<string, unknown> = {
    messageTtlMicros: millis('x-message-ttl'), expiresMicros: millis('x-expires'), maxLength: args['x-max-length'], maxLengthBytes: args['x-max-length-bytes'],
    overflow: args['x-overflow'], maxPriority: args['x-max-priority'], deadLetterExchange: args['x-dead-letter-exchange'],
    deadLetterRoutingKey: args['x-dead-letter-routing-key'], deadLetterStrategy: args['x-dead-letter-strategy'], deliveryLimit: limit === -1 ? null : limit, isSingleActive: args['x-single-active-consumer'],
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Where nobody looks whether it can be, what is no whole number stands for no time at all. (RabbitMQ: rabbit_channel, evaluate_consumer_timeout1.) */
function timeoutOf({ [TIMEOUT]: millis }: Arguments, { consumerTimeout }: KnownArguments): Partial<PushSettings> {
  if (millis === undefined || consumerTimeout === 'unknown') return {};
  return { consumerTimeoutMicros: typeof millis === 'number' && Number.isInteger(millis) ? millis * MICROS_PER_MILLI : null };
}

function retryOf(args: Arguments): Partial<PushSettings> {
  const [type, min, max] = RETRIES.map((argument) => args[argument]);
  const known = RETRY_TYPES.find((candidate) => candidate === type);
  const isPositive = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value > 0;
  if (known === undefined || !isPositive(min)) return {};
  return { delayedRetry: { type: known, minMicros: min * MICROS_PER_MILLI, maxMicros: (isPositive(max) ? max : min) * MICROS_PER_MILLI } };
}

/** The arguments that a queue of the configuration would have been declared with. */
export function argumentsOf(kind: QueueKind, push: PushSettings, defaults: PushSettings): Arguments {
  const millis = (micros: number | null): number | null => (micros === null ? null : micros / MICROS_PER_MILLI);
  const all: Record<string, unknown> = {
    'x-queue-type': kind === 'classic' ? null : kind, 'x-message-ttl': millis(push.messageTtlMicros), 'x-expires': millis(push.expiresMicros), 'x-max-length': push.maxLength,
    'x-max-length-bytes': push.maxLengthBytes, 'x-overflow': push.overflow === defaults.overflow ? null : push.overflow, 'x-max-priority': push.maxPriority,
    'x-dead-letter-exchange': push.deadLetterExchange, 'x-dead-letter-routing-key': push.deadLetterRoutingKey,
    'x-dead-letter-strategy': push.deadLetterStrategy === 'at-least-once' ? push.deadLetterStrategy : null,
    'x-delayed-retry-type': push.delayedRetry?.type ?? null, 'x-delayed-retry-min': millis(push.delayedRetry?.minMicros ?? null), 'x-delayed-retry-max': millis(push.delayedRetry?.maxMicros ?? null),
    [TIMEOUT]: millis(push.consumerTimeoutMicros ?? null),
    'x-delivery-limit': kind === 'classic' || push.deliveryLimit === defaults.deliveryLimit ? null : (push.deliveryLimit ?? -1),
    'x-single-active-consumer': push.isSingleActive ? true : null,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** @throws {ChannelFailure} 406 for the first argument in which a declaration differs from what is there */
export function refuseOtherArguments(name: string, kind: QueueKind, known: Arguments, asked: Arguments, version: KnownArguments): void {
  for (const argument of takenBy(kind, version)) {
    const [one, other] = [known[argument], asked[argument]];
    if (one === other || (argument === 'x-queue-type' && (one ?? 'classic') === (other ?? 'classic'))) continue;
    throw inequivalent(argument, `queue '${name}'`, other, one);
  }
}

/** Of a consumer. @throws {ChannelFailure} 406 for what is no whole number */
export function checkPriority(queue: string, priority: unknown): void {
  const why = whole(priority);
  if (why !== null) throw invalid(queue, 'x-priority', `: ${why}`);
}

/** Of a consumer, too. @throws {ChannelFailure} 406 for what is no number of milliseconds, and for a queue that knows no such time */
export function checkTimeout(queue: string, { kind, isTaken }: { readonly kind: QueueKind; readonly isTaken: boolean }, timeoutMillis: unknown, { consumerTimeout }: KnownArguments): void {
  if (timeoutMillis === undefined || consumerTimeout !== 'checked') return;
  if (!isTaken) throw invalid(queue, TIMEOUT, ` of queue type rabbit_${kind}_queue`);
  const why = notNegative(timeoutMillis);
  if (why !== null) throw invalid(queue, TIMEOUT, `: ${why}`);
}

/** Both values are shown bare when both are there. (RabbitMQ: rabbit_misc:assert_args_equivalence.) */
export function inequivalent(setting: string, subject: string, received: unknown, current: unknown): ChannelFailure {
  const show = (value: unknown, other: unknown): string => {
    if (value === undefined) return 'none';
    return other === undefined ? `the value '${String(value)}' of type '${typeName(value)}'` : `'${String(value)}'`;
  };
  const text = `inequivalent arg '${setting}' for ${subject} in vhost '/': received ${show(received, current)} but current is ${show(current, received)}`;
  return new ChannelFailure('PRECONDITION_FAILED', text);
}

function whole(value: unknown): string | null {
  return typeof value === 'number' && Number.isInteger(value) ? null : `"expected integer, got ${typeName(value)}"`;
}

function notNegative(value: unknown): string | null {
  return whole(value) ?? ((value as number) < 0 ? `{value_negative,${String(value)}}` : null);
}

/** Of a queue or a message, in milliseconds. */
export function timeToLive(value: unknown): string | null {
  return notNegative(value) ?? ((value as number) > MAX_TTL_MILLIS ? `{value_too_large,${String(value)}}` : null);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? null : `{unacceptable_type,${typeName(value)}}`;
}

/** As the types of AMQP's tables are called. */
export function typeName(value: unknown): string {
  if (typeof value === 'string') return 'longstr';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'signedint' : 'double';
  return value === null ? 'void' : 'table';
}

function invalid(name: string, argument: string, why: string): ChannelFailure {
  return new ChannelFailure('PRECONDITION_FAILED', `invalid arg '${argument}' for queue '${name}' in vhost '/'${why}`);
}
