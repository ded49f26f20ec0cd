import { BlockReason, Closed, DropReason, Guard, HandleResult, OutcomeReason, StopCause } from '../history/index.js';
import { COUNT_NAMES, countDefinitions, type CountName, type DropCount } from './catalogue.js';

/** The counts that more than the event's kind decides. */
export interface SpecialCounts extends Record<DropCount, number> {
  'send-retries': number;
  'send-rejected': number;
  'send-throttled': number;
  'buffer-refused': number;
  redelivered: number;
  duplicates: number;
  handled: number;
  'handle-failed': number;
  'handle-abandoned': number;
  effects: number;
  'duplicate-effects': number;
  'suppressed-effects': number;
  'acknowledged-messages': number;
  'dead-lettered': number;
  redriven: number;
  receives: number;
  'empty-polls': number;
  'falsely-empty': number;
  'retries-refused': number;
  'breaker-opened': number;
  'breaker-refused': number;
  'buffer-full': number;
  pauses: number;
  'channels-closed': number;
  'connections-closed': number;
  'connections-blocked': number;
  'connections-in-flow': number;
  crashes: number;
  'power-losses': number;
  'storage-stops': number;
}

export function zeroCounts(): SpecialCounts {
  return {
    'send-retries': 0, 'send-rejected': 0, 'send-throttled': 0, 'buffer-refused': 0, redelivered: 0, duplicates: 0, handled: 0, 'handle-failed': 0, 'handle-abandoned': 0, effects: 0, 'duplicate-effects': 0,
    'suppressed-effects': 0, 'acknowledged-messages': 0, 'dead-lettered': 0, redriven: 0, receives: 0, 'empty-polls': 0, 'falsely-empty': 0, 'retries-refused': 0, 'breaker-opened': 0, 'breaker-refused': 0, 'buffer-full': 0, pauses: 0,
    'dropped-retention': 0, 'dropped-purge': 0, 'dropped-queue-deleted': 0, 'dropped-corrupt': 0, 'dropped-rejected': 0, 'dropped-expired': 0, 'dropped-length': 0,
    'dropped-delivery-limit': 0, 'dropped-restart': 0,
    'channels-closed': 0, 'connections-closed': 0, 'connections-blocked': 0, 'connections-in-flow': 0, crashes: 0, 'power-losses': 0, 'storage-stops': 0,
  };
}

/** What counts refusals by what was closed for them. */
export const closedCounts = {
  [Closed.channel]: 'channels-closed', [Closed.connection]: 'connections-closed',
} as const satisfies Readonly<Record<Exclude<Closed, typeof Closed.nothing>, keyof SpecialCounts>>;

/** What counts drops by their reason. */
export const dropCounts = {
  [DropReason.retention]: 'dropped-retention', [DropReason.purge]: 'dropped-purge', [DropReason.queueDeleted]: 'dropped-queue-deleted', [DropReason.corrupt]: 'dropped-corrupt',
  [DropReason.rejected]: 'dropped-rejected', [DropReason.expired]: 'dropped-expired', [DropReason.maxLength]: 'dropped-length',
  [DropReason.deliveryLimit]: 'dropped-delivery-limit', [DropReason.restart]: 'dropped-restart',
} as const satisfies Readonly<Record<DropReason, DropCount>>;

/** A send failed for certain. What found no room in the buffer was never tried. */
export function countFailedSend(counts: SpecialCounts, reason: number, attempt: number): void {
  if (reason === OutcomeReason.rejected) counts['send-rejected']++;
  else if (reason === OutcomeReason.overloaded) counts[attempt === 0 ? 'buffer-refused' : 'send-throttled']++;
}

/** A handling ends. */
export function countHandling(counts: SpecialCounts, result: HandleResult): void {
  if (result === HandleResult.ok) counts.handled++;
  else if (result === HandleResult.failed) counts['handle-failed']++;
  else counts['handle-abandoned']++;
}

/** The broker reads nothing more of a connection, or reads on. */
export function countBlock(counts: SpecialCounts, isBlocked: number, reason: number): void {
  if (isBlocked === 1) counts[reason === BlockReason.flow ? 'connections-in-flow' : 'connections-blocked']++;
}

/** A receive was answered with nothing, though so many messages were there. */
export function countEmpty(counts: SpecialCounts, ready: number): void {
  if (ready > 0) counts['falsely-empty']++;
}

/** A client guards itself. */
export function countGuard(counts: SpecialCounts, guard: number): void {
  if (guard === Guard.retryRefused) counts['retries-refused']++;
  else if (guard === Guard.breakerOpened) counts['breaker-opened']++;
  else if (guard === Guard.bufferFull) counts['buffer-full']++;
  else if (guard === Guard.paused) counts.pauses++;
}

/** A node stops. */
export function countStop(counts: SpecialCounts, cause: number): void {
  if (cause === StopCause.kill) counts.crashes++;
  else if (cause === StopCause.powerLoss) counts['power-losses']++;
  else if (cause === StopCause.storage) counts['storage-stops']++;
}

/** All counts by name: those of a kind from how often the kind was seen, the others as they were counted. */
export function allCounts(ofKind: Float64Array, special: SpecialCounts): Record<CountName, number> {
  const values: Partial<Record<CountName, number>> = { ...special };
  const entries = COUNT_NAMES.map((name): [CountName, number] => {
    const { kind } = countDefinitions[name];
    return [name, kind === null ? (values[name] ?? 0) : ofKind[kind]!];
  });
  return Object.fromEntries(entries) as Record<CountName, number>;
}
