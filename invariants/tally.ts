import type { NameId } from '../history/index.js';
import { CIRCUMSTANCES, type Circumstance, type Clause } from './contracts/circumstances.js';

/** What every breach tells; a promise adds what its words need. */
export interface Breach {
  readonly atMicros: number;
  /** Trace number; 0 for none. */
  readonly message: number;
  /** Name of the queue; 0 for none. */
  readonly queue: NameId;
}

/**
 * Counts for one promise, and its first breach of each sort. All breaches are counted, only the first is described. A breach is an
 * anomaly when the contract of the promise lists the circumstance that attended it.
 */
export class Tally<B extends Breach> {
  /** How often the promise was put to the test. */
  exercised = 0;
  violations = 0;
  anomalies = 0;
  firstViolation: B | null = null;
  firstAnomaly: B | null = null;
  /** The clause of the first anomaly. */
  clause: Clause | null = null;
  /** Why nothing can be concluded, unless a breach was seen; null when it can. */
  undecided: string | null = null;
  readonly #excusedBy: readonly Circumstance[];
  #describing: 'violation' | 'anomaly' = 'violation';

  constructor(excusedBy: readonly Circumstance[]) {
    this.#excusedBy = excusedBy;
  }

  /**
   * Counts a breach that this circumstance attended, or none. True when it is the first of its sort: the caller then describes it with
   * {@link tell}. In two steps so that the thousandth duplicate of a run costs nothing.
   */
  breach(circumstance: Circumstance | null): boolean {
    if (circumstance === null || !this.#excusedBy.includes(circumstance)) {
      this.#describing = 'violation';
      return ++this.violations === 1;
    }
    this.#describing = 'anomaly';
    if (this.anomalies === 0) this.clause = CIRCUMSTANCES[circumstance];
    return ++this.anomalies === 1;
  }

  /** Counts `count` more breaches of the sort that was counted last. */
  repeat(count: number): void {
    if (this.#describing === 'violation') this.violations += count;
    else this.anomalies += count;
  }

  /** True when a breach at this time would be the earliest of its sort. For those that are found at the end, in any order. */
  isEarliest(circumstance: Circumstance | null, atMicros: number): boolean {
    const isExcused = circumstance !== null && this.#excusedBy.includes(circumstance);
    const first = isExcused ? this.firstAnomaly : this.firstViolation;
    return first === null || atMicros < first.atMicros;
  }

  /** Describes the breach that was counted last. */
  tell(breach: B): void {
    if (this.#describing === 'violation') this.firstViolation = breach;
    else this.firstAnomaly = breach;
  }
}
