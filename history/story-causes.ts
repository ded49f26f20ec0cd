import type { RawRow } from './event-row.js';
import { HandleResult, type NameId } from './events.js';
import { formatInstant, formatMicros } from './format-micros.js';
import { stopWords } from './story-codes.js';
import type { StoryLease, StoryState } from './story-state.js';

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
  const struck = struckSince(lease.consumer, lease.grantedMicros, scene);
  if (struck !== null) return `: ${struck}`;
  return `: ${progress(lease, row.timeMicros, scene.nameOf(lease.consumer))}`;
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
