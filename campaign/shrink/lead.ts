import type { Scenario } from '../../scenarios/index.js';

/** A candidate with a fault at another time. */
export interface Aimed {
  readonly candidate: Scenario;
  /** Moves the same fault of any scenario that has it where it stood. */
  readonly move: (scenario: Scenario) => Scenario;
}

/** What the last failing run says of where to look. */
export interface Lead {
  /** When the promise was broken. */
  readonly atMicros: number;
  /** Trace number of the message: which send of all it is, from 1. 0 for none. */
  readonly message: number;
  /**
   * The candidate that was tried last, with the last fault before the breach at times at which it meets in its run what it met in the failing
   * one: without some messages everything else happens at other times. Nothing without such a fault.
   */
  readonly aimed: (candidate: Scenario) => readonly Aimed[];
}
