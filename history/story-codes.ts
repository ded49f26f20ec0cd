import { BlockReason } from './channel-codes.js';
import { DropReason, Guard, MoveReason, Operation, OutcomeReason, StopCause } from './events.js';

const outcomes: Readonly<Record<OutcomeReason, string>> = {
  [OutcomeReason.timeout]: 'no answer came in time',
  [OutcomeReason.connectionLost]: 'the connection was lost',
  [OutcomeReason.channelClosed]: 'the broker had closed the channel',
  [OutcomeReason.consumerCancelled]: 'the broker had cancelled the consumer',
  [OutcomeReason.rejected]: 'the broker rejected it',
  [OutcomeReason.overloaded]: 'the broker was overloaded',
  [OutcomeReason.stopped]: 'the client was stopped',
  [OutcomeReason.unconfirmed]: 'nobody confirms it',
  [OutcomeReason.breakerOpen]: 'the circuit breaker was open',
  [OutcomeReason.serviceError]: 'the service said that it failed',
  [OutcomeReason.returned]: 'it came back: no queue is bound for it',
};

const guards: Readonly<Record<Guard, string>> = {
  [Guard.retryPaid]: 'may try again: its retry budget pays for it',
  [Guard.retryRefused]: 'does not try again: its retry budget is used up',
  [Guard.breakerOpened]: 'opens its circuit breaker: most attempts fail',
  [Guard.breakerHalfOpen]: 'lets trials through its circuit breaker',
  [Guard.breakerClosed]: 'closes its circuit breaker: the trials succeeded',
  [Guard.bufferFull]: 'has no room in its buffer',
  [Guard.paused]: 'receives no more: its buffer is full',
  [Guard.resumed]: 'receives again',
};

const drops: Readonly<Record<DropReason, string>> = {
  [DropReason.retention]: 'its retention time is over',
  [DropReason.purge]: 'the queue was purged',
  [DropReason.queueDeleted]: 'the queue was deleted',
  [DropReason.corrupt]: 'its record is corrupt',
  [DropReason.rejected]: 'a consumer rejected it',
  [DropReason.expired]: 'its time to live is over',
  [DropReason.maxLength]: 'the queue is over its length limit',
  [DropReason.deliveryLimit]: 'it came back more often than the delivery limit allows',
  [DropReason.restart]: 'it was not to outlive a restart',
};

const moves: Readonly<Record<MoveReason, string>> = {
  [MoveReason.limit]: 'after too many deliveries',
  [MoveReason.redrive]: 'by redrive',
  [MoveReason.rejected]: 'as a dead letter: a consumer rejected it',
  [MoveReason.expired]: 'as a dead letter: its time to live is over',
  [MoveReason.maxLength]: 'as a dead letter: the queue is over its length limit',
  [MoveReason.deliveryLimit]: 'as a dead letter: it came back more often than the delivery limit allows',
};

export function moveWords(reason: number): string {
  return moves[reason as MoveReason] ?? 'for no stated reason';
}

const stops: Readonly<Record<StopCause, string>> = {
  [StopCause.kill]: 'was killed',
  [StopCause.powerLoss]: 'lost its power',
  [StopCause.shutdown]: 'was shut down',
  [StopCause.storage]: 'stopped because its storage failed',
};

const blocks: Readonly<Record<BlockReason, string>> = {
  [BlockReason.memory]: 'it is short of memory',
  [BlockReason.disk]: 'it is short of disk space',
  [BlockReason.memoryAndDisk]: 'it is short of memory and of disk space',
  [BlockReason.flow]: 'more was published through it than the storage has taken',
};

/** Why a broker does not read from a connection. */
export function blockWords(reason: number): string {
  return blocks[reason as BlockReason] ?? 'for no stated reason';
}

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

/** What a client does to guard itself and its broker. */
export function guardWords(guard: number): string {
  return guards[guard as Guard] ?? 'guards itself';
}

const operations: Readonly<Record<Operation, string>> = {
  [Operation.redrive]: 'moves back what is in', [Operation.purge]: 'empties', [Operation.configure]: 'changes the settings of',
  [Operation.setPolicy]: 'sets the policy', [Operation.clearPolicy]: 'clears the policy', [Operation.cancelRedrive]: 'stops the redrive of',
};

/** What an operator does, to stand before the name of a queue. */
export function operationWords(operation: number): string {
  return operations[operation as Operation] ?? 'does something to';
}
