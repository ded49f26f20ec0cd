/** What an operator sets for one queue. Durations in integer microseconds. */
export interface QueueSettings {
  /** How long a delivery is leased when the receive does not say: 0 to 12 hours. */
  readonly visibilityTimeoutMicros: number;
  /** A message is first delivered this long after its send when the send does not say: 0 to 15 minutes. */
  readonly delayMicros: number;
  /** A message is dropped this long after its send (wall clock), whatever its state: 1 minute to 14 days. */
  readonly retentionMicros: number;
  /** How long a receive waits when it does not say: 0 to 20 seconds. */
  readonly receiveWaitMicros: number;
  /** Largest body accepted: 1 KiB to 1 MiB. */
  readonly maxMessageBytes: number;
  /** Where messages go that were received too often. Null: nowhere, they are delivered without end. */
  readonly deadLetter: DeadLetterSettings | null;
}

export interface DeadLetterSettings {
  /** Name of the dead-letter queue; it must exist when the first message moves. */
  readonly queue: string;
  /** A message is delivered at most this many times (1 to 1000); the next receive attempt moves it. */
  readonly maxReceiveCount: number;
}

/**
 * What a kind of queue does where systems differ. A personality chooses; the queue never asks which personality it serves.
 */
export interface QueuePolicy {
  /** Where a message that becomes ready again joins the ready messages. */
  readonly redelivery: 'head' | 'tail';
  /** What an acknowledgement with a superseded handle does: nothing (yet it is answered with success), or it settles the message. */
  readonly supersededSettle: 'settles' | 'ignored';
  /** Deliveries leased at the same time at most. */
  readonly maxInFlight: number;
  /** No lease lasts longer than this after its receive, however often it is extended. */
  readonly maxLeaseMicros: number;
}

export function sameSettings(left: QueueSettings, right: QueueSettings): boolean {
  return left.visibilityTimeoutMicros === right.visibilityTimeoutMicros
    && left.delayMicros === right.delayMicros
    && left.retentionMicros === right.retentionMicros
    && left.receiveWaitMicros === right.receiveWaitMicros
    && left.maxMessageBytes === right.maxMessageBytes
    && left.deadLetter?.queue === right.deadLetter?.queue
    && left.deadLetter?.maxReceiveCount === right.deadLetter?.maxReceiveCount;
}
