/** Who serves those that wait for a queue's messages. */
export interface QueueListener<Queue> {
  /** A message became ready, or room for a lease came free: a waiting poll may be served. Called in the middle of an operation. */
  onDeliverable(queue: Queue): void;
  /** A timer did something; whatever `onDeliverable` announced can be served now. */
  onTimerDone(): void;
}
