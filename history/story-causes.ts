import type { RawRow } from './event-row.js';
import { ExpireCause, HandleResult, type NameId } from './events.js';
import { formatInstant, formatMicros } from './format-micros.js';
import { stopWords } from './story-codes.js';
import type { StoryLease, StoryReturn } from './story-lease.js';
import type { StoryState } from './story-state.js';

interface Scene {
  readonly state: StoryState;
  readonly nameOf: (id: NameId) => string;
}

/**
 * Why a lease ended without acknowledgement, as far as the story knows: `: consumer-1 was killed at 12.000s`. What struck the
 * consumer's machine comes first, then how far the work on the message had come.
 */
export function leaseEndCause(row: RawRow, scene: Scene): string {
  const lease = scene.state.leases.get(row.a);
  if (lease === undefined) return '';
  const struck = timeoutWords(row.b) ?? struckSince(lease.consumer, lease.grantedMicros, scene);
  if (struck !== null) return `: ${struck}`;
  return `: ${progress(lease, row.timeMicros, scene.nameOf(lease.consumer))}`;
}

/** What the broker did because an acknowledgement did not come; null where it did nothing. (RabbitMQ: consumer_timeout.) */
function timeoutWords(cause: number): string | null {
  if (cause === ExpireCause.channelTimedOut) return 'a delivery was not acknowledged in time, and the broker closed its channel (406 PRECONDITION_FAILED)';
  return cause === ExpireCause.consumerTimedOut ? 'a delivery was not acknowledged in time, and the broker cancelled its consumer' : null;
}

/** Why a message reaches a consumer again: `: lease 1 had run out at 30.000s`. Empty when the story does not know. */
export function repeatedDeliveryCause(row: RawRow, { state, nameOf }: Scene): string {
  return repeatCause(state.leases.get(row.a), state.repeats.deliveredBefore, { state, nameOf });
}

/** Why a message has its effect again: as {@link repeatedDeliveryCause}, of the delivery that had it. */
export function repeatedEffectCause(row: RawRow, { state, nameOf }: Scene): string {
  return repeatCause(state.leases.get(row.a), state.repeats.effectBefore, { state, nameOf });
}

/** The same copy came again, or another copy of the message did. */
function repeatCause(lease: StoryLease | undefined, before: StoryLease | null, scene: Scene): string {
  if (lease === undefined || before === null || lease === before) return '';
  if (lease.copy !== before.copy) return `: ${otherCopyWords(lease.copy, before.copy, scene)}`;
  if (lease.ordinal < before.ordinal) return elderWords(lease, before, scene);
  if (lease.since !== null) return `: ${returnWords(lease.since, scene)}`;
  const beside = [...scene.state.leases.values()].findLast((other) => other.copy === lease.copy && other.ordinal < lease.ordinal && ranWhenGranted(other, lease));
  return beside === undefined ? '' : `: it was handed out while lease ${beside.ordinal} of the same copy ran`;
}

/** The lease is older than the one whose delivery or effect it repeats: its consumer was late, or both ran at once. */
function elderWords(lease: StoryLease, before: StoryLease, scene: Scene): string {
  if (ranWhenGranted(lease, before)) return `: lease ${before.ordinal} of the same copy was handed out while lease ${lease.ordinal} ran`;
  const struck = struckSince(lease.consumer, lease.grantedMicros, scene);
  return `: under lease ${lease.ordinal}, which had ended at ${formatInstant(lease.endedMicros!)}${struck === null ? '' : `; ${struck}`}`;
}

const ranWhenGranted = (lease: StoryLease, other: StoryLease): boolean => lease.endedMicros === null || lease.endedMicros > other.grantedMicros;

