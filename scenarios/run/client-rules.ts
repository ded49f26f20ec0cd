import { formatMicros, Guard, OutcomeReason, type RawRow } from '../../history/index.js';
import type { HandlerSpec, ProducerSpec, RetrySpec } from '../model.js';

/** By which setting a handler had an effect again, or did not; `effects` are those of the message up to this one. */
export function effectRule(handler: HandlerSpec | undefined, isApplied: boolean, effects: number): string | null {
  if (handler === undefined) return null;
  const { kind, memory = null, keys = null, transaction } = handler;
  if (!isApplied) return `handler kind is ${kind}: ${kind === 'upsert' ? 'the row says this already' : 'it remembers what it has done'}`;
  if (effects <= 1) return null;
  if (kind === 'idempotent' && memory !== null) return `handler memory is ${memory}: it has forgotten that it did this before`;
  if (kind === 'upsert' && keys !== null) return `handler keys is ${keys}: another message had set the row meanwhile`;
  if (kind === 'inbox' && transaction === 'apart') return 'handler transaction is apart: it had the effect before, and did not live to note it';
  return `handler kind is ${kind}: it does not look whether it has done this before`;
}

/** By which setting a producer stores what its message tells of. */
export function writeRule({ name, write = null }: ProducerSpec): string | null {
  if (write === null) return null;
  return write.kind === 'outbox'
    ? `write of ${name} is outbox: row and message are one transaction, and its relay looks every ${formatMicros(write.pollMicros)}`
    : `write of ${name} is ${write.kind}: nothing ties the two writes together`;
}

/** By which setting a client guarded itself. */
export function guardRule({ a: guard }: RawRow, { name, retry, buffer = null }: ProducerSpec): string | null {
  const { budget = null } = retry;
  if (guard === Guard.retryRefused && budget !== null) return `retry.budget of ${name} is a share of ${budget.share} with a burst of ${budget.burst}`;
  return guard === Guard.bufferFull && buffer !== null ? `buffer of ${name} is ${buffer.maxMessages}, and when it is full: ${buffer.whenFull}` : null;
}

/** By which setting a send failed that never left. */
export function failRule({ a: reason }: RawRow, { name, breaker = null }: ProducerSpec): string | null {
  if (reason !== OutcomeReason.breakerOpen || breaker === null) return null;
  return `breaker of ${name} opens at a failure rate of ${breaker.failureRate} for ${formatMicros(breaker.openMicros)}`;
}

export function retryWords({ attempts, timeoutMicros, backoffBaseMicros, backoffCapMicros, jitter }: RetrySpec): string {
  if (attempts === 1) return `retry: one attempt, of ${formatMicros(timeoutMicros)} at most`;
  const how = jitter === 'full' ? 'a random part of it' : 'all of it';
  return `retry: at most ${attempts} attempts of ${formatMicros(timeoutMicros)} each, backoff from ${formatMicros(backoffBaseMicros)} to ${formatMicros(backoffCapMicros)}, ${how}`;
}
