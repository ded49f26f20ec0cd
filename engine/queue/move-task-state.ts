/** How a message move task (redrive) was started. */
export interface MoveTaskStart {
  /** Number of the dead-letter queue. */
  readonly source: number;
  /** Number of the queue to move to; 0: where each message came from. */
  readonly destination: number;
  readonly ratePerSecond: number;
  /** Messages that were ready when it started; it moves no more than these. */
  readonly toMove: number;
  readonly startedWall: number;
}

/** A message move task as the journal keeps it. */
export interface MoveTaskState extends MoveTaskStart {
  readonly id: number;
  moved: number;
}
