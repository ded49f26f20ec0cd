/** What the last failing run says of where to look. */
export interface Lead {
  /** When the promise was broken. */
  readonly atMicros: number;
  /** Trace number of the message: which send of all it is, from 1. 0 for none. */
  readonly message: number;
}
