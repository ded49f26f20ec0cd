import { DropReason, OutcomeReason, StopCause } from './events.js';

const outcomes: Readonly<Record<OutcomeReason, string>> = {
  [OutcomeReason.timeout]: 'no answer came in time',
  [OutcomeReason.connectionLost]: 'the connection was lost',
  [OutcomeReason.rejected]: 'the broker rejected it',
  [OutcomeReason.overloaded]: 'the broker was overloaded',
  [OutcomeReason.stopped]: 'the client was stopped',
};

const drops: Readonly<Record<DropReason, string>> = {
  [DropReason.retention]: 'its retention time is over',
  [DropReason.purge]: 'the queue was purged',
  [DropReason.queueDeleted]: 'the queue was deleted',
  [DropReason.corrupt]: 'its record is corrupt',
};

const stops: Readonly<Record<StopCause, string>> = {
  [StopCause.kill]: 'was killed',
  [StopCause.powerLoss]: 'lost its power',
  [StopCause.shutdown]: 'was shut down',
  [StopCause.storage]: 'stopped because its storage failed',
};

/** Why an outcome is unknown or a failure. */
export function outcomeWords(reason: number): string {
  return outcomes[reason as OutcomeReason] ?? 'for no stated reason';
}

/** Why a message was dropped. */
export function dropWords(reason: number): string {
  return drops[reason as DropReason] ?? 'for no stated reason';
}

/** How a machine stopped, to stand after its name. */
export function stopWords(cause: number): string {
  return stops[cause as StopCause] ?? 'stopped';
}
