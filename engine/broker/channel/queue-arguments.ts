import type { PushSettings, QueueKind } from '../../queue/index.js';
import { ChannelFailure } from './reply-codes.js';

const MICROS_PER_MILLI = 1_000;
const MAX_MILLIS = 4_294_967_295;
const MAX_PRIORITY = 255;
type Arguments = Readonly<Record<string, unknown>>;

/** What the optional arguments of a declaration say. @throws {ChannelFailure} 406 for what cannot be */
export function readQueueArguments(name: string, args: Arguments): { readonly kind: QueueKind; readonly settings: Partial<PushSettings> } {
  const whole = (argument: string, min: number, max: number): number | undefined => wholeNumber(name, args, argument, min, max);
  const type = args['x-queue-type'] ?? 'classic';
  if (type !== 'classic' && type !== 'quorum') throw new ChannelFailure('PRECONDITION_FAILED', `invalid arg 'x-queue-type' for queue '${name}' in vhost '/': unsupported queue type '${String(type)}'`);
  const ttl = whole('x-message-ttl', 0, MAX_MILLIS);
  const expires = whole('x-expires', 1, MAX_MILLIS);
  const exchange = text(name, args, 'x-dead-letter-exchange');
  const key = text(name, args, 'x-dead-letter-routing-key');
  if (key !== undefined && exchange === undefined) throw invalid(name, 'x-dead-letter-routing-key', 'routing_key_but_no_dlx_defined');
  const maxPriority = whole('x-max-priority', 1, MAX_PRIORITY);
  const limit = whole('x-delivery-limit', -1, Number.MAX_SAFE_INTEGER);
  const given: Record<string, unknown> = {
    messageTtlMicros: ttl === undefined ? undefined : ttl * MICROS_PER_MILLI,
    expiresMicros: expires === undefined ? undefined : expires * MICROS_PER_MILLI,
    maxLength: whole('x-max-length', 0, Number.MAX_SAFE_INTEGER),
    maxLengthBytes: whole('x-max-length-bytes', 0, Number.MAX_SAFE_INTEGER),
    overflow: overflowOf(name, args, type),
    maxPriority,
    deadLetterExchange: exchange,
    deadLetterRoutingKey: key,
    deliveryLimit: limit === -1 ? null : limit,
    isSingleActive: flag(name, args, 'x-single-active-consumer'),
  };
  if (type === 'quorum' && maxPriority !== undefined) throw invalid(name, 'x-max-priority', 'feature is not supported by quorum queues');
  if (type === 'classic' && limit !== undefined) throw invalid(name, 'x-delivery-limit', 'feature is not supported by classic queues');
  return { kind: type, settings: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

const OVERFLOWS = ['drop-head', 'reject-publish', 'reject-publish-dlx'] as const;

function overflowOf(name: string, args: Arguments, type: QueueKind): PushSettings['overflow'] | undefined {
  const value = args['x-overflow'];
  if (value === undefined) return undefined;
  const overflow = OVERFLOWS.find((candidate) => candidate === value);
  if (overflow === undefined || (overflow === 'reject-publish-dlx' && type === 'quorum')) throw invalid(name, 'x-overflow', `'${String(value)}' is not one of what it can be`);
  return overflow;
}

function wholeNumber(name: string, args: Arguments, argument: string, min: number, max: number): number | undefined {
  const value = args[argument];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw invalid(name, argument, `${JSON.stringify(value)} is no whole number`);
  if (value < min || value > max) throw invalid(name, argument, `${value} is not from ${min} to ${max}`);
  return value;
}

function text(name: string, args: Arguments, argument: string): string | undefined {
  const value = args[argument];
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(name, argument, `${JSON.stringify(value)} is no text`);
}

function flag(name: string, args: Arguments, argument: string): boolean | undefined {
  const value = args[argument];
  if (value === undefined || typeof value === 'boolean') return value;
  throw invalid(name, argument, `${JSON.stringify(value)} is neither true nor false`);
}

function invalid(name: string, argument: string, why: string): ChannelFailure {
  return new ChannelFailure('PRECONDITION_FAILED', `invalid arg '${argument}' for queue '${name}' in vhost '/': ${why}`);
}
