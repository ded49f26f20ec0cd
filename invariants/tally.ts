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

/** Breaches of a promise that are described, of each sort. */
export const MAX_TOLD = 20;

type Sort = 'violation' | 'anomaly';

/**
 * Counts for one promise, and its first breaches of each sort. All breaches are counted, only the first {@link MAX_TOLD} are described.
 * A breach is an anomaly when the contract of the promise lists the circumstance that attended it.
 */
export class Tally<B extends Breach> {
  /** How often the promise was put to the test. */
  exercised = 0;
  violations = 0;
  anomalies = 0;
  /** The clause of the first anomaly. */
  clause: Clause | null = null;
  /** Why nothing can be concluded, unless a breach was seen; null when it can. */
  undecided: string | null = null;
  readonly #told: Readonly<Record<Sort, B[]>> = { violation: [], anomaly: [] };
  readonly #excusedBy: readonly Circumstance[];
  #describing: Sort = 'violation';

  constructor(excusedBy: readonly Circumstance[]) {
    this.#excusedBy = excusedBy;
  }

  /** The breaches that are described, in the order of time. */
  told(sort: Sort): readonly B[] {
    return this.#told[sort];
  }

  /**
   * Counts a breach that this circumstance attended, or none. True while there is room for its description: the caller then gives it with
   * {@link tell}. In two steps so that the thousandth duplicate of a run costs nothing.
   */
  breach(circumstance: Circumstance | null): boolean {
    this.#describing = this.#sortOf(circumstance);
    if (this.#describing === 'violation') this.violations++;
    else {
      this.clause ??= CIRCUMSTANCES[circumstance!];
      this.anomalies++;
    }
    return this.#told[this.#describing].length < MAX_TOLD;
  }

  /** Counts `count` more breaches of the sort that was counted last. */
  repeat(count: number): void {
    if (this.#describing === 'violation') this.violations += count;
    else this.anomalies += count;
  }

  /** True when a breach at this time would be one of the first of its sort. For those that are found in any order, as at the end. */
  isAmongFirst(circumstance: Circumstance | null, atMicros: number): boolean {
    const told = this.#told[this.#sortOf(circumstance)];
    return told.length < MAX_TOLD || atMicros < told[MAX_TOLD - 1]!.atMicros;
  }

  /** Describes the breach that was counted last. Of those of one instant, the one that was told first stays before the others. */
  tell(breach: B): void {
    const told = this.#told[this.#describing];
    let place = told.length;
    while (place > 0 && told[place - 1]!.atMicros > breach.atMicros) place--;
    told.splice(place, 0, breach);
    if (told.length > MAX_TOLD) told.pop();
  }

  #sortOf(circumstance: Circumstance | null): Sort {
    return circumstance === null || !this.#excusedBy.includes(circumstance) ? 'violation' : 'anomaly';
  }
}
