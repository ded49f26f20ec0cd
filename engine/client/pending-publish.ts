import type { OutgoingMessage } from './options.js';

/** A publish that is not confirmed. */
export interface Pending {
  readonly message: OutgoingMessage;
  attempt: number;
  /** An earlier attempt may have been stored. */
  mayBeStored: boolean;
  /** Number of the publish on its channel. */
  tag: number;
  deadlineMicros: number;
  /** What the attempt under way cost the retry budget. */
  retryCost: number;
  /** What the circuit breaker calls the attempt under way. */
  admission: number;
}

/** Which attempt of its message it is, over all lives of the program. */
export const numberOf = ({ attempt, message }: Pending): number => message.attempts?.count ?? attempt;
