/** What is settled beforehand about the handlings of a message, at whichever consumers they are. */
export interface HandlingFate {
  /**
   * How long its handlings take: the n-th entry for the n-th handling; those after the last take as long as that. Null: as the
   * consumer's handler draws. A slow-down of the consumer's machine stretches it.
   */
  readonly takesMicros: readonly number[] | null;
  /** Which of its handlings fail, counted from 1, or every one. Null: as the consumer's handler draws. */
  readonly fails: readonly number[] | 'always' | null;
}

/** A message that is sent at a time fixed beforehand, so that nothing of it hangs on a random draw. */
export interface ListedSend extends HandlingFate {
  /** Intended time, true time. */
  readonly atMicros: number;
  readonly sizeBytes: number;
}
