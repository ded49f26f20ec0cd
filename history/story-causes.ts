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

/** What had struck the actor's machine, or the one it talks to, when this row was written; empty when nothing had. */
export function machineCause(row: RawRow, scene: Scene): string {
  const struck = struckSince(row.actor, row.timeMicros, scene) ?? (row.peer === 0 ? null : struckSince(row.peer, row.timeMicros, scene));
  return struck === null ? '' : ` (${struck})`;
}

function struckSince(machine: NameId, sinceMicros: number, scene: Scene): string | null {
  const stop = scene.state.stopSince(machine, sinceMicros);
  if (stop !== null) return `${scene.nameOf(machine)} ${stopWords(stop.cause)} at ${formatInstant(stop.atMicros)}`;
  const fault = scene.state.faultSince(machine, sinceMicros);
  if (fault === null) return null;
  const end = fault.endedMicros === null ? `since ${formatInstant(fault.beganMicros)}` : `from ${formatInstant(fault.beganMicros)} to ${formatInstant(fault.endedMicros)}`;
  return `${scene.nameOf(machine)} was under the fault ${scene.nameOf(fault.kind)} ${end}`;
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