function returnWords({ how, atMicros, lease }: StoryReturn, { nameOf }: Scene): string {
  const at = formatInstant(atMicros);
  const name = lease === null ? 'its lease' : `lease ${lease.ordinal}`;
  switch (how) {
    case 'expired':
      return lease !== null && lease.nackedMicros !== null
        ? `${nameOf(lease.consumer)} had negatively acknowledged it at ${formatInstant(lease.nackedMicros)}, and it could be received again at ${at}`
        : `${name} had ended without acknowledgement at ${at}`;
    case 'channel':
      return `the channel that had ${name} ended at ${at}`;
    case 'channel-timed-out':
      return `the broker had closed the channel that had ${name} at ${at}, because a delivery was not acknowledged in time`;
    case 'consumer-timed-out':
      return `the broker had cancelled the consumer that had ${name} at ${at}, because a delivery was not acknowledged in time`;
    case 'released':
      return lease !== null && lease.nackedMicros !== null ? `${nameOf(lease.consumer)} had negatively acknowledged it at ${formatInstant(lease.nackedMicros)}` : `${name} was given back at ${at}`;
    case 'recovered':
      return `the broker read it from its journal at ${at}, where nothing was noted of what had become of it`;
    case 'reappeared':
      return `it was ready again at ${at}, because a storage server had missed its deletion`;
  }
}

function otherCopyWords(copy: number, before: number, { state: { repeats }, nameOf }: Scene): string {
  const [origin, first] = [repeats.origins.get(copy), repeats.origins.get(before)];
  if (origin === undefined) return `it is copy ${copy}, and copy ${before} came before`;
  if (origin.how === 'redriven') return `copy ${copy} was made of it by a redrive at ${formatInstant(origin.atMicros)}`;
  if (origin.how === 'dead-lettered') return `copy ${copy} was made of it as a dead letter at ${formatInstant(origin.atMicros)}`;
  if (first !== undefined && first.how === 'sent' && first.queue !== origin.queue) return `copy ${copy} was routed to ${nameOf(origin.queue)}, and copy ${before} to ${nameOf(first.queue)}`;
  const stored = first === undefined ? `copy ${before} and copy ${copy}` : `copy ${before} at ${formatInstant(first.atMicros)} and copy ${copy} at ${formatInstant(origin.atMicros)}`;
  if (repeats.wasSentAnew) return `its program had sent it again, and both were stored: ${stored}`;
  return `${repeats.attempts > 1 ? "its producer's retry was stored too" : 'its send was stored twice'}: ${stored}`;
}

/** What has struck the actor's machine by the time of this row; empty when nothing has. */
export function machineCause(row: RawRow, scene: Scene): string {
  return bracketed(struckSince(row.actor, row.timeMicros, scene));
}

/** What has struck the two sides since the operation was begun whose answer never came; empty when nothing has. */
export function silenceCause(row: RawRow, scene: Scene): string {
  for (const machine of [row.actor, ...scene.state.brokers]) {
    const struck = struckSince(machine, scene.state.askedMicros, scene);
    if (struck !== null) return bracketed(struck);
  }
  return '';
}

function bracketed(text: string | null): string {
  return text === null ? '' : ` (${text})`;
}

function struckSince(machine: NameId, sinceMicros: number, scene: Scene): string | null {
  const name = scene.nameOf(machine);
  const stop = scene.state.stopSince(machine, sinceMicros);
  if (stop !== null) return `${name} ${stopWords(stop.cause)} at ${formatInstant(stop.atMicros)}`;
  const fault = scene.state.faultSince(machine, sinceMicros);
  if (fault === null) return null;
  const kind = scene.nameOf(fault.kind);
  const began = formatInstant(fault.beganMicros);
  if (fault.endedMicros === fault.beganMicros) return `${name} had the fault ${kind} at ${began}`;
  if (fault.endedMicros === null) return `${name} was under the fault ${kind} since ${began}`;
  return `${name} was under the fault ${kind} from ${began} to ${formatInstant(fault.endedMicros)}`;
}

/** How far the consumer had come with the message. */
function progress(lease: StoryLease, nowMicros: number, consumer: string): string {
  if (lease.deliveredMicros === null) return `the delivery had not reached ${consumer}`;
  if (lease.ackedMicros !== null) return `the acknowledgement that ${consumer} sent at ${formatInstant(lease.ackedMicros)} had no effect by then`;
  if (lease.handled?.result === HandleResult.failed) return `${consumer} had failed to process it at ${formatInstant(lease.handled.atMicros)}`;
  if (lease.handled !== null) return `${consumer} had ended its work on it at ${formatInstant(lease.handled.atMicros)} and not acknowledged`;
  if (lease.handleStartMicros === null) return `${consumer} had not begun to process it`;
  return `${consumer} had been processing it for ${formatMicros(nowMicros - lease.handleStartMicros)}`;
}
